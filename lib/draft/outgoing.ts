import type { Platform } from '../platforms/platform.ts';
import type { LinkEntry, MediaEntry, PollEntry, PostDocument, Variant } from './document.ts';
import { splitThread, type Thread } from './split.ts';

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
 * What is to be sent to one account. A file, poll or link whose part is not there, because words for this network have
 * fewer parts, goes with the last one. No parts when `use` names no variant. Where the document says `split` and `network`,
 * the account's, has threads, parts that are too long become several; `of` is the part of the document that one is of.
 */
export function outgoingFor(
  document: PostDocument,
  target: string,
  platform: string,
  network?: Pick<Platform, 'measure' | 'parts'>,
): Planned {
  const variant = chosenVariant(document);
  if (!variant) return { parts: [] };
  const texts = partsFor(variant, target, platform);
  const parts = threadOf(document, texts, network).parts;
  const { title, media, poll, link } = document;
  const reply = replyFor(document, target, platform);
  const goesWith = (of: number) => (entry: { part: number }) =>
    Math.min(entry.part, texts.length - 1) === of;
  return {
    ...(title !== undefined && { title }),
    ...(reply !== undefined && { reply }),
    parts: parts.map(({ text, of }, index) => {
      if (parts[index - 1]?.of === of) return { text, of, media: [] };
      const isOwn = goesWith(of);
      return {
        text,
        of,
        media: media.filter(isOwn),
        ...(poll && isOwn(poll) && { poll }),
        ...(link && isOwn(link) && { link }),
      };
    }),
  };
}

/** What a document sends to one account, its files still by name. */
export interface Planned {
  title?: string;
  reply?: string;
  parts: readonly PlannedPart[];
}

export interface PlannedPart {
  text: string;
  /** The part of the document that it is of. */
  of: number;
  media: readonly MediaEntry[];
  poll?: PollEntry;
  link?: LinkEntry;
}

/** The post that is answered at one target, as `partsFor` chooses words. */
export function replyFor(
  { reply }: Pick<PostDocument, 'reply'>,
  target: string,
  platform: string,
): string | undefined {
  if (typeof reply !== 'object') return reply;
  const found = [target, platform].find((name) => Object.hasOwn(reply, name));
  return found === undefined ? undefined : reply[found];
}

/** Every file a document names, each once. */
export function filesOf({ media, link }: Pick<PostDocument, 'media' | 'link'>): readonly string[] {
  const image = link?.image === undefined ? [] : [link.image];
  return [...new Set([...media.map(({ file }) => file), ...image])];
}

/** The parts of a thread as they go out on a network; `tooLong` holds what cannot be made to fit. */
export function threadOf(
  { split, language }: Pick<PostDocument, 'split' | 'language'>,
  texts: readonly string[],
  network?: Pick<Platform, 'measure' | 'parts'>,
): Thread {
  const measure = network?.parts?.as === 'thread' ? network.measure : undefined;
  if (split === undefined || !measure)
    return { parts: texts.map((text, of) => ({ text, of })), tooLong: [] };
  return splitThread(texts, (text) => measure(text), {
    numbered: split === 'numbered',
    ...(language !== undefined && { language }),
  });
}
