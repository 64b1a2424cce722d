import type { MediaEntry, PostDocument } from '../draft/document.ts';
import { fitMedia, type MediaFile } from '../draft/media/fit.ts';
import { cardRules, judgeMedia, tryToFit, type Verdicts } from '../draft/media/judge.ts';
import { isVideo, pointerBytes, pointerIn } from '../draft/media/kind.ts';
import { filesOf, outgoingFor, type PlannedPart } from '../draft/outgoing.ts';
import { mediaPathProblem, mediaType } from '../draft/paths.ts';
import { fail } from '../errors.ts';
import type {
  Account,
  LinkCard,
  Media,
  MediaRules,
  Part,
  Platform,
} from '../platforms/platform.ts';
import type { Content } from '../publish/context.ts';
import type { Desk } from './context.ts';
import { addressOf, digestOf } from './media-address.ts';

/** Verdicts that are kept; each is a few words. */
const kept = 1000;

/**
 * SHA-256 of every file a document names, by path, without those that are not there. Of a file in LFS it is that of the
 * file and not of its pointer, so that moving it there changes nothing. Reads no large file.
 */
export async function mediaHashes(
  desk: Desk,
  document: PostDocument,
  ref: string,
): Promise<Record<string, string>> {
  const hashes: Record<string, string> = {};
  for (const file of filesOf(document)) {
    const askable = mediaPathProblem(file) === undefined;
    const facts = askable ? await desk.gitlab.fileFacts(file, ref) : undefined;
    if (facts === undefined) continue;
    const small = facts.size < pointerBytes ? await desk.gitlab.readBytes(file, ref) : undefined;
    hashes[file] = (small && pointerIn(small)?.oid) ?? facts.sha256;
  }
  return hashes;
}

/** Where a document goes: accounts, and their networks by name. */
interface Reach {
  accounts: readonly Account[];
  networks: Readonly<Record<string, Platform>>;
}

/** Whether each file can be sent where the document goes; a file is tried once, as long as its bytes are the same. */
export async function mediaVerdicts(
  desk: Desk,
  document: PostDocument,
  { accounts, networks }: Reach,
  hashes: Readonly<Record<string, string>>,
  ref: string,
): Promise<Verdicts> {
  return judgeMedia(document, accounts, networks, (file, rules, focus) => {
    const hash = hashes[file];
    if (hash === undefined) return Promise.resolve(undefined);
    const key = JSON.stringify([hash, rules, focus]);
    const known = desk.verdicts.get(key);
    if (known) return known;
    const found = read(desk, file, ref).then((bytes) => tryToFit(bytes, rules, focus));
    const [oldest] = desk.verdicts.keys();
    if (desk.verdicts.size >= kept && oldest !== undefined) desk.verdicts.delete(oldest);
    desk.verdicts.set(key, found);
    found.catch(() => desk.verdicts.delete(key));
    return found;
  });
}

/** What a document sends to one account, with its files as the network takes them. Throws as `mediaFor`. */
export async function contentFor(
  desk: Desk,
  document: PostDocument,
  account: string,
  platform: Platform,
  ref: string,
): Promise<Content> {
  const { parts, ...rest } = outgoingFor(document, account, platform.name, platform);
  const filled: Part[] = [];
  // One after the other: each may hold large files in memory.
  for (const part of parts) filled.push(await fill(desk, part, platform, ref));
  return { ...rest, parts: filled };
}

async function fill(
  desk: Desk,
  { text, media, poll, link }: PlannedPart,
  platform: Platform,
  ref: string,
): Promise<Part> {
  const files: Media[] = [];
  for (const entry of media) files.push(await mediaFor(desk, entry, platform, ref));
  return {
    text,
    media: files,
    ...(poll && { poll }),
    ...(link && platform.linkCards && { link: await cardFor(desk, link, platform, ref) }),
  };
}

/** A card needs a title; a page that was given none is called by its server. */
async function cardFor(
  desk: Desk,
  { url, title, description = '', image }: NonNullable<PlannedPart['link']>,
  platform: Platform,
  ref: string,
): Promise<LinkCard> {
  const shown = { url, title: title ?? new URL(url).host, description };
  if (image === undefined) return shown;
  const fitted = await fit(desk, { file: image, alt: '' }, platform, cardRules(platform), ref);
  return { ...shown, image: fitted };
}

/**
 * One file of a post as a network takes it, from `ref`, with an address where the network fetches it itself.
 * Throws DELIVERY_NOT_ALLOWED when it cannot be made to fit, or when nobody could fetch it.
 */
export async function mediaFor(
  desk: Desk,
  entry: Pick<MediaEntry, 'file' | 'alt' | 'focus'>,
  platform: Platform,
  ref: string,
): Promise<Media> {
  const { media: rules, name, title } = platform;
  if (!rules) throw notSent(entry.file, `${title} takes no files`);
  const base = desk.settings.mediaUrl;
  const fetched = isFetched(rules, entry.file);
  if (fetched && base === undefined) throw notSent(entry.file, needsAddress(platform));
  const media = await fit(desk, entry, platform, rules, ref);
  if (!fetched || base === undefined) return media;
  const { file, focus } = entry;
  const about = { network: name, file, digest: digestOf(media.bytes), ...(focus && { focus }) };
  return { ...media, url: addressOf(base, about, desk.clock.now(), desk.signer) };
}

/** Whether a network fetches this file itself. */
export const isFetched = ({ byUrl }: Pick<MediaRules, 'byUrl'>, file: string): boolean =>
  byUrl === true || (byUrl === 'images' && !isVideo(mediaType(file) ?? ''));

/** For networks that fetch files where nobody has said from where. */
export const needsAddress = ({ title }: Pick<Platform, 'title'>): string =>
  `${title} fetches files itself; set PULSE_MEDIA_URL, or PULSE_URL, to where the bot can be reached from everywhere`;

async function fit(
  desk: Desk,
  { file, alt, focus }: Pick<MediaEntry, 'file' | 'alt' | 'focus'>,
  { title }: Platform,
  rules: MediaRules,
  ref: string,
): Promise<Media> {
  const name = file.split('/').at(-1) ?? file;
  const given: MediaFile = {
    bytes: await read(desk, file, ref),
    alt,
    name,
    ...(focus && { focus }),
  };
  const fitted = await fitMedia(given, rules);
  if ('media' in fitted) return fitted.media;
  const { message, expected } = fitted.unfit;
  throw notSent(file, `it ${message}, and ${title} takes ${expected}`);
}

async function read(desk: Desk, file: string, ref: string): Promise<Uint8Array> {
  const bytes = await desk.gitlab.readWhole(file, ref);
  if (bytes === undefined) throw notSent(file, `it is not on ${ref}`);
  return bytes;
}

const notSent = (delivery: string, why: string) => fail('DELIVERY_NOT_ALLOWED', { delivery, why });
