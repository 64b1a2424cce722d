import type { LinkEntry, PostDocument } from '../../draft/document.ts';
import { outgoingFor } from '../../draft/outgoing.ts';
import type { Platform } from '../../platforms/platform.ts';
import type { Target } from '../../review/observation.ts';

/** How a document will look at one account, and what of it has a length there. */
export function shownAt(
  document: PostDocument,
  name: string,
  network: Platform | undefined,
): Omit<Target, 'name' | 'platform'> {
  const { title, reply, parts } = outgoingFor(document, name, network?.name ?? '', network);
  return {
    ...(network?.headline && title !== undefined && { title }),
    ...(reply !== undefined && { reply }),
    parts: parts.map(({ text, media, poll, link }) => {
      const measure = network?.measure?.(text);
      return {
        text: network?.show?.(text) ?? text,
        length: measure?.length ?? text.length,
        limit: measure?.limit ?? Infinity,
        unit: measure?.unit ?? 'characters',
        media: media.map(({ alt }) => alt),
        ...(poll && { poll: poll.options }),
        ...(link && network?.linkCards && { link: cardWords(link) }),
      };
    }),
  };
}

const cardWords = ({ url, title, description }: LinkEntry): string =>
  [title, description, url].filter((words) => words !== undefined).join(' · ');
