import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { prose, safeAddress } from '../../sandbox/pages/view/markdown.ts';

const place = { projectPath: 'desk/social' };
const render = async (text: string) => String(await prose(text, place));

describe('Markdown', () => {
  it('shows tables, folded parts, references and emoji as GitLab does', async () => {
    const text = [
      '<!-- pulse:card x -->',
      'See #3, !4 and @rosa :eyes: &amp; `#5`',
      '',
      '| a |',
      '|---|',
      '| 1<br>2 |',
      '',
      '<details><summary>Why *this*</summary>',
      '',
      '- [x] done',
      '',
      '</details>',
    ].join('\n');
    const html = await render(text);
    expect(html).not.toContain('pulse:card');
    expect(html).toContain('<a href="/desk/social/-/work_items/3">#3</a>');
    expect(html).toContain('<a href="/desk/social/-/merge_requests/4">!4</a>');
    expect(html).toContain('<strong class="mention">@rosa</strong> 👀');
    expect(html).toContain('<code>#5</code>');
    expect(html).toMatch(/<td>1\s*<br>\s*2<\/td>/);
    expect(html).toMatch(/<details>\s*<summary>Why <em>this<\/em><\/summary>\s*<ul>/);
    expect(html).toContain('☑ done');
  });

  it('leaves a folded part that is not closed as text, and folds one in another', async () => {
    expect(await render('<details>\n<summary>a</summary>\nb')).not.toContain('<details>');
    const nested = '<details>\n<summary>a</summary>\n\n<details>\n\nb\n\n</details>\n\n</details>';
    expect((await render(nested)).match(/<\/?details>/g)).toHaveLength(4);
  });

  it('leads nowhere but to the web and to pages of ours', () => {
    const address = (text: string) => safeAddress(text, place);
    expect(address('javascript:alert(1)')).toBeUndefined();
    expect(address(' JavaScript:alert(1)')).toBeUndefined();
    expect(address('data:text/html,x')).toBeUndefined();
    expect(address('//evil.example')).toBeUndefined();
    expect(address('/\\evil.example')).toBeUndefined();
    expect(address('https://example.org/a')).toBe('https://example.org/a');
    expect(address('/outbox#a')).toBe('/outbox#a');
    expect(address('http://127.0.0.1:4000/desk/social/-/work_items/1#note_2')).toBe(
      '/desk/social/-/work_items/1#note_2',
    );
    expect(address('http://127.0.0.1:4000/other/thing')).toBe('http://127.0.0.1:4000/other/thing');
  });

  it('loads no picture of others', async () => {
    expect(await render('![a](https://evil.example/pixel.png)')).not.toContain('<img');
    expect(await render('![a](content/media/a.png)')).toContain('<img src="content/media/a.png"');
  });

  it('lets no tag, attribute or address of a text through, whatever the text', async () => {
    const bits = fc.constantFrom(
      '<script>alert(1)</script>',
      '<img src=x onerror=alert(1)>',
      '<details open onclick=x>',
      '<details>',
      '<details><summary>',
      '</summary>',
      '</details>',
      '<!--',
      '-->',
      '[a](javascript:x)',
      '![a](javascript:x)',
      '<javascript:x>',
      '"><b>',
      "' onx='",
      '`',
      '\n',
      '\n\n',
      '> ',
      '- [x] ',
      '| a |\n|---|\n',
      '#1',
      ':eyes:',
      '@a"b',
      '&lt;',
      '\\',
      '<br>',
    );
    const texts = fc.array(fc.oneof(bits, fc.string()), { maxLength: 12 });
    const known =
      /^<(?:\/?(?:p|h[1-6]|ul|li|blockquote|pre|em|strong|code|s|summary|details|table|thead|tbody|tr|th|td|div)|br|hr|details open=""|ol(?: start="\d+")?|\/ol|div class="table" tabindex="0"|code class="[^"<>]*"|t[hd] style="text-align:(?:left|right|center)"|strong class="mention"|a href="(?:https?:\/\/|mailto:|[/#\w.])[^"<>]*"(?: title="[^"<>]*")?(?: rel="nofollow noopener noreferrer")?(?: title="[^"<>]*")?|\/a|img src="[^"<>]*" alt="[^"<>]*" loading="lazy")>$/;
    await fc.assert(
      fc.asyncProperty(texts, async (parts) => {
        const html = await render(parts.join(''));
        const tags = html.match(/<[^>]*>?/g) ?? [];
        expect(tags.filter((tag) => !known.test(tag))).toEqual([]);
        expect(html).not.toMatch(/href="\s*(?:javascript|data|vbscript):/i);
        expect(html.match(/<details/g)?.length).toBe(html.match(/<\/details>/g)?.length);
      }),
      { numRuns: 500 },
    );
  });
});
