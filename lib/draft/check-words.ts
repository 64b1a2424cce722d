import type { Checked } from './check.ts';
import type { Variant } from './document.ts';
import { chosenVariant, partsFor } from './outgoing.ts';
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
    const parts = partsFor(variant, target, account.platform);
    const override = [target, account.platform].find((name) =>
      Object.hasOwn(variant.overrides, name),
    );
    parts.forEach((text, index) => {
      const { length = 0, limit = 0, unit, fits } = platform.measure?.(text) ?? {};
      if (fits !== false) return;
      const line = places.part(variant.name, override, index);
      const what = parts.length > 1 ? `part ${String(index + 1)} of ${variant.name}` : variant.name;
      const message = `${what} has ${String(length)} ${unit ?? ''} for ${target}, ${String(length - limit)} too many`;
      // Two accounts on one network say the same thing once.
      const key = `${String(line)} ${account.platform}`;
      if (seen.has(key)) return;
      seen.add(key);
      const ways =
        override === undefined ? `, words of its own below ### ${target}, or --- to split it` : '';
      report('text-too-long', line, message, `at most ${String(limit)}${ways}`, severity);
    });
  }
}
