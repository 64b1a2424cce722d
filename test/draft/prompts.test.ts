import { describe, expect, it } from 'vitest';
import { fillPrompt, parsePrompt, promptNames } from '../../lib/draft/prompts.ts';
import { readPrompt } from './desk.ts';

const values = {
  title: 'News',
  description: 'd',
  voice: '{{title}}',
  language: 'en',
  targets: 'outbox: 9',
  hashtags: '2',
  banned: 'none',
};

describe('prompts', () => {
  it.each(promptNames)('%s comes with the product and is right', async (name) => {
    const file = `prompts/${name}.md`;
    const { prompt, problems } = parsePrompt(await readPrompt(file), file);
    expect(problems).toEqual([]);
    expect(prompt!.hash).toMatch(/^[0-9a-f]{64}$/);
    expect(fillPrompt(prompt!, { ...values, voice: 'Calm.' })).not.toContain('{{');
  });

  it('are filled once: a value that looks like a placeholder stays as it is', () => {
    const { prompt } = parsePrompt(
      '---\nschema: revision\n---\n{{ voice }} of {{title}}',
      'prompts/refine.md',
    );
    expect(fillPrompt(prompt!, values)).toBe('{{title}} of News');
  });

  it('are told everything that is wrong, each on its line', () => {
    const text =
      '---\nschema: proposl\ntemperature: 3\nmodel: gpt\nmodle: x\n---\nWrite {{titel}}\nfor {{ targets }} and {{x}}.';
    expect(
      parsePrompt(text, 'prompts/propose.md').problems.map(({ line, message }) => [line, message]),
    ).toEqual([
      [2, 'schema is "proposl"'],
      [3, 'temperature is 3'],
      [4, 'model is "gpt"'],
      [5, '"modle" is no setting'],
      [7, '{{titel}} names nothing'],
      [8, '{{x}} names nothing'],
    ]);
  });

  it.each([
    ['Write.', 'prompts/propose.md', /no front matter/],
    ['---\nschema: revision\n---\nWrite.', 'prompts/propose.md', /schema is "revision"/],
    [
      '---\nschema: revision\n---\nWrite.',
      'prompts/polihs.md',
      /nothing asks for a prompt "polihs"/,
    ],
    ['---\nschema: revision\n---\n \n', 'prompts/polish.md', /the prompt is empty/],
  ])('%j in %s is refused', (text, file, message) => {
    const { prompt, problems } = parsePrompt(text, file);
    expect(prompt).toBeUndefined();
    expect(problems[0]?.message).toMatch(message);
  });
});
