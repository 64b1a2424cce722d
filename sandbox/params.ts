import { invalid } from './refusal.ts';

/** Parameters of a call, from query and body alike; `x[]` is the list `x`, `not[x]` keeps its name. */
export type Params = Readonly<Record<string, unknown>>;

/** Largest body taken, bytes. */
const largest = 64 << 20;

function put(into: Record<string, unknown>, key: string, value: unknown): void {
  if (!key.endsWith('[]')) {
    into[key] = value;
    return;
  }
  const name = key.slice(0, -2);
  const before = into[name];
  into[name] = Array.isArray(before) ? [...(before as unknown[]), value] : [value];
}

async function readBody(request: Request, into: Record<string, unknown>): Promise<void> {
  const type = request.headers.get('content-type') ?? '';
  if (Number(request.headers.get('content-length') ?? 0) > largest)
    throw invalid('body is too large');
  if (type.startsWith('multipart/form-data')) {
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- what curl --form sends is small
    const form = await request.formData();
    for (const [key, value] of form)
      put(into, key, typeof value === 'string' ? value : await value.text());
    return;
  }
  const body = await request.text();
  if (body === '') return;
  if (!type.includes('json')) {
    for (const [key, value] of new URLSearchParams(body)) put(into, key, value);
    return;
  }
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    throw invalid('Problem while parsing request body');
  }
  if (typeof parsed !== 'object' || parsed === null) return;
  for (const [key, value] of Object.entries(parsed)) put(into, key, value);
}

export async function readParams(request: Request): Promise<Params> {
  const into: Record<string, unknown> = {};
  const mark = request.url.indexOf('?');
  if (mark >= 0)
    for (const [key, value] of new URLSearchParams(request.url.slice(mark))) put(into, key, value);
  if (request.method !== 'GET' && request.method !== 'HEAD') await readBody(request, into);
  return into;
}

/** Throws GitLab's `x is missing` for every name that is not there. */
export function required(params: Params, ...names: string[]): void {
  const missing = names.filter((name) => params[name] === undefined);
  if (missing.length > 0) throw invalid(missing.map((name) => `${name} is missing`).join(', '));
}

/** Text; `undefined` when it was not sent, '' for null. */
export function text(params: Params, name: string): string | undefined {
  const value = params[name];
  if (value === undefined) return undefined;
  if (value === null) return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw invalid(`${name} is invalid`);
}

/** Text; `undefined` also when it is empty. */
export function optional(params: Params, name: string): string | undefined {
  const value = text(params, name);
  return value === '' ? undefined : value;
}

export function must(params: Params, name: string): string {
  required(params, name);
  return text(params, name) ?? '';
}

export function whole(params: Params, name: string): number | undefined {
  const value = text(params, name);
  if (value === undefined || value === '') return undefined;
  if (!/^-?\d{1,15}$/.test(value)) throw invalid(`${name} is invalid`);
  return Number(value);
}

export function flag(params: Params, name: string): boolean | undefined {
  const value = text(params, name)?.toLowerCase();
  if (value === undefined || value === '') return undefined;
  if (['true', '1', 't', 'yes', 'on'].includes(value)) return true;
  if (['false', '0', 'f', 'no', 'off'].includes(value)) return false;
  throw invalid(`${name} is invalid`);
}

export function oneOf<const T extends string>(
  params: Params,
  name: string,
  among: readonly T[],
): T | undefined {
  const value = text(params, name);
  if (value === undefined) return undefined;
  const found = among.find((each) => each === value);
  if (found === undefined) throw invalid(`${name} does not have a valid value`);
  return found;
}

/** A list, sent as an array or with commas between. */
export function words(params: Params, name: string): string[] | undefined {
  const value = params[name];
  if (value === undefined) return undefined;
  const parts = Array.isArray(value) ? value.map(String) : (text(params, name) ?? '').split(',');
  return parts.map((part) => part.trim()).filter((part) => part !== '');
}

export function wholes(params: Params, name: string): number[] | undefined {
  return words(params, name)?.map((word) => {
    if (!/^\d{1,15}$/.test(word)) throw invalid(`${name} is invalid`);
    return Number(word);
  });
}

/** ms UTC of an ISO 8601 date. */
export function time(params: Params, name: string): number | undefined {
  const value = text(params, name);
  if (value === undefined || value === '') return undefined;
  const ms = Date.parse(value);
  if (Number.isNaN(ms)) throw invalid(`${name} is invalid`);
  return ms;
}
