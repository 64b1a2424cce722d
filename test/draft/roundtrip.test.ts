import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { replaceVariant, setSchedule, setUse } from '../../lib/draft/edit.ts';
import { escapePart, unescapePart } from '../../lib/draft/escape.ts';
import { layOut } from '../../lib/draft/layout.ts';
import { parseDocument } from '../../lib/draft/parse.ts';
import { renderDocument } from '../../lib/draft/render.ts';
import { revisionOf } from '../../lib/draft/revision.ts';
import { anyDocument, anyName, anyText } from './arbitraries.ts';

const file = 'content/posts/2026/11/a.md';

describe('a document survives its file', () => {
  it('whatever its texts hold', () => {
    fc.assert(
      fc.property(anyDocument, (document) => {
        const read = parseDocument(renderDocument(document), file);
        expect(read.problems).toEqual([]);
        expect(read.document).toEqual(document);
      }),
      { numRuns: 400 },
    );
  });

  it('with the line ends of Windows, a byte order mark, no last line end', () => {
    fc.assert(
      fc.property(anyDocument, (document) => {
        const text = renderDocument(document);
        const windows = `\uFEFF${text.replaceAll('\n', '\r\n').replace(/\r\n$/, '')}`;
        const read = parseDocument(windows, file);
        // A blank at the very end of the file was the end of a text; anything else is the same.
        expect(read.problems).toEqual([]);
        expect(read.document).toEqual(document);
      }),
    );
  });

  it('part by part, through lines that mean nothing', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const lines = escapePart(text);
        expect(unescapePart(lines)).toBe(text);
        const laid = layOut(['---', '---', '## a', ...lines].join('\n'));
        expect(laid.variants).toHaveLength(1);
        expect(laid.variants[0]?.parts).toHaveLength(1);
        expect(laid.variants[0]?.overrides).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });

  it('reads \\r\\n and \\r within a text as \\n', () => {
    expect(unescapePart(escapePart('a\r\nb\rc'))).toBe('a\nb\nc');
  });

  it('never throws on any text, and says what is wrong when it gives no document', () => {
    fc.assert(
      fc.property(fc.oneof(anyText, fc.string({ unit: 'binary' })), fc.boolean(), (text, front) => {
        const whole = front ? `---\n${text}\n---\n${text}` : text;
        const { document, problems } = parseDocument(whole, file);
        expect(document === undefined).toBe(problems.length > 0);
        for (const { line } of problems) {
          expect(line).toBeGreaterThanOrEqual(1);
          expect(line).toBeLessThanOrEqual(whole.split('\n').length);
        }
      }),
      { numRuns: 300 },
    );
  });
});

/** A file as a person leaves it: other line ends, comments, blank lines, blanks at line ends. */
const roughly = (text: string, windows: boolean) => {
  const rough = text
    .replace(/^---\n/, '---\n# mine\n')
    .replaceAll(/\n## (\S+)\n/g, '\n\n## $1  \n');
  return windows ? rough.replaceAll('\n', '\r\n') : rough;
};

describe('an edit changes what it is about', () => {
  it('replaces one variant and leaves every other line byte for byte', () => {
    fc.assert(
      fc.property(
        anyDocument,
        fc.array(anyText, { minLength: 1, maxLength: 3 }),
        fc.option(fc.tuple(anyName, fc.array(anyText, { maxLength: 2 })), { nil: undefined }),
        fc.nat(),
        fc.boolean(),
        (document, parts, override, pick, windows) => {
          const text = roughly(renderDocument(document), windows);
          const variant = document.variants[pick % document.variants.length]!;
          const overrides = override ? { [override[0]]: override[1] } : {};
          const edited = replaceVariant(text, variant.name, { parts, overrides });
          const wanted = { ...variant.overrides, ...overrides };
          for (const [name, words] of Object.entries(overrides))
            if (words.length === 0) Reflect.deleteProperty(wanted, name);
          expect(parseDocument(edited, file).document).toEqual({
            ...document,
            variants: document.variants.map((each) =>
              each === variant ? { ...each, parts, overrides: wanted } : each,
            ),
          });
          const at = layOut(text);
          const section = at.variants.find(({ name }) => name === variant.name)!;
          const next = at.variants[at.variants.indexOf(section) + 1];
          expect(edited.startsWith(at.raw.slice(0, section.heading + 1).join(''))).toBe(true);
          if (next) expect(edited.endsWith(at.raw.slice(next.heading).join(''))).toBe(true);
        },
      ),
      { numRuns: 400 },
    );
  });

  it('writes nothing when the words are the same', () => {
    fc.assert(
      fc.property(anyDocument, fc.boolean(), (document, windows) => {
        const text = roughly(renderDocument(document), windows);
        for (const { name, parts, overrides } of document.variants)
          expect(replaceVariant(text, name, { parts, overrides })).toBe(text);
      }),
    );
  });

  it('keeps the rule and blanks between parts when one part changes', () => {
    const text = '---\nid: x\n---\n## a\none\n\n\n-----  \n\n\ntwo\n\n\n## b\nthree\n';
    expect(replaceVariant(text, 'a', { parts: ['one', '2'] })).toBe(text.replace('two', '2'));
  });

  it.each([
    ['use: a   # chosen', 'use: b   # chosen'],
    ['use: "a"', 'use: b'],
    ['use:', 'use: b'],
    ['use: # none yet', 'use: b # none yet'],
  ])('changes the line `%s` alone', (before, after) => {
    for (const end of ['\n', '\r\n']) {
      const make = (use: string) =>
        ['---', 'id: x  # keep', use, 'targets: [outbox]', '---', '', '## a', 't', ''].join(end);
      expect(setUse(make(before), 'b')).toBe(make(after));
    }
  });

  it('adds a setting at the end of the front matter and takes it away again', () => {
    const text = '---\r\nid: x\r\ntargets: [outbox]\r\n---\r\n\r\n## a\r\nt';
    const timed = setSchedule(text, '2026-11-22T09:00:00Z');
    expect(timed).toBe(
      text.replace('[outbox]\r\n', '[outbox]\r\nschedule: 2026-11-22T09:00:00Z\r\n'),
    );
    expect(setSchedule(timed, undefined)).toBe(text);
    expect(setSchedule(text, undefined)).toBe(text);
  });

  it('sets the variant of any document', () => {
    fc.assert(
      fc.property(anyDocument, anyName, fc.boolean(), (document, name, windows) => {
        const text = roughly(renderDocument(document), windows);
        const read = parseDocument(setUse(text, name), file).document;
        expect(read).toEqual({ ...document, use: name });
        expect(read && revisionOf(read, {}).variants).toEqual(revisionOf(document, {}).variants);
      }),
    );
  });
});
