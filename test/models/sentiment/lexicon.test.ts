import { describe, expect, it } from 'vitest';
import { balanceOf, lexiconOf, loadLexicon, read } from '../../../lib/models/sentiment/lexicon.ts';
import { tokensOf } from '../../../lib/models/sentiment/tokens.ts';

const small = lexiconOf([
  ['good', 0.5],
  ['rug', 0.1],
  ['rug pull', -1],
]);
const reading = (text: string, lexicon = small) => read(tokensOf(text), lexicon);

describe('read', () => {
  it('takes the longest phrase and counts each once', () => {
    expect(reading('a rug pull and a rug')).toMatchObject({
      positive: 0.1,
      negative: -1,
      found: 2,
    });
  });

  it('turns what is negated and strengthens what is stressed', () => {
    expect(reading('not good').negative).toBeLessThan(0);
    const plain = reading('good').positive;
    expect(reading('very good').positive).toBeGreaterThan(plain);
    expect(reading('GOOD').positive).toBeGreaterThan(plain);
    expect(reading('somewhat good').positive).toBeLessThan(plain);
  });

  it.each([':)', '(-:', ':D', '<3', '^_^', ';-)', ':*', '=)'])('%s is a good face', (face) => {
    expect(balanceOf(reading(face))).toBeGreaterThan(0);
  });

  it.each([':(', ')-:', ':/', '</3', "D':", ':-[', '>:('])('%s is a bad face', (face) => {
    expect(balanceOf(reading(face))).toBeLessThan(0);
  });

  it('knows emoji and lets words of a domain win', async () => {
    const general = await loadLexicon();
    const domain = await loadLexicon([['risk', 0.4]]);
    expect(balanceOf(reading('😡', general))).toBeLessThan(0);
    expect(balanceOf(reading('😍👍', general))).toBeGreaterThan(0.5);
    expect(balanceOf(reading('risk', general))).toBeLessThan(0);
    expect(balanceOf(reading('risk', domain))).toBeGreaterThan(0);
  });
});
