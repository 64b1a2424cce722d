import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accountsOf } from '../../lib/draft/check-media.ts';
import { standIn } from '../../lib/draft/check-refused.ts';
import { checkDocument } from '../../lib/draft/check.ts';
import { outgoingFor } from '../../lib/draft/outgoing.ts';
import { parseDocument } from '../../lib/draft/parse.ts';
import { isError } from '../../lib/errors.ts';
import { platforms } from '../../lib/platforms/index.ts';
import type { Media, Outgoing, Surroundings } from '../../lib/platforms/platform.ts';
import { formatProblem } from '../../lib/problem.ts';
import { path, profileWith } from './desk.ts';

const networks = Object.values(platforms).filter((each) => each.refuses !== undefined);
const profile = profileWith({
  accounts: networks.map(({ name }) => ({ name: `my-${name}`, platform: name })),
});
profile.brand.alt_text = false;

function check(network: string, front: string, body: string) {
  const text = `---\nid: p\nprofile: news\ntargets: [my-${network}]\n${front}---\n\n## a\n\n${body}\n`;
  const { document, problems } = parseDocument(text, path);
  if (!document) throw new Error(problems.map(formatProblem).join('\n'));
  const context = { profile, platforms, exists: () => true, now: 0 };
  return { document, problems: checkDocument(document, text, path, context) };
}

const poll = 'poll:\n  options: [Up, Down]\n  open: 24h\n';
const link = 'link:\n  url: https://a.example/\n';
const image = 'media:\n  - {file: content/a.jpg, alt: x}\n';
const video = 'media:\n  - {file: content/a.mp4, alt: x}\n';
const title = 'title: T\n';
const long = 'x'.repeat(301);

describe('what a network would not take is named by the check', () => {
  it.each<[string, string, string, string | RegExp]>([
    ['telegram', poll, `Before\n\n${long}`, /1 to 300 characters, this has 301/],
    ['telegram', poll, `${'x'.repeat(1025)}\n\nWhat?`, /describes a poll may have 1024/],
    ['telegram', image + link, 'x', 'files and a link card cannot be in one message'],
    ['telegram', 'reply: https://a.example/\n', 'x', /is no address of a message/],
    ['discord', poll, long, /1 to 300 characters, this has 301/],
    ['discord', 'reply: https://a.example/\n', 'x', /is no address of a message/],
    ['linkedin', poll, 'x'.repeat(141), /has 141 characters of 140/],
    ['linkedin', image + link, 'x', 'a post has files or a link card, not both'],
    ['linkedin', '', `x\n\n---\n\n${'x'.repeat(1251)}`, /1250 characters at most, this has 1251/],
    ['bluesky', 'reply: https://a.example/\n', 'x', /is no address of a post/],
    ['x', '', '$AAPL and $TSLA', '2 cashtags, X takes one from an app'],
    ['x', 'reply: https://a.example/\n', 'x', /is no post on X/],
    ['mastodon', poll.replace('Down', 'Up'), 'x', 'two options of the poll are the same'],
    [
      'reddit',
      title,
      `x\n\n---\n\n${'x'.repeat(10_001)}`,
      'the comment has 10001 characters of 10000',
    ],
    ['reddit', title + image + link, 'x', 'a post has a link or images, not both'],
    ['facebook', '', `x\n\n---\n\n${'x'.repeat(8001)}`, /8000 characters at most/],
    ['facebook', 'reply: https://a.example/\n', 'x', /does not say which post it answers/],
    ['instagram', image, 'x\n\n---\n\nLOUD', /capital letters only/],
    ['instagram', image, `x\n\n---\n\n${long}`, /300 characters at most, this has 301/],
    ['instagram', `${image}reply: https://a.example/\n`, 'x', 'a post answers no other'],
    ['threads', image + link, 'x', 'a post has a link card or files, not both'],
    ['tiktok', `${video}reply: https://a.example/\n`, 'x', 'it takes no answers through its API'],
    ['youtube', `${video}title: a <b>\n`, 'x', 'the title must not hold < or >'],
  ])('%s: %s', (network, front, body, message) => {
    const { problems } = check(network, front, body);
    expect(problems.map(({ rule }) => rule)).toEqual(['refused']);
    const said = problems[0]?.message ?? '';
    expect(said.startsWith(`my-${network}: `)).toBe(true);
    expect(said.slice(network.length + 5)).toMatch(message);
  });

  it('on the line of the part, and not what is too long anyway', () => {
    const { problems } = check(
      'telegram',
      poll.replace('  open', '  part: 2\n  open'),
      `a\n\n---\n\n${long}`,
    );
    expect(problems.map(({ line, rule }) => [line, rule])).toEqual([[17, 'refused']]);
    const rules = check('linkedin', '', `x\n\n---\n\n${'x'.repeat(3001)}`).problems;
    expect(rules.map(({ rule }) => rule)).toEqual(['text-too-long']);
  });
});

const left = new Error('a request left');
const surroundings = {
  fetch: () => Promise.reject(left),
  now: () => 1_760_000_000_000,
  tokens: { access: () => Promise.reject(left), refused: () => undefined },
} as unknown as Surroundings;

