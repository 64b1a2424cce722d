import { type AppBskyRichtextFacet, RichText } from '@atproto/api';
import type { Markup } from '../markup.ts';

export type Facet = AppBskyRichtextFacet.Main;

/**
 * What in a text is a link, a mention or a tag, in UTF-8 byte offsets: the links of its Markdown on their words, and
 * what stands there as it is. `resolve` gives the account behind a handle; a mention of nobody stays plain text.
 */
export async function facetsOf(
  { plain, spans }: Markup,
  resolve: (handle: string) => Promise<string | undefined>,
): Promise<Facet[]> {
  const links = spans.flatMap(({ start, end, url }): Facet[] => {
    if (url === undefined) return [];
    const byteStart = Buffer.byteLength(plain.slice(0, start));
    const byteEnd = byteStart + Buffer.byteLength(plain.slice(start, end));
    const feature = { $type: 'app.bsky.richtext.facet#link' as const, uri: uriOf(url) };
    return [{ index: { byteStart, byteEnd }, features: [feature] }];
  });
  const rich = new RichText({ text: plain });
  rich.detectFacetsWithoutResolution();
  const free = (rich.facets ?? []).filter(({ index }) => !links.some((link) => meet(link, index)));
  const resolved = await Promise.all(
    free.map(async (facet): Promise<Facet[]> => {
      const feature = facet.features[0];
      if (feature?.$type !== 'app.bsky.richtext.facet#mention') return [facet];
      // Until it is resolved the SDK keeps the handle where the did belongs.
      const did = await resolve((feature as AppBskyRichtextFacet.Mention).did);
      return did === undefined ? [] : [{ ...facet, features: [{ ...feature, did }] } as Facet];
    }),
  );
  return [...links, ...resolved.flat()].sort((a, b) => a.index.byteStart - b.index.byteStart);
}

function meet({ index: a }: Facet, b: Facet['index']): boolean {
  return a.byteStart < b.byteEnd && b.byteStart < a.byteEnd;
}

/** The lexicon takes no letters in an address but those of RFC 3986. */
function uriOf(url: string): `${string}:${string}` {
  return (URL.canParse(url) ? new URL(url).href : url) as `${string}:${string}`;
}
