import { subscribe } from 'node:diagnostics_channel';

/**
 * Resolves when the first request of this process has been written to the network. Whoever loads the rest of a program
 * sooner keeps that request waiting, because loading blocks: a job's first question would leave 40 ms later.
 * Never resolves where requests do not go through Node's own `fetch`; race it with the answer.
 */
export const written = new Promise<void>((resolve) => {
  subscribe('undici:client:sendHeaders', () => resolve());
});
