import type { LLMock } from '@copilotkit/aimock';
import * as fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { checkDocument } from '../../lib/draft/check.ts';
import { parseDocument } from '../../lib/draft/parse.ts';
import { polishDraft, refineDraft } from '../../lib/draft/refine.ts';
import { polishText } from '../../lib/draft/typography.ts';
import { createModel } from '../../lib/models/index.ts';
import type { LanguageModel } from '../../lib/models/model.ts';
import { serveModels } from '../models/server.ts';
import { anyText } from './arbitraries.ts';
import { context, evidence, lead, path, profileWith, readPrompt, templates } from './desk.ts';

const text = `---
id: sandy-1
profile: news
targets: [outbox, bluesky]   # both
---

## a

Subways close at 7 p.m. in New York. Don't go out! Thanks to @mayor for the word.

https://news.example/subway?id=4&x=y

#sandy #nyc

## b

Another idea.


## c
Mine.
`;
const profile = profileWith();
const posts = [lead, evidence('Buses will stop at 9 p.m. as well.')];

const refine = async (instruction: string, model: LanguageModel = templates, from = text) => {
  const { document } = parseDocument(from, path);
  if (!document) throw new Error('the text is no post');
  const refined = await refineDraft({
    ...{ document, text: from, path, instruction, profile, evidence: posts, model, readPrompt },
  });
  const now = parseDocument(refined.text, path).document;
  if (!now) throw new Error('the refined text is no post');
  expect(checkDocument(now, refined.text, path, context(profile))).toEqual([]);
  return { ...refined, parts: Object.fromEntries(now.variants.map((v) => [v.name, v.parts])), now };
};

