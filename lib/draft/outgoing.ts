import type { MediaEntry, PostDocument, Variant } from './document.ts';

/** The variant that goes out: the one `use` names, else the first. Undefined when there is none of that name. */
export function chosenVariant({ use, variants }: PostDocument): Variant | undefined {
  return use === undefined ? variants[0] : variants.find(({ name }) => name === use);
}

/** What a variant says at one target: words written for the account, else for its network, else its own. */
export function partsFor(variant: Variant, target: string, platform: string): readonly string[] {
  const found = [target, platform].find((name) => Object.hasOwn(variant.overrides, name));
  return (found === undefined ? undefined : variant.overrides[found]) ?? variant.parts;
}

/**
 * What is to be sent to one account. An image whose part is not there, because words for this network have fewer
 * parts, goes with the last one. No parts when `use` names no variant.
 */
export function outgoingFor(
  document: PostDocument,
  target: string,
  platform: string,
): { parts: readonly { text: string; media: readonly MediaEntry[] }[] } {
  const variant = chosenVariant(document);
  if (!variant) return { parts: [] };
  const texts = partsFor(variant, target, platform);
  return {
    parts: texts.map((text, index) => ({
      text,
      media: document.media.filter(({ part }) => Math.min(part, texts.length - 1) === index),
    })),
  };
}
