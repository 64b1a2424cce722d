import { joinWords, withoutS, type Word } from './words.ts';

/** What a form weighs that everything takes in its place: at the beginning of a sentence, in a Headline Like This. */
const uncertain = 0.05;
/** What a form with a capital weighs against one without: many leave it out of names, few put it on other words. */
const name = 2;
/** Share of a text's longer words with a capital from which it is a headline (or shouts). */
const headline = 0.6;

export interface Writing {
  /** As a hashtag, or whatever sign it mostly has. */
  tag?: boolean;
  /** Whether it begins a name, with a capital; otherwise so. */
  opened?: boolean;
}

/**
 * Words as most texts write them, joined by blanks: `Hurricane Sandy`, `iPhone 5`, `#EndSARS`. Where all
 * is written with capitals a capital says nothing. The first letter is a capital unless the word has one inside.
 */
export function shownAs(
  keys: readonly string[],
  texts: readonly (readonly Word[])[],
  { tag = false, opened = true }: Writing = {},
): string {
  const forms = keys.map(() => new Map<string, number>());
  for (const words of texts) {
    const loud = isHeadline(words);
    for (const { key, shown, opens } of words) {
      const at = keys.indexOf(key);
      const form = forms[at];
      if (form === undefined) continue;
      const signed = /^[#$]/.test(shown);
      if (tag && !signed) continue;
      // "Father's Day", but "Sandy" of "Sandy's".
      const word = at === keys.length - 1 ? withoutS(shown) : shown;
      const bare = tag ? word : word.replace(/^[#$]/, '');
      const weight = /^#?\p{Lu}.*\p{Ll}/u.test(bare) ? name : 1;
      const sure = loud || opens || (signed && !tag) ? uncertain : 1;
      form.set(bare, (form.get(bare) ?? 0) + weight * sure);
    }
  }
  const shown = forms.map((form, index) => {
    const [best] = [...form].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
    return best?.[0] ?? `${tag ? '#' : ''}${keys[index] ?? ''}`;
  });
  const written = joinWords(shown);
  return opened ? capital(written) : written;
}

/** `hurricane sandy` -> `Hurricane sandy`; `iPhone 5` stays. */
function capital(name: string): string {
  const [first = ''] = name.split(' ');
  if (first !== first.toLowerCase()) return name;
  const [letter = ''] = name;
  return letter.toUpperCase() + name.slice(letter.length);
}

function isHeadline(words: readonly Word[]): boolean {
  const long = words.filter(({ shown }) => shown.length > 3);
  const high = long.filter(({ shown }) => /^[#$]?\p{Lu}/u.test(shown));
  return long.length > 2 && high.length >= headline * long.length;
}
