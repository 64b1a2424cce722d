import * as fc from 'fast-check';
import type { PostDocument } from '../../lib/draft/document.ts';

/** Lines that mean something in a post's file, or nearly do, and lines that once broke parsers. */
const tricky = fc.constantFrom(
  '---',
  '----',
  '--- ',
  '-- -',
  '## a',
  '## x y',
  '### bluesky',
  '##',
  '###\t',
  '#### four',
  '#tag',
  '##tag',
  '\\',
  '\\\\',
  '\\---',
  '\\\\## a',
  '\\ ',
  '```',
  '```md',
  '   ## indented',
  '',
  ' ',
  '\t',
  'a\u2028## b',
  'a\u2029---',
  '\u0085',
  '\ufeff',
  '\u00a0',
  '👩‍👩‍👧‍👦 é 🇩🇪',
  '{{title}}',
  'key: value',
  '# comment',
);

const line = fc.oneof(
  { weight: 3, arbitrary: tricky },
  {
    weight: 2,
    arbitrary: fc.string({ unit: 'binary', maxLength: 12 }).map((s) => s.replace(/[\r\n]/g, '')),
  },
);

/** Any text a part may have; line ends are \n. */
export const anyText = fc.array(line, { maxLength: 6 }).map((lines) => lines.join('\n'));

export const anyName = fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,8}$/);

const anyParts = fc.array(anyText, { minLength: 1, maxLength: 3 });

const anyVariants = fc.uniqueArray(anyName, { minLength: 1, maxLength: 3 }).chain((names) =>
  fc.tuple(
    ...names.map((name) =>
      fc.record({
        name: fc.constant(name),
        parts: anyParts,
        overrides: fc.dictionary(anyName, anyParts, { maxKeys: 2, noNullPrototype: true }),
      }),
    ),
  ),
);

/** One line of text, as titles and options are. */
const anyLine = fc
  .oneof(fc.string({ unit: 'binary', minLength: 1, maxLength: 12 }), tricky, anyNumberLike())
  .map((text) => text.replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, ''))
  .filter((text) => /\S/.test(text));

/** What YAML would read as something else. */
function anyNumberLike() {
  return fc.constantFrom('1', '1.50', 'true', 'null', '~', '- a', '@x', '&a', '*b', '1:30', '0x1f');
}

const anyShare = fc.integer({ min: 0, max: 10_000 }).map((n) => n / 10_000);
const anyDuration = fc
  .tuple(fc.integer({ min: 1, max: 90 }), fc.constantFrom(1, 1000, 60_000, 3_600_000, 86_400_000))
  .map(([n, unit]) => n * unit);
const anyUrl = fc.constantFrom('https://example.org/a?b=c#d', 'http://xn--bcher-kva.example/ü');

const anyPoll = fc.record(
  {
    options: fc.array(anyLine, { minLength: 1, maxLength: 4 }),
    duration: anyDuration,
    multiple: fc.constant(true as const),
    part: fc.nat(3),
  },
  { requiredKeys: ['options', 'duration', 'part'], noNullPrototype: true },
);

const anyLink = fc.record(
  {
    url: anyUrl,
    title: anyLine,
    description: anyLine,
    image: fc.string({ minLength: 1 }),
    part: fc.nat(3),
  },
  { requiredKeys: ['url', 'part'], noNullPrototype: true },
);

const anyMedia = fc.record(
  {
    file: fc.string({ minLength: 1 }),
    alt: fc.string({ unit: 'binary' }),
    focus: fc.record({ x: anyShare, y: anyShare }, { noNullPrototype: true }),
    part: fc.nat(5),
  },
  { requiredKeys: ['file', 'alt', 'part'], noNullPrototype: true },
);

/** Any document the format can hold. */
export const anyDocument: fc.Arbitrary<PostDocument> = fc.record(
  {
    id: fc.stringMatching(/^[a-z0-9]{1,6}(-[a-z0-9]{1,4}){0,2}$/),
    profile: anyName,
    targets: fc.array(anyName, { maxLength: 3 }),
    use: anyName,
    schedule: fc.constantFrom('2026-11-22T09:00:00+01:00', '2026-02-28T23:59Z'),
    language: fc.constantFrom('en', 'pt-BR'),
    split: fc.constantFrom(true as const, 'numbered' as const),
    title: anyLine,
    reply: fc.oneof(
      anyLine,
      fc.dictionary(anyName, anyLine, { maxKeys: 2, noNullPrototype: true }),
    ),
    media: fc.array(anyMedia, { maxLength: 2 }),
    poll: anyPoll,
    link: anyLink,
    variants: anyVariants,
  },
  { requiredKeys: ['id', 'profile', 'targets', 'media', 'variants'], noNullPrototype: true },
);
