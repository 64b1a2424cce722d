import type { AppBskyFeedPost } from '@atproto/api';
import { fail } from '../../errors.ts';
import type { Receipt } from '../../store/record.ts';
import { parseMarkup } from '../markup.ts';
import type { Outgoing, Part } from '../platform.ts';
import { embedOf } from './embed.ts';
import { facetsOf } from './facets.ts';
import { xrpcFailure } from './failure.ts';
import { measure, media as rules, mostThumb } from './measure.ts';
import { type PostRef, refsOf } from './refs.ts';
import type { SignedIn } from './session.ts';

const refusal = (message: string) =>
  fail('DELIVERY_REFUSED', { platform: 'Bluesky', status: 400, message });

/** Refuses what the network would refuse, before anything has left. */
export function checkPart({ text, media, poll, link }: Part): void {
  const { fits, length, limit, unit } = measure(text);
  if (!fits) throw refusal(`the text has ${String(length)} ${unit} of ${String(limit)}`);
  if (poll) throw refusal('it has no polls');
  const videos = media.filter(({ type }) => !type.startsWith('image/'));
  if (videos.length > 0 && media.length > 1) throw refusal('a video stands alone');
  if (media.length > rules.count)
    throw refusal(`${String(media.length)} images of ${String(rules.count)}`);
  for (const { bytes, name, type, alt } of media) {
    const { types, bytes: most } = videos.length > 0 ? rules.video : rules;
    if (!types.includes(type)) throw refusal(`${name} is ${type}, which it does not take`);
    if (bytes.length > most)
      throw refusal(`${name} has ${String(bytes.length)} bytes of ${String(most)}`);
    if (Array.from(alt).length > rules.altLength)
      throw refusal(`the alt text of ${name} has more than ${String(rules.altLength)} characters`);
  }
  const thumb = link?.image?.bytes.length ?? 0;
  if (thumb > mostThumb)
    throw refusal(`the picture of the link has ${String(thumb)} bytes of ${String(mostThumb)}`);
}

/** The record of one part; uploads its files. `sent` are the parts before it. */
export async function composePost(
  { agent }: SignedIn,
  part: Part,
  about: { createdAt: string; sent: readonly Receipt[] } & Pick<Outgoing, 'language' | 'reply'>,
): Promise<AppBskyFeedPost.Record & Record<string, unknown>> {
  const markup = parseMarkup(part.text);
  const facets = await facetsOf(markup, (handle) => resolve(agent, handle));
  const embed = await embedOf(agent, part);
  const { language, reply, sent, createdAt } = about;
  const answered = reply === undefined ? undefined : await refsOf(agent, reply);
  const last = sent.at(-1);
  const root = answered?.root ?? (sent[0] && refOf(sent[0]));
  const parent = last ? refOf(last) : answered?.parent;
  return {
    $type: 'app.bsky.feed.post',
    text: markup.plain,
    createdAt: createdAt,
    ...(facets.length > 0 && { facets }),
    ...(language !== undefined && { langs: [language] }),
    ...(embed && { embed }),
    ...(root && parent && { reply: { root, parent } }),
  };
}

function refOf({ id, version }: Receipt): PostRef {
  if (version === undefined) throw fail('INTERNAL', { why: `the receipt of ${id} has no cid` });
  return { uri: id as PostRef['uri'], cid: version };
}

async function resolve(agent: SignedIn['agent'], handle: string): Promise<string | undefined> {
  try {
    return (await agent.resolveHandle({ handle: handle })).data.did;
  } catch (error) {
    // Anything else says that we could not ask.
    if (/^(HandleNotFound|InvalidRequest)$/.test(xrpcFailure(error)?.error ?? '')) return undefined;
    throw error;
  }
}
