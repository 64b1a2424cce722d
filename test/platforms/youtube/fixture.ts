import { readFileSync } from 'node:fs';
import { shared } from '../../shared.ts';

/** What answers hold that are changed before they are sent. */
export interface Recorded extends Record<string, unknown> {
  snippet: Record<string, unknown>;
  error: Record<string, unknown>;
  items: Record<string, unknown>[];
}

/** The body recorded under this name, a new copy each time. */
export function recorded(name: string): Recorded {
  const text = readFileSync(shared(`platforms/fixtures/youtube/${name}.json`), 'utf8');
  return (JSON.parse(text) as { body: Recorded }).body;
}