const credentials: Record<string, string> = {
  BLUESKY_IDENTIFIER: 'a.example',
  BLUESKY_PASSWORD: 'p',
  BLUESKY_SERVICE: 'https://stand.example',
  MASTODON_SERVER: 'https://stand.example',
  MASTODON_ACCESS_TOKEN: 't',
  DISCORD_BOT_TOKEN: 't',
  TELEGRAM_BOT_TOKEN: '1:t',
  FACEBOOK_ACCESS_TOKEN: 't',
};
const settings = {
  channel: '12345678901234567',
  chat: '@channel',
  subreddit: 'news',
  author: 'urn:li:organization:1',
  page: '1',
  user: '1',
  privacy: 'SELF_ONLY',
};

/** What `publish` says before anything leaves; undefined when it went on to ask the network. */
async function refusedAtOnce(network: string, outgoing: Outgoing, index: number) {
  const platform = platforms[network];
  if (!platform) throw new Error(network);
  const account = { name: 'mine', platform: network, ...settings };
  const connection = await platform.connect(account, { ...surroundings, credentials });
  const random = new Uint8Array(64);
  const handles = platform.handles?.(outgoing, 1_760_000_000_000, random, []) ?? [];
  const sent = outgoing.parts.slice(0, index).map((_, part) => ({
    part,
    id: network === 'bluesky' ? 'at://did:plc:a/app.bsky.feed.post/a' : '1/2',
    version: '1',
    at: 0,
  }));
  const over = () => {
    throw left;
  };
  const deadline = { signal: AbortSignal.abort(left), check: over };
  const keep = () => Promise.reject(left);
  try {
    await connection.publish?.(outgoing, index, { handles, sent, deadline, keep });
  } catch (error) {
    if (isError(error, 'DELIVERY_REFUSED')) return error.message;
  }
  return undefined;
}

/** Files as they come out of preparation, which leaves alt texts out where there are none. */
const filled = (file: Media, altLength?: number): Media => ({
  ...file,
  alt: altLength === 0 ? '' : file.alt,
  bytes: new Uint8Array([1]),
  url: 'https://media.example/a',
});

const words = fc.oneof(
  fc.constantFrom('Words', 'SO LOUD', '$A and $BC', '****', '**b**', '<x>', 'https://a.example/ b'),
  fc.constantFrom('x'.repeat(141), 'y'.repeat(301), 'z'.repeat(1300), 'A\n\nB?', '#a #b #c #d #e'),
  fc
    .string({ unit: 'grapheme', maxLength: 30 })
    .map((text) => text.replace(/[\p{C}\p{Z}#`\\-]/gu, 'x') || 'x'),
);
const files = ['a.jpg', 'b.png', 'c.mp4'].map((name) => `{file: content/${name}, alt: x}`);
/** An image that can become nothing the network takes is told of by the verdicts, which are not asked for here. */
const frontFor = (images: boolean) =>
  fc
    .record({
      media: fc.subarray(images ? files : files.slice(2), { maxLength: images ? 2 : 1 }),
      rest: fc.subarray([poll, link, title], { maxLength: 2 }),
      reply: fc.constantFrom(
        '',
        '',
        'https://a.example/',
        '123456',
        'https://x.com/a/status/12',
        't3_abc',
      ),
    })
    .map(({ media, rest, reply }) =>
      [
        media.length > 0 ? `media: [${media.join(', ')}]\n` : '',
        ...rest,
        reply === '' ? '' : `reply: "${reply}"\n`,
      ].join(''),
    );

describe('what the check passes is not refused before anything leaves', () => {
  it.each(networks.map(({ name }) => name))('%s', { timeout: 60_000 }, async (network) => {
    const platform = platforms[network];
    if (!platform) throw new Error(network);
    let passed = 0;
    const anyBody = fc.array(words, { minLength: 1, maxLength: 2 });
    await fc.assert(
      fc.asyncProperty(
        frontFor(platform.media?.types.length !== 0),
        anyBody,
        async (front, parts) => {
          // Where a post needs them there is nothing to be learned without.
          const takes = front.includes('media') || !platform.media?.required;
          const needed = `${front}${takes ? '' : video}${front.includes('title') ? '' : title}`;
          const { document, problems } = check(network, needed, parts.join('\n\n---\n\n'));
          if (problems.some(({ severity }) => severity === 'error')) return;
          passed += 1;
          for (const { name } of accountsOf({ document, profile })) {
            const planned = outgoingFor(document, name, network, platform);
            const stood = standIn(planned, platform);
            const outgoing = {
              ...stood,
              parts: stood.parts.map((part) => ({
                ...part,
                media: part.media.map((file) => filled(file, platform.media?.altLength)),
              })),
            };
            for (const index of outgoing.parts.keys())
              expect(await refusedAtOnce(network, outgoing, index), needed).toBe(undefined);
          }
        },
      ),
      { numRuns: 300 },
    );
    expect(passed).toBeGreaterThan(9);
  });
});
