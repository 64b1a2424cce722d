import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hashtagsOf } from '../../lib/platforms/plain.ts';
import { createScanner, writeTerm } from '../../lib/trend/terms.ts';

const scan = createScanner();

function termsOf(text: string, tags = hashtagsOf(text)): string[] {
  const terms = scan(text, tags, true);
  return Array.from({ length: terms.count }, (_, at) =>
    writeTerm(text, tags, terms.start[at] ?? 0, terms.end[at] ?? 0),
  );
}

describe('terms of a post', () => {
  it.each([
    ['Hurricane Sandy hits', ['hurricane', 'sandy', 'hurricane sandy', 'hits', 'sandy hits']],
    ['The flood, the mud', ['flood', 'mud']],
    ["Obama's plan can't wait", ['obama', 'plan', 'obama plan']],
    ['#Sandy is near', ['#sandy', 'sandy', 'near']],
    ['@sandy https://t.co/sandy www.sandy.com storm', ['storm']],
    ['in 2012', []],
    ['amendment 64 passes', ['amendment', 'amendment 64', 'passes']],
    ['Überschwemmung in Köln', ['überschwemmung', 'köln']],
    ['東京タワーの地震', ['東京タワー', '地震']],
    ['наводнение и ураган', ['наводнение', 'ураган']],
    ['🎉🎉', []],
  ])('%s', (text, expected) => expect(termsOf(text)).toEqual(expected));

  it('are the same whatever the case, and never crash on any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        const once = termsOf(text, []);
        expect(termsOf(text.toLowerCase(), [])).toEqual(once);
        for (const term of once) expect(term.length).toBeGreaterThan(0);
      }),
    );
  });

  it('of a very long post are bounded', () => {
    expect(termsOf('harbour lantern '.repeat(5_000)).length).toBeLessThanOrEqual(512);
  });
});
