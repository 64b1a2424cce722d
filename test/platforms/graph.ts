import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { Context, MiddlewareHandler } from 'hono';
import type { Media } from '../../lib/platforms/platform.ts';
import { sharedPath } from '../shared.ts';
import type { Instead } from './proxy.ts';

/** What the stand-ins of Facebook, Instagram and Threads share: errors, lists and who may ask. */

/** A recorded answer; `{source, body}` or `{source, exchanges}`. */
export function recorded(path: string): unknown {
  const file = JSON.parse(
    readFileSync(sharedPath(`platforms/fixtures/${path}`), 'utf8'),
  ) as Recording;
  return file.body ?? file.exchanges?.[0]?.response.body;
}
interface Recording {
  body?: unknown;
  exchanges?: { response: { body: unknown } }[];
}

export interface GraphFailure {
  code: number;
  subcode?: number;
  message: string;
  transient?: boolean;
  data?: unknown;
}

/** An error as it was recorded, with another code and message. */
export function graphError({ code, subcode, message, transient, data }: GraphFailure): object {
  const { error } = recorded('facebook/error.json') as { error: object };
  return {
    error: {
      ...error,
      message,
      code,
      ...(subcode !== undefined && { error_subcode: subcode }),
      ...(transient !== undefined && { is_transient: transient }),
      ...(data !== undefined && { error_data: data }),
    },
  };
}

export const gone = (id: string): GraphFailure => ({
  code: 100,
  subcode: 33,
  message: `Unsupported request. Object with ID '${id}' does not exist, cannot be loaded due to missing permissions, or does not support this operation`,
});

export function refuse(context: Context, failure: GraphFailure): Response {
  return context.json(graphError(failure), 400);
}

/** The token in the header and nowhere else: addresses end up in logs. */
export function onlyWith(token: () => string): MiddlewareHandler {
  return async (context, next) => {
    const given = context.req.header('authorization');
    if (given === `Bearer ${token()}`) return next();
    const message =
      given === undefined
        ? 'An access token is required to request this resource.'
        : 'Invalid OAuth access token - Cannot parse access token';
    return refuse(context, { code: given === undefined ? 104 : 190, message });
  };
}

/** One request too many: HTTP 400, code 4, and when it ends in minutes in a header. */
export function overLimit(minutes: number): Instead & { until: number } {
  const use = { call_count: 100, total_cputime: 25, total_time: 25 };
  const business = { ...use, type: 'pages', estimated_time_to_regain_access: minutes };
  return {
    status: 400,
    headers: {
      'x-app-usage': JSON.stringify(use),
      'x-business-use-case-usage': JSON.stringify({ '1': [business] }),
    },
    body: graphError({
      code: 4,
      message: '(#4) Application request limit reached',
      transient: true,
    }),
    until: Date.now() + minutes * 60_000,
  };
}

export function tokenRefused(): Instead {
  const message =
    'Error validating access token: The session has been invalidated because the user changed their password.';
  return { status: 400, body: graphError({ code: 190, subcode: 460, message }) };
}

/** Names asked for at the top of `fields`, without what stands in brackets or behind a full stop. */
export function fieldNames(fields: string): string[] {
  const flat = (text: string): string => {
    const less = text.replace(/\{[^{}]*\}|\([^()]*\)/g, '');
    return less === text ? text : flat(less);
  };
  return flat(fields)
    .split(',')
    .map((name) => name.split('.')[0] ?? '');
}

/** Only what was asked for, and always the id. */
export function pick(
  object: Readonly<Record<string, unknown>>,
  fields: string | undefined,
): object {
  const names = fields === undefined ? ['id'] : fieldNames(fields);
  return Object.fromEntries(
    Object.entries(object).filter(
      ([name, value]) => (name === 'id' || names.includes(name)) && value !== undefined,
    ),
  );
}

/** A list, newest first, in pages; the address of the next one names a token, as it really does. */
export function pageOf(
  context: Context,
  items: readonly Readonly<Record<string, unknown>>[],
): object {
  const { limit = '25', after = '0', fields } = context.req.query();
  const from = Number(after);
  const to = from + Number(limit);
  const data = items.slice(from, to).map((item) => pick(item, fields));
  const next = `https://graph.example/next?access_token=EAAsecretsecretsecret&after=${String(to)}`;
  return {
    data,
    paging: {
      cursors: { before: String(from), after: String(to) },
      ...(to < items.length && { next }),
    },
  };
}

/** A time as the Graph API writes it. */
export const stamp = (at: number): string => new Date(at).toISOString().replace(/\.\d+Z$/, '+0000');

/** Four by five pixels. */
export const jpeg = Buffer.from(
  [
    '/9j/2wBDABQODxIPDRQSEBIXFRQYHjIhHhwcHj0sLiQySUBMS0dARkVQWnNiUFVtVkVGZIhlbXd7gYKBTmCNl4x9',
    'lnN+gXz/2wBDARUXFx4aHjshITt8U0ZTfHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8',
    'fHx8fHx8fHz/wAARCAAFAAQDASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAAAAT/xAAUEAEAAAAAAAAAAAAA',
    'AAAAAAAA/8QAFQEBAQAAAAAAAAAAAAAAAAAAAQX/xAAUEQEAAAAAAAAAAAAAAAAAAAAA/9oADAMBAAIRAxEAPwCE',
    'ALr/2Q==',
  ].join(''),
  'base64',
);

/** Where files can be fetched by whoever asks. */
export async function startFiles(): Promise<{ image: Media; close(): Promise<void>; url: string }> {
  const server = createServer((request, response) => {
    const types: Record<string, string> = { '/dots.jpg': 'image/jpeg', '/clip.mp4': 'video/mp4' };
    const type = types[request.url ?? ''];
    if (type === undefined) return void response.writeHead(404).end();
    response.writeHead(200, { 'content-type': type }).end(jpeg);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${String((server.address() as { port: number }).port)}`;
  const image = { bytes: jpeg, type: 'image/jpeg', alt: 'Two dots', name: 'dots.jpg' };
  return {
    url,
    image: { ...image, url: `${url}/dots.jpg` },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** What a network that fetches files by itself finds there, or why it cannot. */
export async function fetched(url: unknown, types: readonly string[]): Promise<string | undefined> {
  if (typeof url !== 'string') return 'no address';
  const answer = await fetch(url).catch(() => undefined);
  if (!answer?.ok) return 'it could not be fetched';
  const type = answer.headers.get('content-type') ?? '';
  return types.includes(type) ? undefined : `${type} is not supported`;
}
