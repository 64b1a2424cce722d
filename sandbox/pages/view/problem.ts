import { html } from 'hono/html';
import { HTTPException } from 'hono/http-exception';
import type { Context } from 'hono';
import type { Env } from '../index.ts';
import { statusOf } from '../api.ts';
import { layout } from './layout.ts';
import { explain } from './trouble.ts';

const known = [400, 401, 403, 404, 405, 409, 422, 429] as const;

/** A page for what could not be shown at all: why, and what to do. No stack traces. */
export async function problemPage(c: Context<Env>, thrown: unknown): Promise<Response> {
  if (thrown instanceof HTTPException) return thrown.getResponse();
  const visit = c.var.visit as Env['Variables']['visit'] | undefined;
  if (visit === undefined) return c.text('Something went wrong.', 500);
  const { title, text } = explain(thrown, visit, 'see this page');
  const status = known.find((code) => code === statusOf(thrown)) ?? 500;
  const body = html`<div class="empty problem">
    <strong>${title}</strong>
    <p>${text}</p>
    <p>Act as somebody else at the top of the page, or go back to the <a href="/">board</a>.</p>
  </div>`;
  return c.html(await layout(visit, { title, body }), status);
}
