import { postPath } from '../draft/paths.ts';
import { draftId, proposeDraft } from '../draft/propose.ts';
import { renderDocument } from '../draft/render.ts';
import { takesWordsAlone, usableTargets } from '../draft/targets.ts';
import { topicOf } from '../draft/topic.ts';
import { fail, isError } from '../errors.ts';
import type { Match } from '../match/match.ts';
import type { EmbeddingCache } from '../match/meaning.ts';
import { platformNamed, platforms } from '../platforms/index.ts';
import { bindingHash, plannedTime } from '../review/binding.ts';
import { wordsOfDomains } from '../store/domain-words.ts';
import { domainsOf } from '../store/domains.ts';
import type { Profile } from '../store/profile.ts';
import { newRecord } from '../store/record.ts';
import type { OriginTrend } from '../store/trend.ts';
import { valuesFor } from './accounts/credentials.ts';
import type { Desk } from './context.ts';
import { drawnOn } from './knowledge.ts';
import { describeDocument } from './read/document.ts';

/**
 * Drafts a post for a match and writes its record, with the words in it until they are on a branch. Returns its id;
 * undefined when there is such a post already. Opening it on GitLab is `reconcile`'s, as everything is. `cache` keeps vectors
 * of texts.
 */
export async function proposePost(
  desk: Desk,
  match: Match,
  profile: Profile,
  cache: EmbeddingCache = new Map(),
): Promise<string | undefined> {
  const now = desk.clock.now();
  const id = draftId(match);
  if ((await desk.records.load(id)) !== undefined) return undefined;
  const targets = usableTargets(profile, (account, names) =>
    valuesFor(desk, account, names),
  ).filter(({ platform }) => takesWordsAlone(platformNamed(platform)));
  if (targets.length === 0) {
    throw fail('CREDENTIALS_MISSING', {
      platform: profile.name,
      variables: 'the credentials of one of its accounts',
    });
  }
  const model = await desk.model();
  // Templates have no use for it.
  const knowledge = model.name === 'templates' ? {} : await drawnOn(desk, match, cache);
  const proposed = await proposeDraft({
    match,
    profile,
    model,
    now,
    targets,
    platforms,
    readPrompt: desk.readDefault,
    knowledge,
    glossary: await glossaryFor(desk, match, profile),
  });
  const path = postPath(id, now);
  const text = renderDocument(proposed.document);
  const described = await describeDocument(desk, profile, path, text, desk.project.defaultBranch);
  const { trend, reasons, score } = match;
  const topic = topicOf(match, profile);
  const drawn = proposed.model === 'templates' ? [] : Object.keys(knowledge);
  const record = newRecord(
    {
      id,
      profile: profile.name,
      path,
      branch: `post/${id}`,
      closes: now + (desk.settings.window ?? profile.window),
      draft: text,
      origin: {
        trend: originOf(trend),
        score,
        ...(topic && { topic: topic.name }),
        ...(match.embedder !== undefined && { embedder: match.embedder }),
        reasons: reasons.map((reason) => ({ ...reason })),
        evidence: trend.evidence.map((entry) => ({ ...entry })),
        ...(drawn.length > 0 && { knowledge: drawn }),
      },
      revisions: [
        {
          n: 1,
          hash: bindingHash(described.content, plannedTime({}, described)),
          file: described.file,
          variants: { ...described.variants },
          by: 'machine',
          at: now,
          why: 'proposed',
          model: proposed.model,
          ...(proposed.prompt === undefined ? {} : { prompt: proposed.prompt }),
        },
      ],
    },
    now,
  );
  try {
    await desk.records.save(record);
  } catch (error) {
    // Another process proposed the same.
    if (isError(error, 'STORE_CONFLICT')) return undefined;
    throw error;
  }
  return id;
}

async function glossaryFor(desk: Desk, { trend }: Match, profile: Profile) {
  const words = wordsOfDomains(domainsOf(profile, await desk.domains()));
  return words.glossary([trend.name, ...trend.evidence.map(({ excerpt }) => excerpt)]);
}

/** What of a trend the card shows; written once, because the trend goes on and the post does not. */
function originOf({ evidence: _e, score: _s, lastAt: _l, ...trend }: Match['trend']): OriginTrend {
  return structuredClone(trend) as OriginTrend;
}
