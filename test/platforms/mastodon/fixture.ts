import { readFileSync } from 'node:fs';
import { sharedPath } from '../../shared.ts';

export interface Exchange {
  request: { method: string; url: string };
  response: { status: number; headers: Record<string, string>; body: unknown };
}

/** What a real instance was recorded answering. */
export function recorded(name: string): readonly Exchange[] {
  const file = sharedPath(`platforms/fixtures/mastodon/${name}.json`);
  return (JSON.parse(readFileSync(file, 'utf8')) as { exchanges: Exchange[] }).exchanges;
}

/** The body of one answer among them, to be changed at will. */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- what it is, the caller knows
export function bodyOf<T = Record<string, unknown>>(name: string, index = 0): T {
  return structuredClone(recorded(name)[index]?.response.body) as T;
}
