import { describe, expect, it } from 'vitest';
import { facetsOf } from '../../../lib/platforms/bluesky/facets.ts';
import { parseMarkup } from '../../../lib/platforms/markup.ts';

const known: Record<string, string> = { 'alice.test': 'did:plc:alice' };
const resolve = (handle: string) => Promise.resolve(known[handle]);

/** What each facet covers, cut out of the text's bytes, and what it says. */
async function marked(text: string) {
  const bytes = Buffer.from(text);
  return (await facetsOf(parseMarkup(text), resolve)).map(({ index, features: [feature] }) => {
    const { $type = '', ...rest } = feature as Record<string, unknown>;
    const what = String($type).split('#')[1];
    return [
      bytes.subarray(index.byteStart, index.byteEnd).toString(),
      what,
      Object.values(rest)[0],
    ];
  });
}

describe('what in a text is more than text', () => {
  it('is found by its bytes, whatever stands before it', async () => {
    expect(await marked('Grüße 👨‍👩‍👧 @alice.test: #Börse https://example.com/ä?x=1#y.')).toEqual([
      ['@alice.test', 'mention', 'did:plc:alice'],
      ['#Börse', 'tag', 'Börse'],
      ['https://example.com/ä?x=1#y', 'link', 'https://example.com/ä?x=1#y'],
    ]);
  });

  it('leaves a mention of nobody as it is', async () => {
    expect(await marked('Ask @nobody.test or @alice.test')).toEqual([
      ['@alice.test', 'mention', 'did:plc:alice'],
    ]);
  });

  it('links an address without a scheme, and leaves brackets and full stops out', async () => {
    expect(await marked('(see example.com/a).')).toEqual([
      ['example.com/a', 'link', 'https://example.com/a'],
    ]);
  });

  it('finds nothing in plain words, numbers and bare signs', async () => {
    expect(await marked('1.5 # 7 @ noon, a#b, e@mail')).toEqual([]);
  });

  it('fails when a handle cannot be asked for, instead of losing the mention', async () => {
    const broken = () => Promise.reject(new Error('no answer'));
    await expect(facetsOf(parseMarkup('@alice.test'), broken)).rejects.toThrow('no answer');
  });
});
