import { describe, expect, it } from 'vitest';
import type { Signal } from '../../../lib/ingest/signal.ts';
import { datedLast, isDated } from '../../../lib/trend/story/dated.ts';
import { describeGroup } from '../../../lib/trend/story/naming.ts';
import { replay } from '../../../lib/trend/replay.ts';
import { isStop } from '../../../lib/trend/story/words.ts';
import { everyday, hour, signal, start } from '../posts.ts';

const groupOf = (...terms: string[]) => ({
  members: terms.map((term, n) => ({ term, score: 10 - n, expected: 0, posts: [n] })),
  posts: new Set(terms.keys()),
});
const termsOf = (group?: ReturnType<typeof groupOf>) => group?.members.map(({ term }) => term);

async function* stream(posts: readonly Signal[]) {
  for (const each of posts) yield await Promise.resolve(each);
}

describe('what says when and nothing else', () => {
  it.each([
    '4th',
    '21st',
    '2012',
    '5pm',
    '1030am',
    'oct',
    'sept',
    'thurs',
    'june 18th',
    'nov 2012',
  ])('is %s', (term) => expect(isDated(term)).toBe(true));
  it.each(['#jan25', 'happy 4th', 'friday 13th', 'mar', 'wed', 'sun', '49ers', '3d', 'april'])(
    'is not %s',
    (term) => expect(isDated(term)).toBe(false),
  );

  it('leads no group, and is none by itself', () => {
    expect(termsOf(datedLast(groupOf('25th', 'xenon', 'oct', '#xenon')))).toEqual([
      'xenon',
      '#xenon',
      '25th',
      'oct',
    ]);
    expect(datedLast(groupOf('4th', 'oct'))).toBeUndefined();
  });

  it('is in no name where there is something better', () => {
    const posts = Array.from({ length: 8 }, (_, n) => ({
      text: `25th oct: the xenon ${'abcdefgh'[n]} is sold #xenonday`,
    }));
    expect(describeGroup(groupOf('25th', 'oct', 'xenon'), posts).name).toBe('Xenon');
    expect(describeGroup(groupOf('25th', '#xenonday'), posts).name).toBe('#xenonday');
  });

  it('is no trend, however many say it', async () => {
    const quiet = Array.from({ length: 40 }, (_, n) => everyday(start + n * hour)).flat();
    const said = (word: string) =>
      Array.from({ length: 30 }, (_, n) => {
        const letter = String.fromCharCode(97 + (n % 26));
        const text = `${letter.repeat(4)}${n} is ${word}, ${letter.repeat(3)} ${n * 7}q`;
        return signal(`${word}${n}`, text, start + (30 + n / 20) * hour, `who${n}`);
      });
    const trends = async (word: string) => {
      const posts = [...quiet, ...said(word)].sort((a, b) => a.at - b.at);
      const found = await replay(stream(posts));
      return found.trends.filter(({ terms }) => terms.includes(word)).length;
    };
    expect(await trends('karsund')).toBe(1);
    expect(await trends('25th')).toBe(0);
  });
});

it('words that only look like a stop word without its apostrophe may name a trend', () => {
  expect(['hell', 'shell', 'ill', 'wed', 'shed', 'its'].map(isStop)).toEqual(
    ['hell', 'shell', 'ill', 'wed', 'shed', 'its'].map((word) => word === 'its'),
  );
  expect(["he'll", "don't", 'dont', "it's", 'the'].every(isStop)).toBe(true);
});
