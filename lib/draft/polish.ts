import { replaceVariant, type Words } from './edit.ts';
import { chosenVariant } from './outgoing.ts';
import { parseDocument } from './parse.ts';
import { type Refined, type Refinement, rewrite } from './rewrite.ts';
import type { RevisionReply } from './replies.ts';
import { polishText } from './typography.ts';
import { numbersIn, urlsIn } from './words.ts';

export interface Polish extends Omit<Refinement, 'instruction' | 'variant'> {
  /** Variants that a person has touched; they are left alone. */
  keep: ReadonlySet<string>;
}

/** A polish changes the length by this share at most. */
const most = 0.35;

/**
 * The last improvement before people are asked. Typography is put right by rule in every variant no person has touched;
 * the one that goes out is also shown to the model, which may change words but no number, address or length worth
 * mentioning. The same text when there is nothing to improve.
 */
export async function polishDraft(polish: Polish): Promise<Omit<Refined, 'note'>> {
  const { document, keep, profile } = polish;
  const chosen = chosenVariant(document);
  let text = polish.text;
  let asked: Pick<Refined, 'model' | 'prompt'> = {};
  if (chosen && !keep.has(chosen.name)) {
    const before = chosen.parts.join('\n');
    const answer = await rewrite(polish, chosen, 'polish', instruction, (reply) =>
      tooDifferent(before, reply),
    );
    text = replaceVariant(text, chosen.name, answer.words);
    if (text !== polish.text)
      asked = {
        model: answer.model,
        ...(answer.prompt !== undefined && { prompt: answer.prompt }),
      };
  }
  const tidy = (words: readonly string[]) =>
    words.map((part) => polishText(part, document.language ?? profile.language));
  const improved = parseDocument(text, polish.path).document?.variants ?? [];
  for (const { name, parts, overrides } of improved) {
    if (keep.has(name)) continue;
    const own = Object.entries(overrides).map(([target, each]) => [target, tidy(each)] as const);
    const words: Words = { parts: tidy(parts), overrides: Object.fromEntries(own) };
    text = replaceVariant(text, name, words);
  }
  return { text, ...asked };
}

const instruction =
  'Give this post a last polish: grammar, rhythm, a stronger first line. Keep its meaning, every number and every address.';

function tooDifferent(before: string, { parts }: RevisionReply): readonly string[] {
  const after = parts.join('\n');
  const lost = [...urlsIn(before), ...numbersIn(before)].filter(
    (each) => ![...urlsIn(after), ...numbersIn(after)].includes(each),
  );
  const change = Math.abs(after.length - before.length) / Math.max(1, before.length);
  return [
    ...lost.map((each) => `${each} is missing`),
    ...(change > most ? ['the length changed too much'] : []),
  ];
}
