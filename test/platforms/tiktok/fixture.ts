import { readFileSync } from 'node:fs';
import { shared } from '../../shared.ts';

const read = (name: string) =>
  JSON.parse(readFileSync(shared(`platforms/fixtures/tiktok/${name}.json`), 'utf8')) as unknown;

export interface Envelope {
  data: Record<string, unknown>;
  error: { code: string; message: string; log_id: string };
}

/** The request and the answer of this example, a new copy each time. */
export function example(name: string): { request: unknown; answer: Envelope } {
  const { exchanges } = read(name) as {
    exchanges: { request: { body: unknown }; response: { body: Envelope } }[];
  };
  const { request, response } = exchanges[0]!;
  return { request: request.body, answer: response.body };
}

/** Codes of refusals by status, and `fail_reason` by that name. */
export const errorCodes = (): Readonly<Record<string, string[]>> =>
  (read('error_codes') as { body: Record<string, string[]> }).body;
