import type { LanguageModel } from '../models/model.ts';
import { platforms as everyPlatform } from '../platforms/index.ts';
import type { Platform } from '../platforms/platform.ts';
import type { Profile } from '../store/profile.ts';
import { askForWords } from './ask.ts';
import type { PostDocument, Variant } from './document.ts';
import {
  type EvidenceEntry,
  evidenceLines,
  foreignFacts,
  quotable,
  type Sources,
} from './facts.ts';
import { type Frame, mendVariant, withLink } from './mend.ts';
import { type RevisionReply, revisionReply } from './replies.ts';
import { urlsIn } from './words.ts';

export interface Refinement {
  document: PostDocument;
  /** The file the document was read from. */
  text: string;
  path: string;
  /** Name of the variant that is meant; else the instruction says it, else the one that goes out. */
  variant?: string;
  instruction: string;
  profile: Profile;
  evidence: readonly EvidenceEntry[];
  model: LanguageModel;
  /** Text of a file of the default branch. */
  readPrompt: (path: string) => Promise<string | undefined>;
  platforms?: Readonly<Record<string, Platform>>;
}

export interface Refined {
  /** The file with other words; the same when nothing changed. */
  text: string;
  /** What was done and what could not be, for the person who asked. */
  note: string;
  model?: string;
  prompt?: string;
}

/** Longest note of a model that is passed on. */
const longestNote = 300;

/** Other words for one variant: asked for, judged and mended. `changed` says what a rewriting may not do. */
export async function rewrite(
  refinement: Omit<Refinement, 'instruction' | 'variant' | 'text' | 'path'>,
  variant: Variant,
  name: 'refine' | 'polish',
  instruction: string,
  refuse: (reply: RevisionReply) => readonly string[] = () => [],
) {
  const { document, profile, platforms = everyPlatform } = refinement;
  const targets = profile.accounts.filter((each) => document.targets.includes(each.name));
  const frame: Frame = { profile, targets, platforms };
  const evidence = evidenceLines(refinement.evidence);
  const before = [...variant.parts, ...Object.values(variant.overrides).flat()];
  const sources: Sources = {
    texts: [...before, ...evidence.map(({ text }) => text), profile.description, instruction],
    urls: evidence.flatMap(({ url }) => url ?? []),
  };
  const current = {
    parts: [...variant.parts],
    overrides: Object.entries(variant.overrides).map(([target, parts]) => ({
      target,
      parts: [...parts],
    })),
  };
  const answer = await askForWords({
    name,
    model: refinement.model,
    readPrompt: refinement.readPrompt,
    profile,
    targets: targets.map((target) => {
      const limit = platforms[target.platform]?.measure?.('').limit;
      return `${target.name}: ${limit === undefined ? 'any length' : `${String(limit)} characters`}`;
    }),
    instruction,
    data: {
      post: JSON.stringify(current),
      evidence: evidence.map((line) => JSON.stringify(line)).join('\n'),
    },
    facts: {
      ...current,
      instruction,
      evidence: quotable(evidence),
      brand: { voice: profile.voice, hashtags: profile.brand.hashtags },
    },
    schema: revisionReply,
    judge: (reply) => [
      ...[...reply.parts, ...reply.overrides.flatMap(({ parts }) => parts)].flatMap((part) =>
        foreignFacts(part, sources),
      ),
      ...refuse(reply),
    ],
  });
  const { value, ...rest } = answer;
  return {
    ...rest,
    note: value.note.slice(0, longestNote),
    words: mended(variant, value, instruction, frame),
  };
}

function mended(variant: Variant, reply: RevisionReply, instruction: string, frame: Frame) {
  const before = [...variant.parts, ...Object.values(variant.overrides).flat()];
  const urls = before.flatMap(urlsIn);
  const keepsLink = !/\b(link|url|address|source)s?\b/i.test(instruction);
  const link = keepsLink ? urls[0] : undefined;
  const { parts, overrides } = mendVariant(
    {
      name: variant.name,
      parts: withLink(reply.parts, urls, link),
      overrides: {
        ...variant.overrides,
        ...Object.fromEntries(
          reply.overrides.map((each) => [each.target, withLink(each.parts, urls, link)]),
        ),
      },
    },
    frame,
    before.join('\n'),
  );
  // Mended to nothing, e.g. because every sentence held a banned word: the person's words are better than none.
  return parts.length === 0
    ? { parts: variant.parts, overrides: variant.overrides }
    : { parts, overrides };
}
