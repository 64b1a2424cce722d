import { expect, it } from 'vitest';
import { checkDocument } from '../../lib/draft/check.ts';
import { proposeDraft } from '../../lib/draft/propose.ts';
import { renderDocument } from '../../lib/draft/render.ts';
import { platforms } from '../../lib/platforms/index.ts';
import { context, matchWith, path, profileWith, readPrompt, templates } from './desk.ts';

const propose = async (profile = profileWith()) => {
  const { accounts: targets } = profile;
  const given = { match: matchWith(), profile, model: templates, now: 0, targets, platforms };
  return (await proposeDraft({ ...given, readPrompt })).document;
};

it('a proposed post has a title where a network demands one', async () => {
  const profile = profileWith({
    accounts: [
      { name: 'reddit', platform: 'reddit', subreddit: 'news' },
      { name: 'outbox', platform: 'outbox' },
    ],
  });
  const document = await propose(profile);
  expect(document.title).toMatch(/^\p{Lu}/u);
  expect(checkDocument(document, renderDocument(document), path, context(profile))).toEqual([]);
  expect((await propose()).title).toBeUndefined();
});
