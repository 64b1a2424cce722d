import type { Signal } from './signal.ts';

/** The language of a text as BCP 47, or undefined where that is not sure. */
export type DetectLanguage = (text: string) => string | undefined;

/** Letters: what is shorter is a name or an exclamation and could be of many languages. */
const fewest = 12;
/** How far the best language has to be ahead of the next, as ELD scores them from 0 to 1. */
const ahead = 0.015;

let loaded: Promise<DetectLanguage> | undefined;

/**
 * Loads what detects languages (ELD, 60 of them; Indonesian comes as `ms`). Takes about half a second and 60 MB once,
 * then some 30 microseconds a text: so it is loaded when asked for, and asked about posts that matter (evidence, candidates,
 * what a sentiment is wanted of), never about all that are counted.
 */
export function loadLanguages(): Promise<DetectLanguage> {
  loaded ??= import('eld/small').then(({ eld }) => {
    const detector = eld.newInstance();
    return (text) => {
      const words = wordsOf(text);
      if ((words.match(/\p{L}/gu)?.length ?? 0) < (isDense(words) ? fewest / 3 : fewest))
        return undefined;
      const found = detector.detect(words);
      if (found.language === '' || !found.isReliable()) return undefined;
      const [best = 0, next = 0] = Object.values(found.getScores()).sort((a, b) => b - a);
      return best - next >= ahead ? found.language : undefined;
    };
  });
  return loaded;
}

/** What the source says, else what the text shows; `zh` of `zh-Hant`. */
export function languageOf(
  { language, text }: Pick<Signal, 'language' | 'text'>,
  detect: DetectLanguage,
): string | undefined {
  const said = language?.split(/[-_]/, 1)[0]?.toLowerCase();
  // `und`, `zxx` and the like say that it is not known.
  return said !== undefined && /^[a-z]{2}$/.test(said) ? said : detect(text);
}

/** A text without what belongs to no language. */
function wordsOf(text: string): string {
  return text
    .replace(/https?:\/\/\S+|[@＠#＃$][\p{L}\p{N}_.-]+|\b(?:RT|MT|via)\b/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

const isDense = (text: string) =>
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]/u.test(
    text,
  );
