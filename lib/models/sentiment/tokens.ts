import { decode } from './plain.ts';

/** What one token of a post is, for reading its mood. */
export interface Token {
  kind: 'word' | 'tag' | 'emoticon' | 'emoji' | 'mark' | 'number' | 'mention' | 'link' | 'cash';
  /** Lower case; letters repeated three times or more are cut to two; links and mentions are all the same. */
  text: string;
  /** Written in capitals alone, at least two. */
  shouted: boolean;
  /** A letter stood three times or more in a row: `soooo`. */
  drawn: boolean;
  /** Stands behind a negation and before the next mark that ends a clause (Pang, Lee & Vaithyanathan 2002). */
  negated: boolean;
}

/** Order matters: what comes first wins. */
const patterns: readonly (readonly [Token['kind'], string])[] = [
  ['link', String.raw`https?://\S+|www\.\S+`],
  ['mention', String.raw`(?<![\p{L}\p{N}_])@[\p{L}\p{N}_]+`],
  ['tag', String.raw`#[\p{L}\p{N}_]+`],
  ['cash', String.raw`\$[A-Za-z]{1,8}\b`],
  [
    'emoticon',
    // Eyes, perhaps a nose, a mouth; the same turned round; hearts; faces that look straight ahead.
    String.raw`[>}]?[:;=8][-o^'*]?[)(\][/\\|}{@*]+|[>}]?[:;=xX][-o^'*]?[dDpPoOsScC3](?![\p{L}\p{N}])|` +
      String.raw`[)(\][dD]{1,4}[-o^'*]?[:;=](?![\p{L}\p{N}])|<{1,4}/?3{1,8}|\^[_.-]?\^|[-=~][_.]{1,4}[-=~]|[oOTtxX>][_.]{1,4}[oOTtxX<](?![\p{L}\p{N}])`,
  ],
  [
    'emoji',
    String.raw`(?:\p{Extended_Pictographic}|\p{Regional_Indicator}{2})[\u{FE0F}\u{1F3FB}-\u{1F3FF}]*` +
      String.raw`(?:\u{200D}\p{Extended_Pictographic}[\u{FE0F}\u{1F3FB}-\u{1F3FF}]*)*`,
  ],
  ['word', String.raw`[\p{L}\p{M}]+(?:['’-][\p{L}\p{M}]+)*`],
  ['number', String.raw`\p{N}+(?:[.,:/]\p{N}+)*%?`],
  ['mark', String.raw`[!?]+|\.{2,}|…|[^\s\p{L}\p{N}]`],
];
const pattern = new RegExp(patterns.map(([, source]) => `(${source})`).join('|'), 'gu');

const negations =
  /^(?:no|not|never|none|nobody|nothing|nowhere|neither|nor|without|hardly|barely|scarcely|cannot|cant|dont|wont|isnt|aint|didnt|doesnt|wasnt|arent|couldnt|shouldnt|wouldnt|havent|hasnt|hadnt|.+n't)$/;
const clauseEnds = /^(?:[!?]+|\.+|…|[,;:)(\][–—|"])$/;
const drawnOut = /(\p{L})\1{2,}/gu;

/** The tokens of a post, in order; hashtags stand as they are written and once more as the words they are made of. Pure. */
export function tokensOf(raw: string): readonly Token[] {
  const text = decode(raw);
  const tokens: Token[] = [];
  let negated = false;
  const add = (kind: Token['kind'], raw: string) => {
    const lower = raw.toLowerCase().replaceAll('’', "'");
    const short = kind === 'word' || kind === 'tag' ? lower.replace(drawnOut, '$1$1') : lower;
    const shouted = kind === 'word' && raw.length > 1 && raw !== lower && raw === raw.toUpperCase();
    tokens.push({ kind, text: short, shouted, drawn: short !== lower, negated });
    if (kind === 'word' && negations.test(short)) negated = true;
    if (kind === 'emoticon' || (kind === 'mark' && clauseEnds.test(short))) negated = false;
  };
  for (const match of text.matchAll(pattern)) {
    const at = match.findIndex((group, index) => index > 0 && (group as unknown) !== undefined) - 1;
    const [kind] = patterns[at] ?? ['mark' as const];
    if (kind === 'link') add(kind, 'http');
    else if (kind === 'mention') add(kind, '@user');
    else add(kind, match[0]);
    if (kind === 'tag') for (const word of wordsOfTag(match[0])) add('word', word);
  }
  return tokens;
}

/** `#LoveThisGame` is `Love`, `This`, `Game`; `#rip_off` is `rip`, `off`; what gives no hint is one word. */
function wordsOfTag(tag: string): readonly string[] {
  return tag
    .slice(1)
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
    .split(/[_\s\d]+/u)
    .filter((word) => /\p{L}/u.test(word));
}
