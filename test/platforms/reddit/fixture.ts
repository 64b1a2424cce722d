import { readFileSync } from 'node:fs';
import { shared } from '../../shared.ts';

export interface Exchange {
  request: { method: string; url: string; body: unknown };
  response: { status: number; headers: Record<string, string>; body: unknown };
}

const load = (name: string): unknown =>
  JSON.parse(readFileSync(shared(`platforms/fixtures/reddit/${name}.json`), 'utf8'));

/** What was recorded under this name, e.g. `submit_selftext`. */
export function exchanges(name: string): readonly Exchange[] {
  return (load(name) as { exchanges: Exchange[] }).exchanges;
}

/** The recorded answer to the first request whose address holds `path`; a copy to be changed. */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- who asks knows what was recorded
export function answerTo<T = Record<string, unknown>>(name: string, path: string): T {
  const found = exchanges(name).find(({ request }) => request.url.includes(path));
  if (!found) throw new Error(`${name} holds no request to ${path}`);
  return structuredClone(found.response.body) as T;
}

/** The recorded body with this code in `json.errors`. */
export function errorBody(code: string): { json: { errors: unknown[][] } } {
  const { bodies } = load('errors_http200') as { bodies: { json: { errors: unknown[][] } }[] };
  const found = bodies.find(({ json }) => json.errors[0]?.[0] === code);
  if (!found) throw new Error(`${code} was not recorded`);
  return structuredClone(found);
}
