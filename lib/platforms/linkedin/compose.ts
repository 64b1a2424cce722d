import { isVideo, printOf } from '../parts.ts';
import { parseMarkup } from '../markup.ts';
import type { Attempt, LinkCard, Media, Part, Poll } from '../platform.ts';
import { splitQuestion } from '../question.ts';
import { toLittle } from './little.ts';
import { durationName } from './measure.ts';
import type { Rest } from './rest.ts';
import { upload } from './upload.ts';

/** What a new post is made of. */
export interface Draft {
  part: Part;
  visibility: string;
}

/** Body of the request that makes a post; `files` are URNs of what was uploaded, the picture of a link card last. */
export function postOf({ author }: Rest, { part, visibility }: Draft, files: readonly string[]) {
  const content = contentOf(part, files);
  return {
    author,
    commentary: toLittle(part.poll ? splitQuestion(part.text).before : parseMarkup(part.text)),
    visibility,
    distribution: {
      feedDistribution: 'MAIN_FEED',
      targetEntities: [],
      thirdPartyDistributionChannels: [],
    },
    lifecycleState: 'PUBLISHED',
    isReshareDisabledByAuthor: false,
    ...(content && { content }),
  };
}

function contentOf({ text, media, poll, link }: Part, files: readonly string[]) {
  if (poll) return { poll: pollOf(splitQuestion(text).question, poll) };
  if (link) return { article: articleOf(link, files[0]) };
  const described = files.map((id, index) => ({ id, ...altOf(media[index]) }));
  const [only] = described;
  if (described.length > 1) return { multiImage: { images: described } };
  return only && { media: only };
}

const altOf = (file: Media | undefined) =>
  file?.alt && !isVideo(file) ? { altText: file.alt } : {};

const pollOf = (question: string, { options, duration }: Poll) => ({
  question,
  options: options.map((text) => ({ text })),
  settings: { duration: durationName(duration) },
});

const articleOf = ({ url, title, description }: LinkCard, thumbnail: string | undefined) => ({
  source: url,
  title,
  description,
  ...(thumbnail !== undefined && { thumbnail }),
});

/** Uploads what a part needs, and keeps what it is called; an earlier attempt's is used again. */
export async function prepareFiles(
  rest: Rest,
  part: Part,
  index: number,
  { handles, deadline, keep }: Pick<Attempt, 'handles' | 'deadline' | 'keep'>,
): Promise<readonly string[]> {
  const files = [...part.media, ...(part.link?.image ? [part.link.image] : [])];
  if (files.length === 0) return [];
  const kept = handles[index] ?? {};
  const print = printOf(part);
  if (kept.print === print && kept.files) return kept.files.split(' ');
  const urns: string[] = [];
  for (const file of files) urns.push(await upload(rest, file, deadline));
  await keep({ files: urns.join(' '), print });
  return urns;
}
