import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';

/**
 * What happens to a request: it passes, it is lost on the way, its answer breaks off after the server has acted, or it
 * is long on its way and arrives whatever has become of its sender.
 */
export type Fault = 'pass' | 'lose' | 'cut' | 'hold' | Instead | Moments;

/** Answers in place of the server, which never sees the request. */
export interface Instead {
  status: number;
  headers?: Readonly<Record<string, string>>;
  body?: unknown;
}

/** It passes; `acted` is called when the server has acted and nobody has heard of it, `after` once the answer is out. */
export interface Moments {
  acted?: () => void;
  after?: () => void;
}

/** A proxy on loopback in front of a real server, which fails as networks do. */
export interface Proxy {
  url: string;
  /** Port of the server behind it. */
  to(port: number): void;
  /** Decides about each request from now on. */
  fail(decide: (path: string, method: string) => Fault): void;
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
  let decide: (path: string, method: string) => Fault = () => 'pass';
  const seen: string[] = [];
  const server = createServer({ keepAliveTimeout: 60_000 }, (asked, answer) => {
    const path = asked.url ?? '/';
    seen.push(path);
    const fault = decide(path, asked.method ?? 'GET');
    if (fault === 'lose') asked.socket.destroy();
    else if (fault === 'hold') hold(asked);
    else if (typeof fault === 'object' && 'status' in fault) instead(fault, asked, answer);
    else
      forward(
        target,
        asked,
        answer,
        fault === 'pass' || fault === 'cut' ? { cut: fault === 'cut' } : fault,
      );
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

function instead(
  { status, headers, body }: Instead,
  asked: IncomingMessage,
  answer: ServerResponse,
) {
  const type = typeof body === 'object' ? { 'content-type': 'application/json' } : {};
  const text = typeof body === 'object' ? JSON.stringify(body) : body;
  asked.resume().once('end', () => answer.writeHead(status, { ...type, ...headers }).end(text));
}

function forward(
  port: number,
  asked: IncomingMessage,
  answer: ServerResponse,
  { cut, acted, after }: Moments & { cut?: boolean },
) {
  const { method, url: path, headers } = asked;
  const onward = request({ host: '127.0.0.1', port, method, path, headers }, (reply) => {
    acted?.();
    answer.writeHead(reply.statusCode ?? 502, reply.headers);
    if (after) answer.once('finish', after);
    if (!cut) return void reply.pipe(answer);
    // The server has done its part: half an answer, then nothing; nothing at all of one without a body.
    reply.once('end', () => answer.socket?.destroy());
    reply.once('data', (chunk: Buffer) => {
      answer.write(chunk.subarray(0, Math.floor(chunk.length / 2)), () => answer.socket?.destroy());
    });
  });
  onward.on('error', () => asked.socket.destroy());
  asked.pipe(onward);
}
