// Loaded before a publisher: counts what it asks of the world, and strikes it where it was told to.
import { appendFileSync, readFileSync } from 'node:fs';
import type { Orders } from './plan.ts';

const { calls, blow } = JSON.parse(process.env.PUBLISHER ?? '{}') as Orders;

const send = globalThis.fetch;
globalThis.fetch = async (input, init) => {
  const method = input instanceof Request ? input.method : (init?.method ?? 'GET');
  const url = new URL(input instanceof Request ? input.url : input);
  appendFileSync(calls, `${method} ${url.pathname}\n`);
  if (!isDue(url.pathname)) return send(input, init);
  if (blow?.phase === 'before') strike();
  const answer = await send(input, init);
  if (blow?.phase === 'acted') strike();
  const body = await answer.arrayBuffer();
  if (blow?.phase === 'after') setImmediate(strike);
  return new Response(answer.status === 204 ? null : body, answer);
};

function isDue(path: string): boolean {
  if (!blow || !path.endsWith(blow.of ?? '')) return false;
  const lines = readFileSync(calls, 'utf8').split('\n').slice(0, -1);
  return lines.filter((line) => line.endsWith(blow.of ?? '')).length === blow.at;
}

function strike(): void {
  process.kill(process.pid, blow?.signal === 'STOP' ? 'SIGSTOP' : 'SIGKILL');
}
