import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { parseReport, parseUpdates } from './receive.ts';
import type { RefUpdate } from './receive.ts';
import type { Repo } from './repo.ts';

export interface GitRequest {
  repo: Repo;
  /** Below the repository: `/info/refs`, `/git-upload-pack`, `/git-receive-pack`. */
  path: string;
  request: Request;
  username: string;
  /** Refs that may not be written, not be deleted, or only moved forward. */
  judge: (updates: readonly RefUpdate[]) => {
    refused: string[];
    kept: string[];
    forward: string[];
  };
  /** Called with what was really updated, before the client is answered in full. */
  received: (updates: readonly RefUpdate[], options: readonly string[]) => Promise<void>;
}

const names = (refs: readonly string[]) => ` ${refs.join(' ')} `;

/** The beginning of a body, until it says which refs it wants to change; then all of it again. */
async function peek(body: Readable): Promise<{ updates: RefUpdate[]; whole: Readable }> {
  const chunks: Buffer[] = [];
  const reader = body[Symbol.asyncIterator]();
  let updates: RefUpdate[] | undefined;
  while (updates === undefined) {
    const next = (await reader.next()) as IteratorResult<Buffer, undefined>;
    if (next.done) break;
    chunks.push(next.value);
    updates = parseUpdates(Buffer.concat(chunks));
  }
  async function* again() {
    yield* chunks;
    for (;;) {
      const next = (await reader.next()) as IteratorResult<Buffer, undefined>;
      if (next.done) return;
      yield next.value;
    }
  }
  return { updates: updates ?? [], whole: Readable.from(again()) };
}

/** Serves git's smart HTTP through `git http-backend`; nothing is held in memory. */
export async function serveGit(wanted: GitRequest): Promise<Response> {
  const { repo, path, request, username } = wanted;
  const url = new URL(request.url);
  const pushing = path === '/git-receive-pack';
  let body = request.body === null ? Readable.from([]) : Readable.fromWeb(request.body);
  if (request.headers.get('content-encoding') === 'gzip') body = body.pipe(createGunzip());
  const env: Record<string, string> = {
    GIT_PROJECT_ROOT: repo.folder,
    GIT_HTTP_EXPORT_ALL: '1',
    PATH_INFO: path,
    QUERY_STRING: url.search.slice(1),
    REQUEST_METHOD: request.method,
    CONTENT_TYPE: request.headers.get('content-type') ?? '',
    REMOTE_USER: username,
    REMOTE_ADDR: '127.0.0.1',
    ...(request.headers.has('git-protocol') && {
      GIT_PROTOCOL: request.headers.get('git-protocol') ?? '',
    }),
  };
  let report: string | undefined;
  if (pushing) {
    const { updates, whole } = await peek(body);
    body = whole;
    const { refused, kept, forward } = wanted.judge(updates);
    report = await mkdtemp(join(tmpdir(), 'push-'));
    env.SANDBOX_REFUSED = names(refused);
    env.SANDBOX_KEPT = names(kept);
    env.SANDBOX_FORWARD = names(forward);
    env.SANDBOX_REPORT = join(report, 'report');
  }
  const child = repo.git.start(['http-backend'], { env });
  child.stdin.on('error', () => undefined);
  body.on('error', () => child.kill());
  body.pipe(child.stdin);
  let complaint = '';
  child.stderr.on('data', (chunk: Buffer) => (complaint += chunk.toString()));

  async function finish(): Promise<void> {
    if (report === undefined) return;
    const told = await readFile(join(report, 'report'), 'utf8').catch(() => '');
    await rm(report, { recursive: true, force: true });
    const { updates, options } = parseReport(told);
    await wanted.received(updates, options);
  }
  return answer(child.stdout, finish, () => complaint);
}

/** A CGI answer as a Response; its body ends only after `finish`. */
async function answer(out: Readable, finish: () => Promise<void>, complaint: () => string) {
  const reader = out[Symbol.asyncIterator]();
  let start = Buffer.alloc(0);
  let split = -1;
  while (split < 0) {
    const next = (await reader.next()) as IteratorResult<Buffer, undefined>;
    if (next.done) break;
    start = Buffer.concat([start, next.value]);
    split = start.indexOf('\r\n\r\n');
  }
  if (split < 0) {
    await finish();
    process.stderr.write(`sandbox: git http-backend failed: ${complaint()}\n`);
    return new Response('git failed', { status: 500 });
  }
  const headers = new Headers();
  for (const line of start.toString('latin1', 0, split).split('\r\n')) {
    const at = line.indexOf(':');
    headers.append(line.slice(0, at).trim(), line.slice(at + 1).trim());
  }
  const status = Number.parseInt(headers.get('status') ?? '200', 10);
  headers.delete('status');
  async function* rest() {
    yield start.subarray(split + 4);
    for (;;) {
      const next = (await reader.next()) as IteratorResult<Buffer, undefined>;
      if (next.done) break;
      yield next.value;
    }
    await finish();
  }
  const stream = Readable.toWeb(Readable.from(rest())) as unknown as ReadableStream<Uint8Array>;
  return new Response(stream, { status, headers });
}
