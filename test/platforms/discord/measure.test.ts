import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { show } from '../../../lib/platforms/discord/markdown.ts';
import { contentOf, measure } from '../../../lib/platforms/discord/measure.ts';
import { escapeMarkup } from '../../../lib/platforms/markup.ts';
import { shownOf } from './markdown.ts';

describe('the Markdown of Discord', () => {
  it.each([
    ['**bold** _it_ ~~gone~~ `co*de`', '**bold** *it* ~~gone~~ `co*de`'],
    ['[the page](https://example.com/a_(b))', '[the page](https://example.com/a_%28b%29)'],
    ['[https://a.example/](https://a.example/)', 'https://a.example/'],
    [
      '[https://bank.example/](https://evil.example/)',
      'https://bank.example/ (https://evil.example/)',
    ],
    ['[write](mailto:desk@a.example)', 'write (desk@a.example)'],
    [
      'snake_case and 2 * 3, https://a.example/x_y_z*',
      'snake_case and 2 \\* 3, https://a.example/x_y_z*',
    ],
    ['_ __init__', '\\_ \\_\\_init\\_\\_'],
    ['||hidden|| a | b', '\\|\\|hidden\\|\\| a | b'],
    ['<@123> <#4> <:pepe:5> <t:1> 1 < 2', '\\<@123> \\<#4> \\<:pepe:5> \\<t:1> 1 < 2'],
    [
      '# Title\n- item\n> quote\n1. one\n-# small',
      '\\# Title\n\\- item\n\\> quote\n1\\. one\n\\-# small',
    ],
    ['#tag -5 >x 1.5', '#tag -5 >x 1.5'],
    ['\\[no](https://a.example/)', '\\[no](https://a.example/)'],
    ['``a`b``', '``a`b``'],
  ])('%s', (text, content) => {
    expect(contentOf(text)).toBe(content);
  });

  it("shows what it was meant to show, by Discord's own reading", () => {
    const signs = Array.from('ab1 *_~`|\\[]()<>#@:.-\né😀');
    const runs = ['**', '~~', '](https://a.example/x_y)', 'https://b.example/c_d'];
    const sign = fc.constantFrom(...signs, ...runs);
    const text = fc.array(sign, { maxLength: 40 }).map((all) => all.join(''));
    fc.assert(
      fc.property(text, (plain) => {
        // There nothing can be escaped without breaking the address.
        fc.pre(!/https?:\/\/[^\s<]+</.test(plain));
        expect(shownOf(contentOf(escapeMarkup(plain)))).toBe(plain.trim());
      }),
      { numRuns: 5000 },
    );
  });

  it('shows marked texts as their words', () => {
    const word = fc.constantFrom('one', 'a_b', '2*3', '<@5>', 'Zoë', '😀');
    const marked = fc
      .tuple(fc.constantFrom('**', '_', '~~', ''), word)
      .map(([mark, plain]) => ({ text: `${mark}${escapeMarkup(plain)}${mark}`, plain }));
    fc.assert(
      fc.property(fc.array(marked, { minLength: 1, maxLength: 6 }), (words) => {
        const text = words.map((each) => each.text).join(' ');
        const plain = words.map((each) => each.plain).join(' ');
        expect(show(text)).toBe(plain);
        expect(shownOf(contentOf(text))).toBe(plain);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('the length of a message', () => {
  it('is that of what is sent, in code points', () => {
    expect(measure('**b** 😀').length).toBe(7);
    expect(measure('2 * 3').length).toBe(6);
    expect(measure('[a](https://a.example/)').length).toBe(23);
    expect(measure('😀'.repeat(2000)).fits).toBe(true);
    expect(measure('😀'.repeat(2001)).fits).toBe(false);
  });
});
