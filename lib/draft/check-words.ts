import type { Platform } from '../platforms/platform.ts';
import type { Checked } from './check.ts';
import type { PostDocument, Variant } from './document.ts';
import { chosenVariant, partsFor, threadOf } from './outgoing.ts';
import { bannedIn, hashtagsIn } from './words.ts';

/** Length, emptiness, banned words and hashtags of everything a target would be sent, and of the variants beside. */
export function checkWords(checked: Checked): void {
  const { document } = checked;
  const chosen = chosenVariant(document);
  for (const variant of document.variants) {
    const sections = [undefined, ...Object.keys(variant.overrides)];
    for (const override of sections) checkSection(checked, variant, override);
    // What does not go out may be unfinished: people choose another variant when it is right.
    checkLengths(checked, variant, variant === chosen ? 'error' : 'warning');
  }
}

function checkSection(
  { places, profile, report }: Checked,
  variant: Variant,
  override: string | undefined,
) {
  const parts = override === undefined ? variant.parts : (variant.overrides[override] ?? []);
  const where = override === undefined ? variant.name : `${variant.name}, ${override}`;
  const lineOf = (index: number) => places.part(variant.name, override, index);
  parts.forEach((text, index) => {
    if (text.trim() === '') {
      const message = `part ${String(index + 1)} of ${where} is empty`;
      report('text-empty', lineOf(index), message, 'some text, or one --- less');
    }
    for (const { word, line } of bannedIn(text, profile.brand.banned))
      report('banned-word', lineOf(index) + line, `the brand bans "${word}"`, 'other words');
  });
  const tags = parts.flatMap((text, part) => hashtagsIn(text).map((tag) => ({ ...tag, part })));
  const most = profile.brand.hashtags;
  const first = tags[most];
  if (first)
    report(
      'hashtags',
      lineOf(first.part) + first.line,
      `${where} has ${String(tags.length)} hashtags, from ${first.tag} on too many`,
      most === 0 ? 'no hashtags' : `${String(most)} at most`,
    );
}

/** As each network counts them, with the words that network would get. */
function checkLengths(
  { document, places, profile, platforms, report }: Checked,
  variant: Variant,
  severity: 'error' | 'warning',
) {
  const seen = new Set<string>();
  for (const target of new Set(document.targets)) {
    const account = profile.accounts.find(({ name }) => name === target);
    const platform = platforms[account?.platform ?? ''];
    if (!account || !platform?.measure) continue;
    const texts = partsFor(variant, target, account.platform);
    const { parts, tooLong } = threadOf(document, texts, platform);
    const override = [target, account.platform].find((name) =>
      Object.hasOwn(variant.overrides, name),
    );
    parts.forEach(({ text, of }) => {
      const { length = 0, limit = 0, unit, fits } = platform.measure?.(text) ?? {};
      if (fits !== false) return;
      const line = places.part(variant.name, override, of);
      const what = texts.length > 1 ? `part ${String(of + 1)} of ${variant.name}` : variant.name;
      const message = tooLong.includes(text)
        ? `${what} cannot be split: “${text}” alone has ${String(length)} ${unit ?? ''} for ${target}`
        : `${what} has ${String(length)} ${unit ?? ''} for ${target}, ${String(length - limit)} too many`;
      // Two accounts on one network say the same thing once.
      const key = `${String(line)} ${account.platform}`;
      if (seen.has(key)) return;
      seen.add(key);
      const own = override === undefined ? `, words of its own below ### ${target}` : '';
      const ways = own + waysToSplit(document, texts, platform);
      report('text-too-long', line, message, `at most ${String(limit)}${ways}`, severity);
    });
  }
}

/** What can be done about words that are too long for a network with threads. */
function waysToSplit(
  { split, language }: PostDocument,
  texts: readonly string[],
  network: Platform,
): string {
  if (network.parts === undefined) return '';
  const about = { split: true as const, ...(language !== undefined && { language }) };
  const { parts, tooLong } = threadOf(about, texts, network);
  const helps = split === undefined && network.parts.as === 'thread' && tooLong.length === 0;
  if (!helps) return ', or --- to split it';
  return `, --- to split it, or split: true at the top for a thread of ${String(parts.length)}`;
}
