import type { Signal } from '../../ingest/signal.ts';
import { reading } from '../graph.ts';
import { hashtagsOf } from '../plain.ts';
import { listComments, listedComment } from './comment.ts';
import { fromLittle } from './little.ts';
import { listedPost, listPosts } from './post.ts';
import type { Rest } from './rest.ts';
import { addressOf, commentUrn, timeOfUrn } from './urn.ts';

/** Own posts below which comments are read in one go. */
const mostDiscussed = 10;

/** Posts of the organization, newest first; what is no post is left out. */
export function readOwn(rest: Rest, since: number): AsyncGenerator<Signal> {
  return reading("LinkedIn's posts of the organization", own(rest, since));
}

async function* own(rest: Rest, since: number): AsyncGenerator<Signal> {
  for await (const each of listPosts(rest)) {
    const found = listedPost.safeParse(each).data;
    if (!found) continue;
    const at = found.publishedAt ?? found.createdAt ?? timeOfUrn(found.id) ?? 0;
    if (at < since) return;
    const words = [fromLittle(found.commentary), found.content?.poll?.question ?? ''];
    yield signalOf(rest.author, found.id, words.join('\n\n').trim(), at);
  }
}

/** Comments of others below the newest posts of the organization, newest first. */
export function readMentions(rest: Rest, since: number): AsyncGenerator<Signal> {
  return reading("LinkedIn's comments", mentions(rest, since));
}

async function* mentions(rest: Rest, since: number): AsyncGenerator<Signal> {
  const found: Signal[] = [];
  let posts = 0;
  for await (const each of listPosts(rest, 1)) {
    const post = listedPost.safeParse(each).data;
    if (!post || (posts += 1) > mostDiscussed) continue;
    for await (const below of listComments(rest, post.id)) {
      const comment = listedComment.safeParse(below).data;
      if (!comment || comment.actor === rest.author || comment.created.time < since) continue;
      const urn = comment.commentUrn ?? commentUrn(post.id, comment.id);
      found.push(signalOf(comment.actor, urn, comment.message.text, comment.created.time));
    }
  }
  yield* found.toSorted((a, b) => b.at - a.at);
}

function signalOf(author: string, urn: string, words: string, at: number): Signal {
  const text = words.normalize('NFC');
  return {
    id: `linkedin:${urn}`,
    network: 'linkedin',
    text,
    at,
    author,
    url: addressOf(urn),
    tags: hashtagsOf(text),
  };
}
