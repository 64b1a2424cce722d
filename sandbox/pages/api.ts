import { z } from 'zod';
import { fail, isError } from '../../lib/errors.ts';

/** The REST API of one project, as one person may use it. Paths are below `projects/<id>/`. */
export type Api = ReturnType<typeof createApi>;

/** Any origin will do: the request never leaves the process. */
const origin = 'http://gitlab.sandbox';

/** GitLab answers errors in four envelopes; the first text found in them. */
function wordsOf(body: unknown): string {
  if (typeof body === 'string') return body;
  if (Array.isArray(body)) return body.map(wordsOf).join(', ');
  if (typeof body !== 'object' || body === null) return String(body);
  const { message, error, error_description: description } = body as Record<string, unknown>;
  if (message !== undefined) return wordsOf(message);
  if (description !== undefined) return wordsOf(description);
  if (error !== undefined) return wordsOf(error);
  return Object.entries(body)
    .map(([key, value]) => `${key}: ${wordsOf(value)}`)
    .join('; ');
}

async function refusal(call: string, response: Response): Promise<Error> {
  const text = await response.text();
  let message = text.slice(0, 500) || response.statusText;
  try {
    message = wordsOf(JSON.parse(text));
  } catch {
    // plain text, as GitLab sends with 429
  }
  return fail('GITLAB_REFUSED', { call, status: response.status, message });
}

/** @throws PulseError GITLAB_REFUSED with GitLab's status and words; GITLAB_UNEXPECTED for a shape no page knows. */
export function createApi(
  send: (request: Request) => Promise<Response>,
  token: string,
  projectId: number,
) {
  async function request(method: string, path: string, body?: unknown): Promise<Response> {
    const address = `${origin}/api/v4/projects/${String(projectId)}${path && `/${path}`}`;
    const headers: Record<string, string> = { 'PRIVATE-TOKEN': token };
    if (body !== undefined) headers['Content-Type'] = 'application/json';
    const response = await send(
      new Request(address, {
        method,
        headers,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    );
    if (!response.ok) throw await refusal(`${method} ${path.split('?')[0] ?? ''}`, response);
    return response;
  }

  function read<S extends z.ZodType>(path: string, schema: S, body: unknown): z.infer<S> {
    const parsed = schema.safeParse(body);
    if (parsed.success) return parsed.data;
    throw fail('GITLAB_UNEXPECTED', { call: path, problems: z.prettifyError(parsed.error) });
  }

  return {
    /** One object. */
    async get<S extends z.ZodType>(path: string, schema: S): Promise<z.infer<S>> {
      return read(path, schema, await (await request('GET', path)).json());
    },

    /** All pages of a list, at most `most` items. */
    async list<S extends z.ZodType>(path: string, schema: S, most = 300): Promise<z.infer<S>[]> {
      const items: z.infer<S>[] = [];
      let page = '1';
      while (page !== '' && items.length < most) {
        const joined = `${path}${path.includes('?') ? '&' : '?'}per_page=${String(Math.min(most, 100))}&page=${page}`;
        const response = await request('GET', joined);
        items.push(...read(path, z.array(schema), await response.json()));
        page = response.headers.get('x-next-page') ?? '';
      }
      return items.slice(0, most);
    },

    /** The answer as it came, for files and traces. */
    raw: (path: string) => request('GET', path),

    /** Text of the answer with what pages it has; cheap to compare. */
    async fingerprint(path: string): Promise<string> {
      const response = await request('GET', path);
      return `${response.headers.get('x-total') ?? ''} ${await response.text()}`;
    },

    /** A write; the answer is the changed object, when there is one. */
    async write(
      method: 'POST' | 'PUT' | 'DELETE',
      path: string,
      body: unknown = {},
    ): Promise<unknown> {
      const response = await request(method, path, body);
      return response.json().catch(() => undefined);
    },
  };
}

/** `otherwise` in place of what GitLab refuses with one of these states; other errors go on. */
export async function unless<T, F>(
  statuses: readonly number[],
  work: Promise<T>,
  otherwise: F,
): Promise<T | F> {
  try {
    return await work;
  } catch (thrown) {
    if (statuses.includes(statusOf(thrown) ?? 0)) return otherwise;
    throw thrown;
  }
}

/** GitLab's HTTP status behind an error of ours, if that is what it is. */
export function statusOf(thrown: unknown): number | undefined {
  return isError(thrown, 'GITLAB_REFUSED') ? Number(thrown.details.status) : undefined;
}
