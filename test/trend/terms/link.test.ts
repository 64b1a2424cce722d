import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normaliseLink } from '../../../lib/trend/terms/link.ts';

describe('a link as a term', () => {
  it.each([
    ['https://www.Example.com/News/', 'example.com/News'],
    ['HTTP://example.com:80', 'example.com'],
    ['//example.com/a#part', 'example.com/a'],
    ['example.com?utm_source=x&id=7&fbclid=y', 'example.com?id=7'],
    ['https://a.com/b?z=1&a=2&utm_campaign=', 'a.com/b?a=2&z=1'],
    ['https://a.com/b/?gclid=1#!/page', 'a.com/b#!/page'],
    ['https://twitter.com/#!/bob/status/1', 'twitter.com/#!/bob/status/1'],
    ['https://youtube.com/watch?v=X-1&feature=youtu.be', 'youtube.com/watch?v=X-1'],
    ['https://t.co/AbC', 't.co/AbC'],
    ['http://bit.ly/X1', 'bit.ly/X1'],
    ['https://www.com/', 'www.com'],
    ['http://www.www.a.com', 'a.com'],
    ['https://a.com:8080/b', 'a.com:8080/b'],
    ['', ''],
  ])('%s', (link, expected) => expect(normaliseLink(link)).toBe(expected));

  const links = fc
    .array(
      fc.constantFrom(
        ...Array.from('/?#&=.:-!aZ9é'),
        ...['http://', 'www.', 'a.com', 'utm_x=1', 'id=2', '#!', ':80', '//'],
      ),
      { maxLength: 10 },
    )
    .map((parts) => parts.join(''));

  it('done twice is the same', () => {
    fc.assert(
      fc.property(links, (link) => {
        const once = normaliseLink(`http://${link}`);
        fc.pre(!/^(?:https?:)?\/\//i.test(once));
        expect(normaliseLink(once)).toBe(once);
      }),
      { numRuns: 1000 },
    );
  });
});
