import { expect, it } from 'vitest';
import { loadKnowledge } from '../../lib/draft/knowledge.ts';

it('reads what is for all and for the profile, as far as it fits', async () => {
  const files: Record<string, string> = {
    'content/knowledge/README.md': 'no',
    'content/knowledge/style.md': ' We say storm. ',
    'content/knowledge/big.md': 'x'.repeat(30_000),
    'content/knowledge/empty.md': ' ',
    'content/knowledge/image.png': 'no',
    'content/knowledge/crypto/coins.txt': 'BTC',
    'content/knowledge/news/people.md': 'no',
    'content/knowledge/crypto/deep/er.md': 'no',
  };
  const read = (path: string) => Promise.resolve(files[path]);
  const list = () => Promise.resolve(Object.keys(files));
  expect(await loadKnowledge('crypto', read, list)).toEqual({
    'content/knowledge/crypto/coins.txt': 'BTC',
    'content/knowledge/style.md': 'We say storm.',
  });
});
