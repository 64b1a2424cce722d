import { readFileSync } from 'node:fs';
import { shared } from '../../shared.ts';

interface Exchange {
  request?: { method: string; url: string; body?: unknown };
  response: { status: number; headers: Record<string, string>; body: unknown };
}

const read = new Map<string, Exchange[]>();

/** What was recorded under this name, e.g. `search_recent`. */
export function exchanges(name: string): readonly Exchange[] {
  const known =
    read.get(name) ??
    (
      JSON.parse(readFileSync(shared(`platforms/fixtures/x/${name}.json`), 'utf8')) as {
        exchanges: Exchange[];
      }
    ).exchanges;
  read.set(name, known);
  return known;
}

/** Status and body of one recorded answer, with some of the body replaced. */
export function recorded(
  name: string,
  replaced: Record<string, unknown> = {},
  index = 0,
): { status: number; body: Record<string, unknown> } {
  const { response } = exchanges(name)[index]!;
  return {
    status: response.status,
    body: { ...structuredClone(response.body as Record<string, unknown>), ...replaced },
  };
}
