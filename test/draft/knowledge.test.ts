import { describe, expect, it } from 'vitest';
import { knowledgeFor, loadKnowledge } from '../../lib/draft/knowledge.ts';
import { bundledEmbedder } from '../../lib/models/embeddings.ts';

it('reads what is for all and for the profile', async () => {
  const files: Record<string, string> = {
    'content/knowledge/README.md': 'no',
    'content/knowledge/style.md': ' We say storm. ',
    'content/knowledge/empty.md': ' ',
    'content/knowledge/image.png': 'no',
    'content/knowledge/crypto/coins.txt': 'BTC',
    'content/knowledge/news/people.md': 'no',
    'content/knowledge/crypto/deep/er.md': 'no',
  };
  const read = (path: string) => Promise.resolve(files[path]);
  const list = () => Promise.resolve(Object.keys(files));
  expect(await loadKnowledge('crypto', read, list)).toEqual([
    { path: 'content/knowledge/crypto/coins.txt', text: 'BTC' },
    { path: 'content/knowledge/style.md', text: 'We say storm.' },
  ]);
});

const storms = `# Storms

## Names

Names come from lists that the weather service keeps.

## Subways

New York pumps its subways dry within days of a hurricane.

## Bread

Flour, water and salt.`;
const files = [
  { path: 'k/bread.md', text: 'Rye rises slowly.' },
  { path: 'k/storms.md', text: storms },
  { path: 'k/style.md', text: 'Never shout.' },
];

describe('what is drawn on', () => {
  const trend = { name: 'Hurricane Sandy', terms: ['sandy', 'hurricane', 'subway'] };

  it('is how to write, and the passages that say words of the trend, each below its headings', async () => {
    expect(await knowledgeFor(trend, files)).toEqual({
      'k/style.md': 'Never shout.',
      'k/storms.md':
        '# Storms > Subways\n\nNew York pumps its subways dry within days of a hurricane.',
    });
  });

  it('is also what means the same in other words', async () => {
    const rates = { name: 'Fed cuts rates', terms: ['fed', 'rates'] };
    const bank = [
      { path: 'k/bank.md', text: 'The Federal Reserve lowers interest to spur lending.' },
      ...files,
    ];
    expect(Object.keys(await knowledgeFor(rates, bank))).toEqual(['k/style.md']);
    expect(Object.keys(await knowledgeFor(rates, bank, await bundledEmbedder()))).toEqual([
      'k/style.md',
      'k/bank.md',
    ]);
  });

  it('is the best that fits, whichever file it stands in', async () => {
    const filler = Array.from({ length: 80 }, (_, n) => {
      return `## Part ${n}\n\nThe hurricane. ${'Wind and rain fell on the coast. '.repeat(17)}`;
    });
    const best = 'Hurricane Sandy closed the subway.';
    const many = [
      { path: 'k/a.md', text: filler.join('\n\n') },
      { path: 'k/z.md', text: best },
    ];
    const drawn = await knowledgeFor(trend, many);
    expect(Object.keys(drawn)).toEqual(['k/z.md', 'k/a.md']);
    const length = Object.values(drawn).join('').length;
    expect(length).toBeGreaterThan(22_000);
    expect(length).toBeLessThanOrEqual(24_000);
    expect(await knowledgeFor(trend, many)).toEqual(drawn);
  });

  it('is nothing for a trend of which nothing is known', async () => {
    expect(await knowledgeFor({ name: '🙂', terms: [] }, files.slice(0, 2))).toEqual({});
    expect(await knowledgeFor(trend, [])).toEqual({});
  });
});
