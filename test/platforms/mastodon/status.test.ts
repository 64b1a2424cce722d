import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { receiptOf } from '../../../lib/platforms/mastodon/send.ts';
import { signalOf, statusSchema, textOf } from '../../../lib/platforms/mastodon/status.ts';
import { recorded } from './fixture.ts';
import { htmlOf } from './state.ts';

const names = [
  'media_post',
  'search',
  'status_delete_media',
  'status_edit',
  'status_fav',
  'status_post_public',
  'status_reply',
  'unauthed',
];

/** Everything in a recorded answer that is a status. */
function statusesIn(value: unknown): Record<string, unknown>[] {
  if (typeof value !== 'object' || value === null) return [];
  if ('content' in value && 'reblogs_count' in value) return [value];
  return Object.values(value).flatMap(statusesIn);
}

describe('recorded answers', () => {
  const statuses = names.flatMap((name) =>
    recorded(name).flatMap(({ response }) => statusesIn(response.body)),
  );

  it('hold no status that we cannot read, and none loses a field that we keep', () => {
    expect(statuses).toHaveLength(14);
    for (const status of statuses) {
      const { account, tags, media_attachments: files, ...kept } = statusSchema.parse(status);
      expect(status).toMatchObject(kept);
      expect(status.account).toMatchObject(account);
      expect([tags.length, files.length]).toEqual([
        (status.tags as unknown[]).length,
        (status.media_attachments as unknown[]).length,
      ]);
      expect(receiptOf(status, 0, 'http://localhost:3000')).toEqual({
        part: 0,
        id: status.id,
        url: status.url,
        at: Date.parse(String(status.created_at)),
      });
    }
  });

  it('become signals', () => {
    const [status] = recorded('status_post_public').map(({ response }) => response.body);
    expect(signalOf(status, 'mastodon.example')).toEqual({
      id: 'mastodon:http://localhost:3000/ap/users/117020565966271181/statuses/117020585924712638',
      network: 'mastodon',
      text: 'Toot!',
      at: Date.parse('2026-08-01T13:53:56.596Z'),
      author: 'mastodonpy_test@mastodon.example',
      tags: [],
      url: 'http://localhost:3000/@mastodonpy_test/117020585924712638',
      language: 'en',
      counts: { likes: 0, reposts: 0, replies: 0, quotes: 0, followers: 0 },
    });
  });

  it('of what is scheduled are receipts of that time', () => {
    const [body] = recorded('scheduled_status').map(({ response }) => response.body);
    expect(receiptOf(body, 2, 'https://mastodon.example')).toEqual({
      part: 2,
      id: 'scheduled:1',
      url: 'https://mastodon.example/api/v1/scheduled_statuses',
      at: Date.parse('4000-01-01T14:33:14.000Z'),
    });
  });

  it('of another shape prove nothing', () => {
    expect(() => receiptOf({ id: '1' }, 0, 'https://a.example')).toThrow(/Nobody can say/);
    expect(signalOf({ id: '1' }, 'a.example')).toMatch(/no status/);
  });
});

describe('the text of a status', () => {
  it.each([
    ['<p>One</p><p>Two<br />Three</p>', 'One\n\nTwo\nThree'],
    ['<p>a &lt;b&gt; &amp;amp; &#39;c&#39;</p>', "a <b> &amp; 'c'"],
    [
      '<p><a href="https://example.com/abc"><span class="invisible">https://</span><span class="ellipsis">example.com/</span><span class="invisible">abc</span></a>!</p>',
      'https://example.com/abc!',
    ],
    ['<p>#<span>tag</span></p><ul><li>x</li><li>y</li></ul>', '#tag\n\nx\n\ny'],
  ])('of %s', (html, text) => {
    expect(textOf(html)).toBe(text);
  });

  it('is what was sent, but for the server of a mention', () => {
    const sign = fc.constantFrom(
      'a',
      'b',
      ' ',
      'ä',
      '字',
      '<',
      '>',
      '&',
      '"',
      "'",
      '\n',
      'https://example.com/a?b=c&d ',
    );
    fc.assert(
      fc.property(fc.array(sign, { maxLength: 60 }), (signs) => {
        const text = signs
          .join('')
          .replace(/\n{2,}/g, '\n\n')
          .trim();
        expect(textOf(htmlOf(text))).toBe(text.normalize('NFC'));
      }),
    );
    expect(textOf(htmlOf('To @alice@example.org'))).toBe('To @alice');
  });
});
