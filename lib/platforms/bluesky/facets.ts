import { type AppBskyRichtextFacet, RichText } from '@atproto/api';

export type Facet = AppBskyRichtextFacet.Main;

/**
 * What in a text is a link, a mention or a tag, in UTF-8 byte offsets. `resolve` gives the account behind a handle;
 * a mention of nobody stays plain text.
 */
export async function facetsOf(
  text: string,
  resolve: (handle: string) => Promise<string | undefined>,
): Promise<Facet[]> {
  const rich = new RichText({ text });
  rich.detectFacetsWithoutResolution();
  const resolved = await Promise.all(
    (rich.facets ?? []).map(async (facet): Promise<Facet[]> => {
      const feature = facet.features[0];
      if (feature?.$type !== 'app.bsky.richtext.facet#mention') return [facet];
      // Until it is resolved the SDK keeps the handle where the did belongs.
      const did = await resolve((feature as AppBskyRichtextFacet.Mention).did);
      return did === undefined ? [] : [{ ...facet, features: [{ ...feature, did }] } as Facet];
    }),
  );
  return resolved.flat();
}
