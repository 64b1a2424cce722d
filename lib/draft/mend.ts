import { putTogether, sentencesOf, takeApart } from '../models/templates/cut.ts';
import { escapeMarkup, parseMarkup } from '../platforms/markup.ts';
import type { Account, Platform } from '../platforms/platform.ts';
import type { Profile } from '../store/profile.ts';
import type { Variant } from './document.ts';
import { harmlessText } from './harmless.ts';
import { partsFor } from './outgoing.ts';
import { shorten, withoutStrays } from './shorten.ts';
import { anyTag, bannedIn, hashtagsIn, urlsIn } from './words.ts';

export interface Frame {
  profile: Profile;
  /** Accounts the post goes to. */
  targets: readonly Account[];
  platforms: Readonly<Record<string, Platform>>;
}

/**
 * A machine's words made to pass the check, whatever they are: harmless, within the brand's hashtags, without banned
 * words, and short enough for every target. Words that are too long for some networks only get an override there.
 * `allowed` is text that may be repeated as it is, mentions included.
 */
export function mendVariant(variant: Variant, frame: Frame, allowed = ''): Variant {
  const { profile, targets } = frame;
  const clean = (parts: readonly string[]) => {
    const harmless = parts.map((part) =>
      withoutStrays(withoutBanned(harmlessText(part, allowed), profile)),
    );
    const left = harmless.filter((part) => part !== '');
    return withinHashtags(left, profile.brand.hashtags);
  };
  const fits = targets.map((target) => ({ target, fits: fitsOn(target, frame) }));
  const names = new Set(targets.flatMap(({ name, platform }) => [name, platform]));
  const overrides = Object.fromEntries(
    Object.entries(variant.overrides)
      .filter(([name]) => names.has(name))
      .map(([name, parts]) => [name, clean(parts)] as const)
      .filter(([, parts]) => parts.length > 0),
  );
  const whole = clean(variant.parts);
  const roomy = fits.filter(({ target: { name, platform } }) => {
    const own = [name, platform].some((each) => Object.hasOwn(overrides, each));
    return !own;
  });
  // Only what no target could take is cut for all.
  const anyFits = (part: string) =>
    roomy.length === 0 || roomy.some(({ fits: each }) => each(part));
  const parts = whole.map((part) => shorten(part, anyFits));
  const mended = { name: variant.name, parts, overrides };
  return fits.reduce<Variant>((now, { target, fits: each }) => {
    const words = partsFor(now, target.name, target.platform);
    if (words.every(each)) return now;
    const cut = words.map((part) => shorten(part, each)).filter((part) => part !== '');
    return { ...now, overrides: { ...now.overrides, [target.name]: cut } };
  }, mended);
}

/** Whether a text is short enough for an account, as its network counts. */
export function fitsOn({ platform }: Account, { platforms }: Frame): (text: string) => boolean {
  return (text) => platforms[platform]?.measure?.(text).fits ?? true;
}

/** Hashtags beyond the first `most` of a post lose their `#`; those that stand behind the words go. */
function withinHashtags(parts: readonly string[], most: number): string[] {
  let left = most;
  return parts.map((part) => {
    const tags = hashtagsIn(part);
    if (tags.length <= left) {
      left -= tags.length;
      return part;
    }
    let seen = 0;
    const allowed = left;
    left = 0;
    const bare = part.replace(anyTag, (tag) => (seen++ < allowed ? tag : tag.slice(1)));
    const last = bare.split('\n').at(-1) ?? '';
    const was = part.split('\n').at(-1) ?? '';
    // A line of nothing but hashtags would be left as a heap of words.
    if (last === was || was.replace(anyTag, '').trim() !== '') return bare;
    const some = was.match(anyTag)?.filter((tag) => last.includes(tag)) ?? [];
    return [...bare.split('\n').slice(0, -1), some.join(' ')].join('\n').trimEnd();
  });
}

/** Sentences with a banned word go; if nothing is left, the words alone. */
function withoutBanned(text: string, { brand: { banned } }: Profile): string {
  if (bannedIn(text, banned).length === 0) return text;
  const paragraphs = text.split('\n').map((line) =>
    sentencesOf(line)
      .filter((sentence) => bannedIn(sentence, banned).length === 0)
      .join(''),
  );
  const rest = paragraphs
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
  if (/\p{L}{3}/u.test(rest.replace(/https?:\S+|[#＃]\S+/g, ''))) return rest;
  return removeWords(text, banned);
}

function removeWords(text: string, banned: readonly string[]): string {
  const found = bannedIn(text, banned)[0];
  if (!found) return text.replace(/[ \t]{2,}/g, ' ').trim();
  const pattern = new RegExp(found.match.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'), 'giu');
  const without = text.replace(pattern, '');
  // Marks stand between its letters.
  if (without === text) return removeWords(escapeMarkup(parseMarkup(text).plain), banned);
  return removeWords(without, banned);
}

/** The source's link stays with what is said from it. */
export function withLink(
  parts: readonly string[],
  urls: readonly string[],
  link: string | undefined,
): readonly string[] {
  const there = parts.some((part) => urlsIn(part).some((url) => urls.includes(url)));
  if (link === undefined || there) return parts;
  return parts.map((part, index) => {
    if (index < parts.length - 1) return part;
    const { words, links, tags } = takeApart(part);
    return putTogether(words, [...links, link], tags);
  });
}