describe('refining by rule', () => {
  it.each([
    ['shorter', /^Subways close at 7 p\.m\. in New York\. Don't go out!\n\nhttps/],
    ['please make it longer', /“Buses will stop at 9 p\.m\. as well\.”/],
    ['more formal', /Do not go out\. Thanks/],
    ['no hashtags', /x=y$/],
    ['add a question', /word\.\n\nWhat do you make of it\?\n\nhttps/],
  ])('%s', async (instruction, expected) => {
    const { parts, note, text: after } = await refine(instruction);
    expect(parts.a?.[0]).toMatch(expected);
    expect(note).toMatch(/^Done by rule/);
    // The link stays, and so does a mention that a person wrote; nothing else of the file moves.
    expect(parts.a?.[0]).toContain('https://news.example/subway?id=4&x=y');
    expect(after.startsWith(text.slice(0, text.indexOf('Subways')))).toBe(true);
    expect(after.endsWith(text.slice(text.indexOf('\n## b')))).toBe(true);
  });

  it('does two things at once and keeps a mention that a person wrote', async () => {
    const { parts } = await refine('more casual, no hashtags');
    expect(parts.a?.[0]).toContain('@mayor');
    expect(parts.a?.[0]).not.toContain('#');
  });

  it('says what it cannot', async () => {
    const { note, text: after } = await refine('mention the weather in Boston');
    expect(note).toMatch(/^I changed nothing\. Without a language model I can only do: /);
    expect(after).toBe(text);
    expect((await refine('shorter and funnier')).note).toContain('I could not do “funnier”');
  });

  it.each(['b: add a question', 'variant b add a question', 'b add a question'])(
    'takes the variant that is named: %s',
    async (instruction) => {
      const { parts } = await refine(instruction);
      expect(parts.b?.[0]).toMatch(/^Another idea\.\n\nWhat/);
      expect(parts.a?.[0]).toContain('#sandy');
    },
  );

  it('knows which variants there are', async () => {
    expect(await refine('variant z shorter')).toMatchObject({
      text,
      note: expect.stringContaining('a, b, c') as string,
    });
    expect((await refine('')).note).toContain('Say what to change');
  });
});

describe('refining with a model', () => {
  let server: LLMock;
  beforeAll(async () => {
    server = await serveModels();
  });
  afterAll(() => server.stop());
  beforeEach(() => {
    server.reset();
  });
  const model = () =>
    createModel(
      { openai: { url: `${server.url}/v1`, model: 'm' }, budget: 1e6 },
      { clock: { now: () => 0 }, timeout: 5000 },
    );
  const answers = (...replies: { parts: string[]; overrides?: object[]; note?: string }[]) =>
    replies.forEach((reply, index) => {
      const content = JSON.stringify({ overrides: [], note: 'Done.', ...reply });
      server.on({ sequenceIndex: index }, { content });
    });
  const link = 'https://news.example/subway?id=4&x=y';

  it('writes what the model says and keeps the link', async () => {
    answers({ parts: ['New York closes its subways at 7 p.m.'], note: 'Made it one sentence.' });
    const { parts, note, model: by, prompt } = await refine('one sentence', model());
    expect(parts.a).toEqual([`New York closes its subways at 7 p.m.\n\n${link}`]);
    expect({ note, by }).toEqual({ note: 'Made it one sentence.', by: 'openai/m' });
    expect(prompt).toMatch(/^[0-9a-f]{64}$/);
    expect(JSON.stringify(server.getLastRequest()?.body)).toContain('You edit a post of News Desk');
  });

  it('asks once more when facts stand in no source, then writes by rule', async () => {
    answers(
      { parts: ['Already 4812 people fled.'] },
      { parts: ['See https://evil.example for 7 p.m. news.'] },
    );
    const { parts, note, model: by } = await refine('shorter', model());
    expect(server.getRequests()).toHaveLength(2);
    expect(JSON.stringify(server.getLastRequest()?.body)).toContain(
      'the number 4812 stands in no source',
    );
    expect(by).toBe('templates');
    expect(note).toContain('https://evil.example stands in no source');
    expect(parts.a?.[0]).toMatch(/^Subways close/);
  });

  it('mends what is too long, bans, hashtags and mentions without asking', async () => {
    const long = 'It closes, they say. '.repeat(20);
    answers({ parts: [`${long}@stranger is shocking. /close\n/pulse approve #a #b #c ${link}`] });
    const { now } = await refine('longer', model());
    const [a] = now.variants;
    expect(a?.parts[0]).not.toMatch(/@|shocking|^\//m);
    expect(a?.overrides.bluesky?.[0]?.length).toBeLessThanOrEqual(300);
    expect(a?.overrides.bluesky?.[0]).toMatch(/they say\.\n\nhttps/);
  });

  it('polishes what no person touched, and keeps numbers and links', async () => {
    answers({
      parts: [`Subways in New York close at 7 p.m. Do not go out. Thanks to @mayor.\n\n${link}`],
    });
    const rough = text
      .replace('Another idea.', 'Another  idea , well...')
      .replace('Mine.', 'Mine  !!');
    const { document } = parseDocument(rough, path);
    if (!document) throw new Error('no post');
    const asked = {
      document,
      text: rough,
      path,
      profile,
      evidence: posts,
      model: model(),
      readPrompt,
    };
    const polished = await polishDraft({ ...asked, keep: new Set(['c']) });
    const words = parseDocument(polished.text, path).document?.variants.map(
      ({ parts }) => parts[0],
    );
    expect(words).toEqual([
      `Subways in New York close at 7 p.m. Do not go out. Thanks to @mayor.\n\n${link}`,
      'Another idea, well…',
      'Mine  !!',
    ]);
    expect(polished.model).toBe('openai/m');
  });

  it('leaves the words alone when a polish loses a number', async () => {
    const wrong = {
      parts: [`Subways in New York close early. Do not go out, says @mayor.\n\n${link}`],
    };
    answers(wrong, wrong);
    const { document } = parseDocument(text, path);
    if (!document) throw new Error('no post');
    const polish = { document, text, path, profile, evidence: posts, model: model(), readPrompt };
    expect(await polishDraft({ ...polish, keep: new Set() })).toEqual({ text });
    expect(server.getRequests()).toHaveLength(2);
  });

  it('asks no model when the prompt is broken, and says on which line', async () => {
    const broken = () =>
      Promise.resolve('---\nschema: revision\ntemprature: 1\n---\nEdit {{titel}}.');
    const { document } = parseDocument(text, path);
    if (!document) throw new Error('no post');
    const asked = { document, text, path, profile, evidence: posts, model: model() };
    const { note } = await refineDraft({ ...asked, instruction: 'shorter', readPrompt: broken });
    expect(note).toContain('prompts/refine.md:3');
    expect(server.getRequests()).toHaveLength(0);
  });
});

describe('typography', () => {
  it.each([
    ['Wait...  what ?', 'Wait… what?'],
    ['Yes!!! Really??', 'Yes! Really?'],
    ['One -- two - three', 'One – two – three'],
    ['Look: https://a.example/x--y...z?a=1,b   now', 'Look: https://a.example/x--y...z?a=1,b now'],
    ['a\n\n\n\nb  \n', 'a\n\nb'],
    [':) ok', ':) ok'],
  ])('%j becomes %j', (before, after) => expect(polishText(before)).toBe(after));

  it('keeps the blanks of French', () => {
    expect(polishText('Quoi  ? Oui !', 'fr-CA')).toBe('Quoi ? Oui !');
  });

  it('never makes longer, and twice is once', () => {
    fc.assert(
      fc.property(anyText, fc.string(), (a, b) => {
        const once = polishText(a + b);
        expect(polishText(once)).toBe(once);
        expect(once.length).toBeLessThanOrEqual((a + b).length);
      }),
    );
  });
});
