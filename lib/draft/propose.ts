import type { Match } from '../match/match.ts';
import type { LanguageModel } from '../models/model.ts';
import { escapeMarkup } from '../platforms/markup.ts';
import type { Account, Platform } from '../platforms/platform.ts';
import type { Profile } from '../store/profile.ts';
import { askForWords } from './ask.ts';
import type { PostDocument, Variant } from './document.ts';
import { evidenceLines, foreignFacts, quotable, type Sources } from './facts.ts';
import { harmlessExcerpt } from './harmless.ts';
import { fitsOn, type Frame, mendVariant, withLink } from './mend.ts';
import { slugOf } from './paths.ts';
import { type ProposalReply, proposalReply } from './replies.ts';
import { digest } from './revision.ts';
import { tagsFor, topicOf } from './topic.ts';
import { bannedIn } from './words.ts';

export interface Proposal {
  match: Match;
  profile: Profile;
  model: LanguageModel;
  /** ms UTC. */
  now: number;
  /** Accounts the post is for, e.g. `usableTargets`; at least one. */
  targets: readonly Account[];
  platforms: Readonly<Record<string, Platform>>;
  /** Text of a file of the default branch. */
  readPrompt: (path: string) => Promise<string | undefined>;
  /** Texts to draw on, by name; models alone read them. */
  knowledge?: Readonly<Record<string, string>>;
  /** Words of the field that the evidence uses, with their plain meaning; the desk's own words. */
  glossary?: Readonly<Record<string, string>>;
}

/**
 * Identity of the post about a trend for a profile, so that it is proposed once: the trend's first name, which stays in its id
 * when a better one is found, and four digits of a hash.
 */
export function draftId({ trend, profile }: Pick<Match, 'trend' | 'profile'>): string {
  const mark = digest([trend.id, profile]).slice(0, 4);
  return `${slugOf(harmlessExcerpt(trend.id.replace(/@[^@]*$/, '')), 50)}-${mark}`;
}

/**
 * A post about a match, in several variants. Passes `checkDocument` whatever the model or the evidence said: facts come
 * from the evidence alone, its link is kept, and what others wrote instructs nobody. Throws MODEL_FAILED only when not
 * even the templates have words.
 */
export async function proposeDraft(
  proposal: Proposal,
): Promise<{ document: PostDocument; model: string; prompt?: string; notes: readonly string[] }> {
  const { match, profile, targets, platforms } = proposal;
  const frame: Frame = { profile, targets, platforms };
  const facts = factsFor(proposal);
  const sources: Sources = {
    texts: [
      JSON.stringify(facts.trend),
      ...facts.evidence.map(({ text }) => text),
      ...known(proposal),
    ],
    urls: facts.evidence.flatMap(({ url }) => url ?? []),
  };
  const answer = await askForWords({
    name: 'propose',
    model: proposal.model,
    readPrompt: proposal.readPrompt,
    profile,
    targets: facts.limits.map(({ target, limit }) => `${target}: ${String(limit)} characters`),
    // Its name is made of words of others, so it stands among the data alone.
    instruction: `Write three to five variants of a post about the trend that the data describes, really different in angle.${meanings(proposal)}`,
    data: {
      trend: JSON.stringify(facts.trend),
      evidence: facts.evidence.map((line) => JSON.stringify(line)).join('\n'),
      ...proposal.knowledge,
    },
    facts: {
      ...facts,
      evidence: quotable(facts.evidence),
      trend: { ...facts.trend, name: escapeMarkup(facts.trend.name) },
    },
    schema: proposalReply,
    judge: (reply) => judge(reply, sources, frame),
  });

  const link = sources.urls[0];
  const variants = answer.value.variants
    .map((each, index) => ({
      name: String.fromCharCode(97 + index),
      parts: withLink(each.parts, sources.urls, link),
      overrides: Object.fromEntries(
        each.overrides.map(({ target, parts }) => [target, withLink(parts, sources.urls, link)]),
      ),
    }))
    .map((variant) => mendVariant(variant, frame))
    .filter(({ parts }) => parts.length > 0);
  const document: PostDocument = {
    id: draftId(match),
    profile: profile.name,
    targets: targets.map(({ name }) => name),
    ...titleFor(proposal, facts.trend.name),
    media: [],
    variants: distinct(variants),
  };
  const { value: _value, ...rest } = answer;
  return { ...rest, document };
}

