import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { measure, show } from '../../../lib/platforms/facebook/measure.ts';
import { parentOf } from '../../../lib/platforms/facebook/comment.ts';

describe('the length of a post on Facebook', () => {
  it('is that of what people read, whatever is written', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const { length, limit, fits } = measure(text);
        expect(length).toBe(show(text).length);
        expect(fits).toBe(length <= limit);
      }),
      { numRuns: 500 },
    );
  });

  it('counts an address behind its words', () => {
    expect(measure('[here](https://example.com)').length).toBe('here (https://example.com)'.length);
  });
});

describe('what a comment answers', () => {
  const outgoing = (reply: string) => ({ delivery: 'd', parts: [], reply });

  it.each([
    ['12_34', '12_34'],
    ['facebook:12_34', '12_34'],
    ['https://www.facebook.com/12_34', '12_34'],
    ['https://www.facebook.com/12/posts/34', '12_34'],
    ['https://www.facebook.com/permalink.php?story_fbid=34&id=12', '12_34'],
    ['https://www.facebook.com/12/posts/34?comment_id=56', '34_56'],
  ])('%s is %s', (address, id) => {
    expect(parentOf(outgoing(address), 0, [])).toBe(id);
  });

  it.each(['https://www.facebook.com/desk/posts/pfbid02abc', 'a post', ''])(
    'cannot be told from "%s"',
    (address) => {
      expect(() => parentOf(outgoing(address), 0, [])).toThrow(/does not say which post/);
    },
  );
});
