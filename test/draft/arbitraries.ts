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

/** Any document the format can hold. */
export const anyDocument: fc.Arbitrary<PostDocument> = fc.record(
  {
    id: fc.stringMatching(/^[a-z0-9]{1,6}(-[a-z0-9]{1,4}){0,2}$/),
    profile: anyName,
    targets: fc.array(anyName, { maxLength: 3 }),
    use: anyName,
    schedule: fc.constantFrom('2026-11-22T09:00:00+01:00', '2026-02-28T23:59Z'),
    language: fc.constantFrom('en', 'pt-BR'),
    media: fc.array(
      fc.record({
        file: fc.string({ minLength: 1 }),
        alt: fc.string({ unit: 'binary' }),
        part: fc.nat(5),
      }),
      { maxLength: 2 },
    ),
    variants: anyVariants,
  },
  { requiredKeys: ['id', 'profile', 'targets', 'media', 'variants'], noNullPrototype: true },
);
