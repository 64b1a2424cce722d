import { z } from 'zod';
import { fail } from '../../errors.ts';
import { placeIn } from './check.ts';
import { xrpcFailure } from './failure.ts';
import type { SignedIn } from './session.ts';

/** A post at one of its versions (lexicon com.atproto.repo.strongRef). */
export interface PostRef {
  uri: `at://${string}`;
  cid: string;
}

const refSchema = z.object({
  uri: z.templateLiteral(['at://', z.string()]),
  cid: z.string(),
});
const replySchema = z.object({ reply: z.object({ root: refSchema }) });

/**
 * What an answer to the post at this address must name: the post, and the one its thread began with. Takes
 * `at://did/app.bsky.feed.post/key` and the address people see at bsky.app.
 */
export async function refsOf(
  agent: SignedIn['agent'],
  address: string,
): Promise<{ root: PostRef; parent: PostRef }> {
  const refuse = (message: string) =>
    fail('DELIVERY_REFUSED', { platform: 'Bluesky', status: 400, message });
  const place = placeIn(address);
  if (!place) throw refuse(`"${address}" is no address of a post`);
  const { repo, rkey } = place;
  try {
    const { data } = await agent.com.atproto.repo.getRecord({
      repo: repo,
      collection: 'app.bsky.feed.post',
      rkey,
    });
    const parent = refSchema.parse({ uri: data.uri, cid: data.cid });
    const value = replySchema.safeParse(data.value);
    return { parent, root: value.success ? value.data.reply.root : parent };
  } catch (error) {
    const { error: code } = xrpcFailure(error) ?? {};
    if (code === 'RecordNotFound' || code === 'RepoNotFound')
      throw refuse(`there is no post at ${address} to answer`);
    throw error;
  }
}
