/** Entities of HTML that some networks and archives leave in a text. */
const entities: Readonly<Record<string, string>> = {
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  '#39': "'",
};

/** A text without the entities of HTML. */
export const decode = (text: string): string =>
  text.includes('&')
    ? text
        .replaceAll('&amp;', '&')
        .replace(/&(lt|gt|quot|apos|#39);/g, (whole, name: string) => entities[name] ?? whole)
    : text;

/**
 * A post as the embedder reads it best: no links and names, hashtags as words. What a text says stays; a text that was
 * all links is a full stop.
 */
export function plainText(text: string): string {
  const plain = decode(text)
    .replace(/https?:\/\/\S+|www\.\S+/g, ' ')
    .replace(/(?<!\w)@\w+/g, ' ')
    .replace(/#(\w+)/g, (_, tag: string) =>
      tag.replace(/([a-z])([A-Z])/g, '$1 $2').replaceAll('_', ' '),
    )
    .replace(/\s+/g, ' ')
    .trim();
  return plain === '' ? '.' : plain;
}
