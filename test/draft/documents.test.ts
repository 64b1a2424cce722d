import { describe, expect, it } from 'vitest';
import { parseDocument } from '../../lib/draft/parse.ts';
import { placeholders } from '../../lib/draft/prompts.ts';
import { renderDocument } from '../../lib/draft/render.ts';
import { parseProfile } from '../../lib/store/profiles.ts';
import { profileSchema } from '../../lib/store/profile.ts';
import { path, readPrompt as readFile } from './desk.ts';

const block = (page: string, language: string) =>
  new RegExp(`\\n\u0060\u0060\u0060${language}\\n([^]*?)\u0060\u0060\u0060`).exec(page)?.[1] ?? '';

describe('the guides', () => {
  it('show a post that is one', async () => {
    const { document, problems } = parseDocument(
      block(await readFile('docs/writing-posts.md'), 'markdown'),
      path,
    );
    expect(problems).toEqual([]);
    expect(document?.variants).toEqual([
      {
        name: 'a',
        parts: ['The first part.', 'The second part of the thread.'],
        overrides: { bluesky: ['Shorter words for this target.'] },
      },
      { name: 'b', parts: ['Another idea.'], overrides: {} },
    ]);
    expect(document?.media[0]?.part).toBe(1);
    expect(parseDocument(renderDocument(document!), path).document).toEqual(document);
  });

  it('show a profile that is one, and name every setting there is', async () => {
    const page = await readFile('docs/profiles.md');
    expect(
      parseProfile(block(page, 'yaml'), 'profiles/news.yaml', { outbox: {} }).problems,
    ).toEqual([]);
    for (const name of Object.keys(profileSchema.shape))
      expect(page).toMatch(new RegExp(`\\b${name}\\b`));
  });

  it('name everything that a prompt may', async () => {
    const page = await readFile('docs/writing-posts.md');
    for (const name of placeholders) expect(page).toContain(`{{${name}}}`);
  });
});

describe('texts that are all of one kind', () => {
  it.each([
    ['blanks', ' '],
    ['line ends', '\n'],
    ['backslashes', '\\'],
    ['marks', '#'],
    ['rules', '---\n'],
    ['headings', '## a\n'],
    ['brackets', '['],
  ])('%s: a hundred thousand are read in no time', (_what, piece) => {
    const many = piece.repeat(100_000);
    const started = performance.now();
    parseDocument(many, path);
    parseDocument(`---\nid: a\n---\n## a${many}b\n${many}`, path);
    expect(performance.now() - started).toBeLessThan(5000);
  });
});
