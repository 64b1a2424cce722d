import type { Platform } from '../platforms/platform.ts';
import { oneOf } from '../store/nearest.ts';
import type { Checked } from './check.ts';
import { accountsOf } from './check-media.ts';
import { checkPoll } from './check-poll.ts';
import type { LinkEntry } from './document.ts';
import { outgoingFor } from './outgoing.ts';
import { urlsIn } from './words.ts';

/** Title, reply, poll, link card and number of parts, as each network takes them. */
export function checkExtras(checked: Checked): void {
  const { document, places, platforms, report } = checked;
  checkReply(checked);
  for (const { name, platform } of accountsOf(checked)) {
    const network = platforms[platform];
    if (!network?.measure) continue;
    const planned = outgoingFor(document, name, platform, network);
    checkTitle(checked, name, network);
    checkNumber(checked, name, network, planned.parts.length);
    for (const part of planned.parts) {
      if (part.poll) checkPoll(checked, name, network, part);
      if (part.link) checkLink(checked, name, network, part.link, part.text);
    }
  }
  const { title, targets } = document;
  const titled = accountsOf(checked).some(({ platform }) => platforms[platform]?.headline);
  if (title !== undefined && !titled && targets.length > 0)
    report(
      'title',
      places.front('title'),
      'nobody will read the title: no network this goes to has one',
      'the title as words of the text',
      'warning',
    );
}

/** An address names a post at one network. */
function checkReply({ document, places, profile, report }: Checked) {
  const { reply, targets } = document;
  if (reply === undefined) return;
  if (typeof reply === 'string') {
    if (new Set(targets).size > 1)
      report(
        'reply',
        places.front('reply'),
        'a post at one network is answered, and there are several targets',
        'one target, or a line `account: address` for each below reply:',
      );
    return;
  }
  const known = profile.accounts.flatMap(({ name, platform }) => [name, platform]);
  for (const name of Object.keys(reply))
    if (!known.includes(name))
      report(
        'reply',
        places.front('reply', name),
        `"${name}" is no account or network of ${profile.name}`,
        oneOf(name, [...new Set(known)]),
      );
}

function checkTitle({ document, places, report }: Checked, name: string, { headline }: Platform) {
  if (!headline) return;
  const { title } = document;
  const line = places.front('title');
  if (title === undefined) {
    if (headline.required)
      report(
        'title',
        line,
        `${name} takes no post without a title`,
        `title: at most ${String(headline.limit)} ${headline.unit}`,
      );
    return;
  }
  const length = lengthOf(title, headline.unit);
  if (length > headline.limit)
    report(
      'title',
      line,
      `the title has ${String(length)} ${headline.unit} for ${name}`,
      `at most ${String(headline.limit)}`,
    );
}

function lengthOf(text: string, unit: string): number {
  if (/byte/i.test(unit)) return Buffer.byteLength(text);
  return /utf-?16/i.test(unit) ? text.length : Array.from(text).length;
}

function checkNumber(
  { places, report }: Checked,
  name: string,
  { parts: takes, title }: Platform,
  parts: number,
) {
  const most = takes ? (takes.most ?? Infinity) : 1;
  if (parts <= most) return;
  const what = takes ? `${String(most)} parts at most` : 'one part';
  report(
    'parts-too-many',
    places.front('targets'),
    `the post has ${String(parts)} parts for ${name}`,
    `${what}: ${title} has no more; or words of its own below ### ${name}`,
  );
}

/** Where a link has no card it must be in the words, or nobody would see it. */
function checkLink(
  { places, report }: Checked,
  name: string,
  { linkCards, title }: Platform,
  { url }: LinkEntry,
  text: string,
) {
  if (linkCards || text.includes(url) || urlsIn(text).includes(url)) return;
  report(
    'link',
    places.front('link'),
    `${title} shows no card of its own for a link (${name})`,
    `the address in the text too`,
  );
}
