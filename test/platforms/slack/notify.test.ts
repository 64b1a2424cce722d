import { Hono } from 'hono';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { PulseError } from '../../../lib/errors.ts';
import { slack } from '../../../lib/platforms/slack/index.ts';
import { type Host, startHost } from '../host.ts';

const secret = 'T024BE7LD/B0ABCDEFG/XyZ123secret';
let host: Host;
const answer = { status: 200, body: 'ok' as unknown, headers: {} as Record<string, string> };

beforeAll(async () => {
  const app = new Hono();
  app.post('/services/*', () => {
    const { status, headers } = answer;
    const text = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body);
    const type = typeof answer.body === 'string' ? 'text/plain' : 'application/json';
    return new Response(text, { status, headers: { 'content-type': type, ...headers } });
  });
  // Slack's documentation: JSON with a text, nothing else that we send.
  host = await startHost(app, ({ headers, body }) => {
    const wrong: string[] = [];
    if (headers['content-type'] !== 'application/json') wrong.push('it must be JSON');
    const { text, ...rest } = (body ?? {}) as Record<string, unknown>;
    if (typeof text !== 'string' || text === '') wrong.push('no_text');
    if (Object.keys(rest).length > 0) wrong.push(`unknown: ${Object.keys(rest).join(', ')}`);
    return wrong;
  });
});
beforeEach(() => {
  Object.assign(answer, { status: 200, body: 'ok', headers: {} });
  host.requests.length = 0;
});
afterAll(() => host.close());

const now = () => 1_800_000_000_000;
const connect = (settings: Record<string, string> = {}, url = `${host.url}/services/${secret}`) =>
  slack.connect(
    { name: 'team', platform: 'slack', ...settings },
    { fetch, now, credentials: { SLACK_WEBHOOK: url } },
  );
const tell = async (settings: Record<string, string>, text: string, url?: string) => {
  await (
    await connect(settings)
  ).notify!({ text, ...(url !== undefined && { url }) });
  expect(host.problems).toEqual([]);
  return (host.requests[0]?.body as { text: string }).text;
};
const failing = async (status: number, body: unknown, headers = {}) => {
  Object.assign(answer, { status, body, headers });
  const connection = await connect();
  return connection.notify!({ text: 'x' }).catch((error: unknown) => error as PulseError);
};

describe('a notice', () => {
  it('says to Slack what it says, and nothing that calls anybody', async () => {
    expect(await tell({}, 'R&D <!channel> is *late*', 'https://git.example/-/1?a=1&b=2')).toBe(
      'R&amp;D &lt;!channel&gt; is *late*\n<https://git.example/-/1?a=1&amp;b=2>',
    );
  });

  it('says to Mattermost what it says', async () => {
    const text = await tell(
      { flavour: 'mattermost' },
      '@all: *late* [x](y)',
      'https://a.example/(1)',
    );
    expect(text).toBe('@\u200Ball\\: \\*late\\* \\[x\\]\\(y\\)\n<https://a.example/%281%29>');
  });

  it('is cut where it would be too long, between characters', async () => {
    const text = await tell({}, '👍'.repeat(5000));
    expect(Array.from(text)).toHaveLength(4000);
    expect(text.endsWith('👍…')).toBe(true);
  });

  it('can be nothing but a notice', async () => {
    expect(Object.keys(await connect())).toEqual(['notify']);
    expect('measure' in slack).toBe(false);
  });
});

describe('what goes wrong', () => {
  it.each([
    [404, 'no_service', 'new webhook'],
    [403, 'invalid_token', 'new webhook'],
    [403, 'action_prohibited', 'new webhook'],
    [404, 'channel_not_found', 'another one'],
    [410, 'channel_is_archived', 'another one'],
    [
      501,
      {
        id: 'web.incoming_webhook.disabled.app_error',
        message: 'Incoming webhooks have been disabled',
      },
      undefined,
    ],
    [
      400,
      { id: 'web.incoming_webhook.invalid.app_error', message: 'Invalid webhook' },
      'new webhook',
    ],
    [500, '<html>secret page</html>', undefined],
  ])('%i %o is said without the address', async (status, body, remedy) => {
    const error = (await failing(status, body)) as PulseError;
    expect(error.code).toBe(status < 500 ? 'DELIVERY_REFUSED' : 'DELIVERY_BUSY');
    if (remedy !== undefined) expect(error.remedy).toContain(remedy);
    expect(JSON.stringify([error.message, error.remedy, error.details])).not.toMatch(/XyZ123|page/);
  });

  it('waits as long as Slack says', async () => {
    const error = await failing(429, 'rate_limited', { 'retry-after': '30' });
    expect(error).toMatchObject({ code: 'DELIVERY_BUSY', details: { until: now() + 30_000 } });
  });

  it('does not show the address when nobody answers, or when it is none', async () => {
    const gone = await connect({}, `http://127.0.0.1:9/${secret}`);
    const error = await gone.notify!({ text: 'x' }).catch(
      (thrown: unknown) => thrown as PulseError,
    );
    expect(error).toMatchObject({ code: 'DELIVERY_BUSY' });
    for (let each: unknown = error; each instanceof Error; each = each.cause)
      expect(`${each.message} ${each.stack ?? ''} ${JSON.stringify(each)}`).not.toContain(secret);
    const none = await connect({}, `no address ${secret}`).catch((thrown: unknown) => thrown);
    expect(none).toMatchObject({ code: 'CONFIG_INVALID' });
    expect(String(none)).not.toContain(secret);
  });
});
