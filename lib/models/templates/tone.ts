export type Tone = 'plain' | 'warm';

/** How a voice sounds, judged by the words that describe it; sober when nothing says otherwise. */
export function toneOf(voice: string): Tone {
  if (/\b(no hype|calm|sober|plain|neutral|factual|precise|formal|dry)\b/i.test(voice))
    return 'plain';
  return /\b(playful|friendly|warm|casual|lively|fun|cheerful|humou?r|upbeat)\b/i.test(voice)
    ? 'warm'
    : 'plain';
}

/** What the templates say around the facts, by tone. Nothing here claims more than the facts do. */
export const phrases = {
  rising: { plain: 'is getting a lot of attention', warm: 'is all over the feeds' },
  quote: { plain: 'One post says:', warm: 'One post puts it like this:' },
  another: { plain: 'Another post:', warm: 'And another one:' },
  asks: { plain: 'What do you make of it?', warm: 'How do you see it?' },
} as const satisfies Record<string, Record<Tone, string>>;

const expansions: readonly (readonly [short: string, long: string])[] = [
  ["can't", 'cannot'],
  ["won't", 'will not'],
  ["don't", 'do not'],
  ["doesn't", 'does not'],
  ["didn't", 'did not'],
  ["isn't", 'is not'],
  ["aren't", 'are not'],
  ["wasn't", 'was not'],
  ["weren't", 'were not'],
  ["hasn't", 'has not'],
  ["haven't", 'have not'],
  ["couldn't", 'could not'],
  ["wouldn't", 'would not'],
  ["shouldn't", 'should not'],
  ["it's", 'it is'],
  ["that's", 'that is'],
  ["what's", 'what is'],
  ["there's", 'there is'],
  ["we're", 'we are'],
  ["you're", 'you are'],
  ["they're", 'they are'],
  ["we've", 'we have'],
  ["we'll", 'we will'],
  ["i'm", 'I am'],
];

/** Contractions written out, emoji taken out, shouting made quiet. */
export function makeFormal(text: string): string {
  const written = swap(text, expansions);
  return withoutEmoji(written).replace(/!+(?=\s|$)/g, '.');
}

/** What may be contracted is. */
export function makeCasual(text: string): string {
  return swap(
    text,
    expansions.map(([short, long]) => [long, short.replace("'", '’')]),
  );
}

export function withoutEmoji(text: string): string {
  return text.replace(/[ \t]*\p{RGI_Emoji}/gv, '').replace(/^[ \t]+/gm, '');
}

/** Whole words for others; a capital at the beginning stays. */
function swap(text: string, pairs: readonly (readonly [string, string])[]): string {
  return pairs.reduce((now, [from, to]) => {
    const pattern = from.replace("'", "['’]").replaceAll(' ', '\\s+');
    return now.replace(new RegExp(`\\b${pattern}\\b`, 'gi'), (found) =>
      /^\p{Lu}/u.test(found) ? to.charAt(0).toUpperCase() + to.slice(1) : to,
    );
  }, text);
}
