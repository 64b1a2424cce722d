import { replaceVariant } from './edit.ts';
import { chosenVariant } from './outgoing.ts';
import { type Refined, type Refinement, rewrite } from './rewrite.ts';

export { polishDraft } from './polish.ts';

/**
 * Changes one variant as a person asks: `shorter`, `b: more formal`, `variant b no hashtags`. The rest of the file stays
 * byte for byte. Passes `checkDocument` where the person's own words did. Throws MODEL_FAILED when nothing can write.
 */
export async function refineDraft(refinement: Refinement): Promise<Refined> {
  const { document, text } = refinement;
  const { name, instruction } = addressed(refinement);
  const variant = document.variants.find((each) => each.name === name) ?? chosenVariant(document);
  const known = document.variants.map((each) => each.name).join(', ');
  if (!variant || (name !== undefined && variant.name !== name))
    return { text, note: `There is no such variant. There are: ${known}.` };
  if (instruction === '')
    return { text, note: 'Say what to change, e.g. `/pulse refine shorter` or `b: more formal`.' };

  const answer = await rewrite(refinement, variant, 'refine', instruction);
  const edited = replaceVariant(text, variant.name, answer.words);
  const note = [answer.note, ...answer.notes].filter(Boolean).join(' ');
  return {
    text: edited,
    note: note === '' ? `Variant ${variant.name} is rewritten.` : note,
    model: answer.model,
    ...(answer.prompt !== undefined && { prompt: answer.prompt }),
  };
}

/** Which variant an instruction is about: `b: shorter`, `variant b shorter`, `b shorter`; `a` alone is an article. */
function addressed({ document, variant, instruction }: Refinement) {
  const names = document.variants.map(({ name }) => name);
  const said =
    /^(?:variant\s+([a-z0-9-]+)\s*:?|([a-z0-9-]+)\s*:|([b-z]|[a-z0-9-]{2,})(?=\s))\s*/i.exec(
      instruction.trim(),
    );
  const word = (said?.[1] ?? said?.[2] ?? said?.[3])?.toLowerCase();
  const rest = instruction.trim();
  if (variant !== undefined) return { name: variant, instruction: rest };
  if (said && word !== undefined && (names.includes(word) || said[1] !== undefined))
    return { name: word, instruction: rest.slice(said[0].length).trim() };
  return { name: undefined, instruction: rest };
}
