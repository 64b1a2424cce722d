import fc from 'fast-check';
import { expect, it } from 'vitest';
import { joinPassages, passagesOf } from '../../lib/draft/passages.ts';

it('parts a file at its headings, keeps lists and code whole, and names headings once', () => {
  const text = [
    'Before all.',
    '# Fees',
    'What they cost.\n\n- low\n- high',
    '### Deep\n\n```\na\n\n# no heading\n```',
    'Rent\n----\n\nMonthly.',
  ].join('\n\n');
  const passages = passagesOf('a.md', text);
  expect(passages).toEqual([
    { path: 'a.md', heading: '', text: 'Before all.' },
    { path: 'a.md', heading: 'Fees', text: 'What they cost.\n\n- low\n- high' },
    { path: 'a.md', heading: 'Fees > Deep', text: '```\na\n\n# no heading\n```' },
    { path: 'a.md', heading: 'Fees > Rent', text: 'Monthly.' },
  ]);
  expect(joinPassages(passages.slice(1, 2))).toBe('# Fees\n\nWhat they cost.\n\n- low\n- high');
  const long = passagesOf('b.md', `# Long\n\n${'It rained again today. '.repeat(60)}`);
  expect(long.length).toBe(3);
  expect(joinPassages(long).match(/# Long/g)).toHaveLength(1);
  expect(long.every(({ text: part }) => part.endsWith('today.'))).toBe(true);
});

it('loses no word of plain text, and no passage is too long', () => {
  const word = fc.stringMatching(/^[a-zäß東]{1,12}$/);
  const paragraph = fc.array(word, { minLength: 1, maxLength: 200 });
  fc.assert(
    fc.property(fc.array(paragraph, { maxLength: 8 }), (paragraphs) => {
      const text = paragraphs.map((words) => words.join(' ')).join('\n\n');
      const passages = passagesOf('a.txt', text);
      expect(passages.every((each) => each.text.length <= 600 && each.text !== '')).toBe(true);
      const words = passages.flatMap((each) => each.text.split(/\s+/));
      expect(words).toEqual(text.split(/\s+/).filter(Boolean));
    }),
    { numRuns: 50 },
  );
});

it('takes whatever is written', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 2000 }), (text) => {
      for (const each of passagesOf('a.md', text)) expect(each.text.length).toBeLessThan(700);
    }),
  );
});
