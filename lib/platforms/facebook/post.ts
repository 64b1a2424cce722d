import { z } from 'zod';
import type { Receipt } from '../../store/record.ts';
import { type Call, graphTime, sameWords } from '../graph.ts';
import { checkPart, isVideo, partAt, printOf, refusal, refuseAll } from '../parts.ts';
import type { Attempt, Deadline, Found, Handle, Outgoing } from '../platform.ts';
import { refuses } from './check.ts';
import { type Page, receiptOf, success } from './page.ts';
import { sinceOf } from '../since.ts';
import { measure, media, show } from './measure.ts';
import { uploadPhoto } from './photo.ts';
import { prepareVideo, stateOfVideo } from './video.ts';

const made = z.object({ id: z.string() });
const state = z.object({
  is_published: z.boolean(),
  /** Seconds. */
  scheduled_publish_time: z.number().optional(),
});

/** What became of something that was made unseen. `prepared` is there and not shown. */
type State = 'gone' | 'prepared' | 'shown' | { scheduled: number };

/**
 * Makes a post that nobody sees, keeps its id, then shows it: so that after a crash the network can be asked about just
 * this one, and showing it twice is showing it once.
 */
export async function publishPost(
  page: Page,
  outgoing: Outgoing,
  attempt: Attempt,
): Promise<Receipt> {
  const part = partAt(outgoing, 0);
  checkPart(part, { platform: 'Facebook', measure, media });
  if (part.poll) throw refusal('Facebook', 'Pages have no polls');
  refuseAll('Facebook', refuses(outgoing, 0));
  checkTime(outgoing.at, page.graph.now());
  const { handles, deadline } = attempt;
  const video = part.media.find(isVideo);
  const kept = handles[0] ?? {};
  const id = kept.post;
  const before = id === undefined ? 'gone' : await stateOf(page, kept);
  if (typeof before === 'object') return receiptOf(0, id ?? '', before.scheduled);
  if (before === 'shown') return receiptOf(0, id ?? '', page.graph.now());
  const going = before === 'prepared' && kept.print === printOf(part) ? kept : {};
  const post = video
    ? await prepareVideo(page, video, part, going, attempt)
    : (going.post ?? (await make(page, part, outgoing.at, deadline)));
  if (!video && going.post === undefined)
    await attempt.keep({ post, kind: 'post', print: printOf(part) });
  const shown = video ? { published: true } : { is_published: true };
  const act: Call = {
    operation: 'publish',
    method: 'POST',
    path: post,
    json: outgoing.at === undefined ? shown : { scheduled_publish_time: seconds(outgoing.at) },
    acting: true,
    deadline,
  };
  await page.graph.ask(success, act);
  return receiptOf(0, post, outgoing.at ?? page.graph.now());
}

/** Without an id nothing was ever shown; the list is looked at all the same, as what was kept may have been lost. */
export async function findPost(
  page: Page,
  outgoing: Outgoing,
  handles: readonly Handle[],
): Promise<Found> {
  const kept = handles[0] ?? {};
  const id = kept.post;
  if (id === undefined) return listed(page, show(partAt(outgoing, 0).text), sinceOf(kept) - 60_000);
  const found = await stateOf(page, kept);
  if (typeof found === 'object') return receiptOf(0, id, found.scheduled);
  return found === 'shown' ? receiptOf(0, id, page.graph.now()) : 'absent';
}

const published = z.object({
  id: z.string(),
  message: z.string().default(''),
  created_time: graphTime,
});

async function listed({ graph, id }: Page, words: string, since: number): Promise<Found> {
  const query = { fields: 'id,message,created_time', limit: '50' };
  for await (const each of graph.list({
    operation: 'read',
    path: `${id}/published_posts`,
    query,
  })) {
    const found = published.safeParse(each).data;
    if (!found) continue;
    if (found.created_time < since) break;
    if (sameWords(words, found.message)) return receiptOf(0, found.id, found.created_time);
  }
  return 'absent';
}

async function stateOf(page: Page, { post = '', kind }: Handle): Promise<State> {
  if (kind === 'video') return stateOfVideo(page, post);
  const found = await page.graph.look(state, {
    operation: 'read',
    method: 'GET',
    path: post,
    query: { fields: 'id,is_published,scheduled_publish_time' },
  });
  if (!found) return 'gone';
  if (found.is_published) return 'shown';
  const time = found.scheduled_publish_time;
  return time === undefined ? 'prepared' : { scheduled: time * 1000 };
}

async function make(
  { graph, id }: Page,
  part: Outgoing['parts'][number],
  at: number | undefined,
  deadline: Deadline,
): Promise<string> {
  const photos: string[] = [];
  for (const file of part.media)
    photos.push(await uploadPhoto({ graph, id }, file, deadline, at !== undefined));
  const words = show(part.text);
  const { id: post } = await graph.ask(made, {
    operation: 'media',
    method: 'POST',
    path: `${id}/feed`,
    json: {
      published: false,
      ...(words !== '' && { message: words }),
      ...(part.link && { link: part.link.url }),
      ...(photos.length > 0 && {
        attached_media: photos.map((photo) => ({ media_fbid: photo })),
      }),
    },
    deadline,
  });
  return post;
}

const seconds = (at: number) => Math.round(at / 1000);

function checkTime(at: number | undefined, now: number): void {
  if (at === undefined) return;
  const ahead = (at - now) / 60_000;
  if (ahead < 10 || ahead > 30 * 1440)
    throw refusal('Facebook', 'it plans posts from 10 minutes to 30 days ahead');
}
