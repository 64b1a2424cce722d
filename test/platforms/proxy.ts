import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';

/**
 * What happens to a request: it passes, it is lost on the way, its answer breaks off after the server has acted, or it
 * is long on its way and arrives whatever has become of its sender.
 */
export type Fault = 'pass' | 'lose' | 'cut' | 'hold';

/** A proxy on loopback in front of a real server, which fails as networks do. */
export interface Proxy {
  url: string;
  /** Port of the server behind it. */
  to(port: number): void;
  /** Decides about each request from now on. */
  fail(decide: (path: string) => Fault): void;
  /** Resolves once a request is held. */
  held: Promise<void>;
  /** Lets what is held arrive; resolves with how the server answered. */
  release(): Promise<number>;
  /** Stops listening, so that connections are refused, until `up`. */
  down(): Promise<void>;
  up(): Promise<void>;
  /** Paths asked for, in order. */
  seen: string[];
  close(): Promise<void>;
}

export async function startProxy(): Promise<Proxy> {
  let target = 0;
  let decide: (path: string) => Fault = () => 'pass';
  const seen: string[] = [];
  const server = createServer((asked, answer) => {
    const path = asked.url ?? '/';
    seen.push(path);
    const fault = decide(path);
    if (fault === 'lose') asked.socket.destroy();
    else if (fault === 'hold') hold(asked);
    else forward(target, asked, answer, fault === 'cut');
  });
  let release: () => Promise<number> = () => Promise.reject(new Error('nothing is held'));
  const { promise: held, resolve: holds } = Promise.withResolvers<undefined>();
  const hold = (asked: IncomingMessage) => {
    const chunks: Buffer[] = [];
    asked.on('data', (chunk: Buffer) => chunks.push(chunk));
    asked.on('end', () => {
      const { method = 'GET', url = '/', headers } = asked;
      const { authorization = '', 'content-type': type = '' } = headers;
      release = async () => {
        const answer = await fetch(`http://127.0.0.1:${String(target)}${url}`, {
          method,
          headers: { authorization, 'content-type': type },
          body: Buffer.concat(chunks),
        });
        return answer.status;
      };
      holds(undefined);
    });
  };
  const listen = (port: number) =>
    new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  await listen(0);
  const { port } = server.address() as { port: number };
  return {
    url: `http://127.0.0.1:${String(port)}`,
    to: (next) => void (target = next),
    fail: (next) => void (decide = next),
    down: close,
    up: () => listen(port),
    seen,
    held,
    release: () => release(),
    close: () => (server.listening ? close() : Promise.resolve()),
  };
}

function forward(port: number, asked: IncomingMessage, answer: ServerResponse, cut: boolean) {
  const { method, url: path, headers } = asked;
  const onward = request({ host: '127.0.0.1', port, method, path, headers }, (reply) => {
    answer.writeHead(reply.statusCode ?? 502, reply.headers);
    if (!cut) return void reply.pipe(answer);
    // The server has done its part: half an answer, then nothing.
    reply.once('data', (chunk: Buffer) => {
      answer.write(chunk.subarray(0, Math.floor(chunk.length / 2)), () => answer.socket?.destroy());
    });
  });
  onward.on('error', () => asked.socket.destroy());
  asked.pipe(onward);
}
