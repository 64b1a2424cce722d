import { createServer } from 'node:http';
import { isAnswerTo, type Request } from '../../tokens/authorize.ts';

/** Path a browser comes back to. */
export const callbackPath = '/callback';

/** Waits on this machine for the browser to come back. */
export interface Loopback {
  /** What came back, with the right state. */
  answer: Promise<URLSearchParams>;
  close(): Promise<void>;
}

/**
 * Listens on 127.0.0.1 alone. Everything but the answer to this very sign-in is turned away and changes nothing. Throws
 * what the system says when the port is taken.
 */
export async function listenFor(request: Pick<Request, 'state'>, port: number): Promise<Loopback> {
  const { promise, resolve } = Promise.withResolvers<URLSearchParams>();
  const server = createServer((asked, reply) => {
    const url = URL.parse(asked.url ?? '', 'http://127.0.0.1');
    const send = (status: number, title: string, words: string) => {
      reply.writeHead(status, {
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
        'cache-control': 'no-store',
        'referrer-policy': 'no-referrer',
        connection: 'close',
      });
      reply.end(page(title, words));
    };
    if (!/^(127\.0\.0\.1|localhost)(:\d+)?$/.test(asked.headers.host ?? '')) {
      send(421, 'Not here', 'This address answers to 127.0.0.1 alone.');
      return;
    }
    if (asked.method !== 'GET' || url?.pathname !== callbackPath) {
      send(404, 'Nothing here', 'The terminal shows the link to open.');
      return;
    }
    if (!isAnswerTo(request, url.searchParams)) {
      send(400, 'Not this sign-in', 'Open the link in the terminal; this one is of another.');
      return;
    }
    const refused = url.searchParams.has('error');
    send(
      200,
      refused ? 'Not signed in' : 'Thank you',
      `${refused ? 'Access was not granted. ' : ''}You can close this page; the terminal tells the rest.`,
    );
    resolve(url.searchParams);
  });
  await new Promise<void>((done, failed) => {
    server.once('error', failed);
    server.listen(port, '127.0.0.1', done);
  });
  return {
    answer: promise,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeIdleConnections();
      }),
  };
}

/** Both are words of ours: nothing of the request is shown. */
const page = (title: string, words: string) => `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>${title} - SocialPulse</title>
<style>body{font:1.1rem/1.5 system-ui,sans-serif;max-width:34rem;margin:20vh auto;padding:0 1rem}</style>
<h1>${title}</h1><p>${words}</p></html>
`;