/** What words of the field mean, for a model that may take them for something else. */
function meanings({ glossary = {} }: Proposal): string {
  const lines = Object.entries(glossary).map(([word, meaning]) => `- ${word}: ${meaning}`);
  if (lines.length === 0) return '';
  return `\n\nWords of the field in the evidence, and what they mean. Say them plainly where readers may be new:\n${lines.join('\n')}`;
}

/** A title where a network demands one: what the trend is called. */
function titleFor({ targets, platforms }: Proposal, name: string): { title?: string } {
  const limits = targets.flatMap(({ platform }) => {
    const headline = platforms[platform]?.headline;
    return headline?.required ? [headline.limit] : [];
  });
  if (limits.length === 0) return {};
  const title = `${name.charAt(0).toLocaleUpperCase()}${name.slice(1)}`;
  return {
    title: Array.from(title)
      .slice(0, Math.min(...limits))
      .join(''),
  };
}

/** What the templates write from and models are shown. Evidence with banned words is left out. */
function factsFor({ match, profile, targets, platforms }: Proposal) {
  const { trend } = match;
  const topic = topicOf(match, profile);
  const evidence = evidenceLines(trend.evidence).filter(
    ({ text }) => bannedIn(text, profile.brand.banned).length === 0,
  );
  return {
    brand: { voice: profile.voice, hashtags: profile.brand.hashtags },
    ...(topic && { topic: topic.name }),
    trend: {
      name: harmlessExcerpt(trend.name) || 'this',
      posts: trend.posts,
      expected: trend.expected,
      ...(trend.authors !== undefined && { authors: trend.authors }),
      networks: [...trend.networks],
    },
    evidence,
    tags: tagsFor(trend, topic).filter((tag) => bannedIn(tag, profile.brand.banned).length === 0),
    limits: targets.map(({ name, platform }) => ({
      target: name,
      limit: platforms[platform]?.measure?.('').limit ?? 10_000,
    })),
  };
}

function known({ knowledge = {}, profile }: Proposal): readonly string[] {
  return [profile.description, ...Object.values(knowledge)];
}

/** What a model must write anew. Small things, such as a hashtag too many, are mended without asking. */
function judge({ variants }: ProposalReply, sources: Sources, frame: Frame): readonly string[] {
  const problems = variants.flatMap(({ parts, overrides }, index) => {
    const all = [...parts, ...overrides.flatMap((each) => each.parts)];
    const foreign = all.flatMap((part) => foreignFacts(part, sources));
    const long = frame.targets.flatMap((target) => {
      const own = overrides.find((each) => [target.name, target.platform].includes(each.target));
      const fits = fitsOn(target, frame);
      const over = (own?.parts ?? parts).filter((part) => !fits(part)).length;
      return over === 0 ? [] : [`${String(over)} parts are too long for ${target.name}`];
    });
    return [...new Set([...foreign, ...long])].map(
      (each) => `variant ${String(index + 1)}: ${each}`,
    );
  });
  return problems.slice(0, 10);
}

/** Names in order again, and no two alike. */
function distinct(variants: readonly Variant[]): readonly Variant[] {
  const texts = variants.map(({ parts }) => parts.join('\n---\n').toLowerCase());
  return variants
    .filter((_, index) => texts.indexOf(texts[index] ?? '') === index)
    .map((variant, index) => ({ ...variant, name: String.fromCharCode(97 + index) }));
}
