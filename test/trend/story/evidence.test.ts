import { describe, expect, it } from 'vitest';
import { chooseEvidence } from '../../../lib/trend/story/evidence.ts';
import { aPost } from '../stories.ts';

const texts = [
  'The dam above Karsund broke at four in the morning, say the police',
  'Water stands a metre high in the market hall and still rises',
  'Trains to Karsund are cancelled until Friday, the bridge is gone',
  'My grandmother was carried out of her house by the fire brigade',
  'Mayor asks people to stay on upper floors and boil water',
  'Schools stay closed tomorrow, sandbags are given out at the town hall',
];
const telling = (n: number, changes: Parameters<typeof aPost>[1] = {}, score = 1) => ({
  signal: aPost(`${n}`, { text: texts[n] ?? '', author: `a${n}`, ...changes }),
  score,
});
const idsOf = (posts: Parameters<typeof chooseEvidence>[0]) =>
  chooseEvidence(posts).map(({ signal }) => signal.slice(5));

describe('evidence', () => {
  it('is five posts at most, the most telling first, whatever order they come in', () => {
    const posts = texts.map((_, n) => telling(n, {}, n));
    expect(idsOf(posts)).toEqual(['5', '4', '3', '2', '1']);
    expect(idsOf(posts.toReversed())).toEqual(['5', '4', '3', '2', '1']);
  });

  it('names no author and no text twice, and what says nearly the same last', () => {
    const posts = [
      telling(0, {}, 90),
      telling(1, { author: 'a0' }, 7),
      telling(2, { text: `${texts[0]?.toUpperCase()}!` }, 6),
      telling(3, { text: `${texts[0]} today` }, 5),
      telling(4, {}, 1),
    ];
    expect(idsOf(posts)).toEqual(['0', '4', '3']);
  });

  it('prefers sentences that people reacted to over tags', () => {
    const tags = '#flood #karsund #rain #water #news #dam #help';
    const posts = [telling(0, { text: tags }), telling(1), telling(2, { counts: { likes: 900 } })];
    expect(idsOf(posts)).toEqual(['2', '1', '0']);
  });

  it('is never what addresses a model, and an advertisement only where there is nothing else', () => {
    const spam = telling(1, { marks: ['spam'] }, 9);
    const order = telling(2, { marks: ['instruction'] }, 9);
    expect(idsOf([spam, order, telling(0)])).toEqual(['0']);
    expect(idsOf([spam, order])).toEqual(['1']);
  });
});
