import type { Account, Platform } from '../platforms/platform.ts';
import type { Checked } from './check.ts';
import type { MediaEntry } from './document.ts';
import { isVideo } from './media/kind.ts';
import { chosenVariant, outgoingFor, type PlannedPart } from './outgoing.ts';
import { mediaPathProblem, mediaType } from './paths.ts';

const allowed = 'content/<folder>/<name>.png, .jpg, .gif, .webp, .mp4, .mov or .webm';

/** Files: where they lie, whether they are there, their alt text, and whether each network takes them. */
export function checkMedia(checked: Checked): void {
  const { document, places, profile, platforms, report } = checked;
  const accounts = accountsOf(checked);
  const altNeeded = accounts.some(({ platform }) => platforms[platform]?.media?.altRequired);
  const parts = chosenVariant(document)?.parts.length ?? Infinity;
  document.media.forEach(({ file, alt, part }, index) => {
    const line = places.front('media', index);
    checkFile(checked, file, line);
    // Networks ask for it with images; a profile may ask for more.
    const needed = profile.brand.alt_text || (altNeeded && !isVideoFile(file));
    if (needed && alt.trim() === '')
      report('alt-missing', line, `${file} has no alt text`, 'alt: what it shows');
    checkPart(checked, `${file} goes`, part, parts, line);
  });
  const { poll, link } = document;
  if (poll) checkPart(checked, 'the poll goes', poll.part, parts, places.front('poll'));
  if (link) checkPart(checked, 'the link goes', link.part, parts, places.front('link'));
  if (link?.image !== undefined) checkFile(checked, link.image, places.front('link', 'image'));
  for (const account of accounts) checkAtNetwork(checked, account);
}

function checkFile({ exists, report }: Checked, file: string, line: number) {
  const wrong = mediaPathProblem(file);
  if (wrong !== undefined) report('media-path', line, `${file} ${wrong}`, allowed);
  else if (!exists(file)) report('media-missing', line, `there is no file ${file}`, allowed);
}

function checkPart({ report }: Checked, what: string, part: number, parts: number, line: number) {
  if (part < parts) return;
  const message = `${what} with part ${String(part + 1)}, and there are ${String(parts)}`;
  report('media-part', line, message, `a part from 1 to ${String(parts)}`);
}

function checkAtNetwork(checked: Checked, { name, platform }: Account) {
  const { document, places, platforms, report, verdicts } = checked;
  const network = platforms[platform];
  if (!network?.measure) return;
  const { parts } = outgoingFor(document, name, platform, network);
  if (network.media?.required && parts[0]?.media.length === 0)
    report(
      'media-needed',
      places.front('targets'),
      `${name} takes no post without an image or a video`,
      'media with the first part',
    );
  parts.forEach((part, index) => checkCounts(checked, name, network, part, index));
  for (const entry of document.media) {
    const line = places.front('media', document.media.indexOf(entry));
    checkAlt(checked, name, network, entry, line);
    const verdict = network.media && verdicts(platform, entry.file);
    if (verdict === undefined) continue;
    if ('unfit' in verdict) {
      const { message, expected } = verdict.unfit;
      report(
        'media-does-not-fit',
        line,
        `${entry.file} cannot go to ${name}: it ${message}`,
        expected,
      );
      continue;
    }
    if (verdict.notes.includes('still'))
      report(
        'media-still',
        line,
        `${entry.file} does not move at ${name}: its first picture is shown`,
        'a GIF elsewhere, or a video',
        'warning',
      );
    if (verdict.notes.includes('cropped') && !entry.focus)
      report(
        'media-cropped',
        line,
        `${name} wants another shape: the edges of ${entry.file} are cut off`,
        'focus: 0.5 0.3, from the left and from the top, says what stays',
        'warning',
      );
  }
  const image = document.link?.image;
  const verdict = image === undefined || !network.linkCards ? undefined : verdicts(platform, image);
  if (verdict && 'unfit' in verdict)
    report(
      'media-does-not-fit',
      places.front('link', 'image'),
      `${image ?? ''} cannot go to ${name}: it ${verdict.unfit.message}`,
      verdict.unfit.expected,
    );
}

/** How many files go with one part, of which kinds, and whether its words are short enough to stand below them. */
function checkCounts(
  { document, places, report, verdicts }: Checked,
  name: string,
  network: Platform,
  { media, text, of }: PlannedPart,
  index: number,
) {
  if (media.length === 0) return;
  const { media: takes, title } = network;
  const lineOf = (entry: MediaEntry) => places.front('media', document.media.indexOf(entry));
  const part = `part ${String(index + 1)}`;
  const videos = media.filter(({ file }) => isVideoFile(file));
  const tooMany = (entries: readonly MediaEntry[], most: number, what: string) => {
    const extra = entries[most];
    if (!extra) return;
    const message = `${part} has ${String(entries.length)} ${what} for ${name}`;
    report(
      'media-too-many',
      lineOf(extra),
      message,
      most === 0 ? 'none' : `${String(most)} at most`,
    );
  };
  tooMany(media, takes?.count ?? 0, videos.length === 0 ? 'images' : 'files');
  if (videos.length > 0 && takes) tooMany(videos, takes.video?.count ?? 0, 'videos');
  const [video] = videos;
  if (video && videos.length < media.length && !takes?.mixed)
    report(
      'media-mixed',
      lineOf(video),
      `${part} has images and a video for ${name}`,
      `images or a video: ${title} shows them apart`,
    );
  const moving = media.find(({ file }) => {
    const verdict = takes?.animated && verdicts(network.name, file);
    return verdict && 'notes' in verdict && verdict.notes.includes('moving');
  });
  if (moving && media.length > 1)
    report(
      'media-mixed',
      lineOf(moving),
      `${part} has other files beside a GIF that moves for ${name}`,
      `the GIF alone: so does ${title} show it`,
    );
  const measured = takes?.caption === undefined ? undefined : network.measure?.(text);
  if (
    takes?.caption === undefined ||
    !measured ||
    measured.length <= takes.caption ||
    !measured.fits
  )
    return;
  const variant = chosenVariant(document);
  const own = [name, network.name].find((each) => Object.hasOwn(variant?.overrides ?? {}, each));
  const message = `${part} has ${String(measured.length)} ${measured.unit} for ${name}, where files are with it`;
  report(
    'text-too-long',
    places.part(variant?.name ?? '', own, of),
    message,
    `at most ${String(takes.caption)} with files`,
  );
}

function checkAlt(
  { report }: Checked,
  name: string,
  { media }: Platform,
  { file, alt }: MediaEntry,
  line: number,
) {
  const most = media?.altLength ?? 0;
  const length = Array.from(alt).length;
  // Where there is none (0) it is left out.
  if (most === 0 || length <= most) return;
  report(
    'alt-too-long',
    line,
    `the alt text of ${file} has ${String(length)} characters for ${name}`,
    `at most ${String(most)}`,
  );
}

const isVideoFile = (file: string) => isVideo(mediaType(file) ?? '');

export function accountsOf({ document, profile }: Pick<Checked, 'document' | 'profile'>) {
  return profile.accounts.filter(({ name }) => document.targets.includes(name));
}
