import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { codes as facebook } from '../../lib/platforms/facebook/failure.ts';
import { createGraph } from '../../lib/platforms/graph.ts';
import { type Codes, graphSaid, graphSorter } from '../../lib/platforms/graph-failure.ts';
import { codes as instagram } from '../../lib/platforms/instagram/failure.ts';
import type { Said } from '../../lib/platforms/meter.ts';
import { codes as threads } from '../../lib/platforms/threads/failure.ts';
import { graphError, overLimit, recorded } from './graph.ts';
import { metaCheck } from './graph-check.ts';

const now = 1_800_000_000_000;
const sort = (codes: Codes, body: unknown, acting = false, status = 400, headers = {}) =>
  graphSorter('Meta', codes, () => now)({ status, headers: new Headers(headers), body }, acting);

describe('what the codes of the Graph API mean', () => {
  it.each([
    ['a token that has expired', facebook, 190, 463, 'CREDENTIALS_REFUSED'],
    ['a right that is missing', facebook, 200, undefined, 'CREDENTIALS_REFUSED'],
    ['a right that was taken back', threads, 10, undefined, 'CREDENTIALS_REFUSED'],
    ['too many calls of the app', facebook, 4, undefined, 'DELIVERY_BUSY'],
    ['too many calls of the person', instagram, 17, undefined, 'DELIVERY_BUSY'],
    ['too many calls for the Page', facebook, 32, undefined, 'DELIVERY_BUSY'],
    ['too many calls of one kind', threads, 613, undefined, 'DELIVERY_BUSY'],
    ['too many calls of a business', instagram, 80_002, undefined, 'DELIVERY_BUSY'],
    ['the same words again', facebook, 506, undefined, 'DELIVERY_REFUSED'],
    ['a block for a while', facebook, 368, undefined, 'DELIVERY_REFUSED'],
    ['a wrong parameter', facebook, 100, undefined, 'DELIVERY_REFUSED'],
    ['posts of a day used up', instagram, 9, 2_207_042, 'DELIVERY_BUSY'],
    ['spam, whose code means a limit elsewhere', instagram, 4, 2_207_051, 'DELIVERY_REFUSED'],
    ['a container that is not ready', instagram, 9007, 2_207_027, 'DELIVERY_BUSY'],
    ['a file that cannot be fetched', threads, 9004, 2_207_052, 'DELIVERY_REFUSED'],
    ['a restricted account', instagram, 25, 2_207_050, 'DELIVERY_REFUSED'],
    ['an error of its own', facebook, 1, undefined, 'DELIVERY_UNKNOWN'],
    ['a service that is away', threads, 2, undefined, 'DELIVERY_UNKNOWN'],
    ['a moment of Instagram', instagram, -1, 2_207_001, 'DELIVERY_UNKNOWN'],
  ])('%s', (_, codes, code, subcode, expected) => {
    const body = graphError({ code, message: 'No.', ...(subcode && { subcode }) });
    const error = sort(codes, body, true);
    expect(error.code).toBe(expected);
    // What may be out is only ever unknown when it was to make something visible.
    const before = sort(codes, body, false).code;
    expect(before).toBe(expected === 'DELIVERY_UNKNOWN' ? 'DELIVERY_BUSY' : expected);
  });

  it('gives every refusal of a table a remedy', () => {
    for (const codes of [facebook, instagram, threads])
      for (const [code, { as, remedy }] of Object.entries(codes))
        if (as === 'refused') expect([code, remedy]).toEqual([code, expect.stringMatching(/\.$/)]);
  });

  it('says what the network said, and its numbers', () => {
    const error = sort({}, recorded('facebook/base__error_data.json'));
    expect(error.message).toContain('pages_read_engagement');
    expect(error.message).toContain('(code 100)');
  });

  it('shows no token that an error repeats', () => {
    const message = 'Malformed access token EAAabcdefghijklmnop and IGAAqwertzuiopasdf';
    expect(sort({}, graphError({ code: 190, message })).message).not.toMatch(/abcdef|qwertz/);
  });

  it('makes of a page that is no JSON what its status says', () => {
    expect(sort({}, '<html><b>Bad</b> gateway</html>', true, 502).code).toBe('DELIVERY_UNKNOWN');
    expect(sort({}, '<html>Sorry</html>', true, 403).code).toBe('DELIVERY_REFUSED');
  });
});

