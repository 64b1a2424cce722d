import type { Context } from 'hono';
import { recorded } from './fixture.ts';

type Status = 400 | 401 | 403 | 404 | 429;

/** Google's refusal, in the shape that was recorded. */
export function errorOf(code: number, reason: string, message: string) {
  const body = recorded('error_response');
  const errors = [{ domain: 'youtube.video', reason, message }];
  return { error: { ...body.error, code, message, errors } };
}

export const refuse = (context: Context, status: Status, reason: string, message: string) =>
  context.json(errorOf(status, reason, message), status);