describe('what is left', () => {
  const answer = (headers: Record<string, string>) => ({
    status: 200,
    headers: new Headers(headers),
    body: {},
  });

  it('is read from the header that is fullest', () => {
    const app = JSON.stringify({ call_count: 28, total_time: 25, total_cputime: 61 });
    const said = graphSaid(answer({ 'x-app-usage': app }), () => now);
    expect(said).toEqual({ limit: 100, remaining: 39 });
  });

  it('comes back when the header says, in minutes', () => {
    const { headers = {}, body } = overLimit(3);
    expect(graphSaid(answer({ ...headers }), () => now)).toEqual({
      limit: 100,
      remaining: 0,
      reset: now + 180_000,
    });
    expect(sort({}, body, true, 400, headers).details.until).toBe(now + 180_000);
  });

  it('is nothing when a limit is refused without a word of when it ends', () => {
    const body = graphError({
      code: 613,
      message: 'Calls to this api have exceeded the rate limit.',
    });
    expect(graphSaid({ ...answer({}), status: 403, body }, () => now)).toEqual({
      limit: 100,
      remaining: 0,
      reset: now + 60_000,
    });
  });

  it('is not made up from headers that are broken or missing', () => {
    expect(graphSaid(answer({ 'x-app-usage': '{"call' }), () => now)).toEqual({});
    expect(graphSaid(answer({}), () => now)).toEqual({});
  });
});

describe('speaking to the Graph API', () => {
  const speak = (answers: (url: string, init: RequestInit) => Response, learnt: Said[] = []) => {
    const issued = { tokens: ['first', 'second'], refused: [] as string[] };
    const graph = createGraph(
      { platform: 'Meta', base: 'https://graph.test/v25.0', codes: {} },
      {
        fetch: (url, init) => Promise.resolve(answers(url as string, init ?? {})),
        now: () => now,
        credentials: {},
        meter: { spend: () => undefined, learn: (_, said) => void learnt.push(said) },
        tokens: {
          access: () => Promise.resolve(issued.tokens[issued.refused.length] ?? ''),
          refused: (token) => void issued.refused.push(token),
        },
      },
    );
    return { graph, issued };
  };
  const id = z.object({ id: z.string() });
  const call = { operation: 'read', method: 'GET', path: '1' } as const;

  it('asks again with a new token when the old one is refused with 400 and code 190', async () => {
    const { graph, issued } = speak((_, { headers }) =>
      new Headers(headers).get('authorization') === 'Bearer second'
        ? Response.json({ id: '1' })
        : Response.json(graphError({ code: 190, message: 'expired' }), { status: 400 }),
    );
    expect(await graph.ask(id, call)).toEqual({ id: '1' });
    expect(issued.refused).toEqual(['first']);
  });

  it('follows the cursor of a list and never the address, which names a token', async () => {
    const seen: string[] = [];
    const { graph } = speak((url) => {
      seen.push(url);
      const after = new URL(url).searchParams.get('after');
      const next = 'https://elsewhere.test/?access_token=EAAsecret';
      if (after === 'b') return Response.json({ data: [3], paging: { cursors: { after: 'c' } } });
      return Response.json({ data: [1, 2], paging: { cursors: { after: 'b' }, next } });
    });
    expect(await Array.fromAsync(graph.list({ operation: 'read', path: 'x/list' }))).toEqual([
      1, 2, 3,
    ]);
    expect(seen).toEqual([
      'https://graph.test/v25.0/x/list',
      'https://graph.test/v25.0/x/list?after=b',
    ]);
  });

  it('takes an answer of another shape for none', async () => {
    const { graph } = speak(() => Response.json({ di: '1' }));
    await expect(graph.ask(id, call)).rejects.toMatchObject({ code: 'DELIVERY_BUSY' });
    const acting = graph.ask(id, { ...call, method: 'POST', acting: true });
    await expect(acting).rejects.toMatchObject({ code: 'DELIVERY_UNKNOWN' });
  });

  it('tells the meter what the headers say', async () => {
    const learnt: Said[] = [];
    const usage = JSON.stringify({ call_count: 90 });
    const { graph } = speak(
      () => Response.json({ id: '1' }, { headers: { 'x-app-usage': usage } }),
      learnt,
    );
    await graph.ask(id, call);
    expect(learnt).toEqual([{ status: 200, limit: 100, remaining: 10 }]);
  });
});

describe("the check against Meta's description", () => {
  const check = metaCheck({
    version: 'v25.0',
    nodeOf: (id) => (id === '1' ? 'Page' : undefined),
    undescribed: {},
    waivers: [],
  });
  const json = { 'content-type': 'application/json' };
  const post = (body: unknown) => ({ method: 'POST', headers: json, body });

  it.each([
    ['messages is unknown', post({ messages: 'a' })],
    ['message: data must be string', post({ message: 1 })],
    ['published: data must be boolean', post({ published: 'false' })],
    ['attached_media: data must be array', post({ attached_media: '1' })],
    ['Page has no POST feeds', { ...post({}), path: '/v25.0/1/feeds' }],
    ['PagePost has no field massage', { query: new URLSearchParams({ fields: 'id,massage' }) }],
    ['this is no address of the Graph API', { path: '/v24.0/1/feed' }],
  ])('finds that %s', (problem, wrong) => {
    const request = {
      method: 'GET',
      path: '/v25.0/1/feed',
      query: new URLSearchParams(),
      headers: {},
      body: undefined,
    };
    expect(check({ ...request, ...wrong })).toEqual([problem]);
  });
});
