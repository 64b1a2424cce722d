import type { Rarity } from './collection.ts';
import { commonWords, type Tokens } from './tokens.ts';

const personal = new Set(
  'i me my im u lol we our us omg haha hahaha lmao ya gonna wanna smh'.split(' '),
);
/** Common words of other languages than English that are not English words too. */
const foreign = new Set(
  `que de la el di yg da em un en los las por con para uma na no e é se mi te le les des et est une du pas il je der die und das
  ist ich nicht ein den mit von het een van dan ini itu ada aku lo gue y o os del al su si`.match(
    /\S+/g,
  ),
);

/**
 * What a post looks like, whatever it is about: news is longer and impersonal, chat is short. After the quality
 * features of the TREC Microblog track (Duan et al. 2010; Massoudi et al. 2011). Shares are of its words.
 */
export function qualityOf(text: string, tokens: Tokens, said: ReadonlySet<string>, rarity: Rarity) {
  const { words } = tokens;
  const n = words.length || 1;
  const share = (set: ReadonlySet<string>) => words.filter((word) => set.has(word)).length / n;
  const has = (pattern: RegExp) => Number(pattern.test(text));
  const count = (pattern: RegExp) => text.match(pattern)?.length ?? 0;
  const others = tokens.stems.filter((stem) => !said.has(stem));
  const length = Math.log(1 + n);
  const chat = share(personal);
  return {
    length,
    lengthSquared: length * length,
    repost: has(/^rt\b/i),
    mentions: has(/(^|\s)@/),
    hashtags: count(/#+/g),
    personal: chat,
    anyPersonal: Number(chat > 0),
    foreign: share(foreign),
    common: share(commonWords),
    /** How rare the words are that the query does not name. */
    rarity: others.reduce((sum, stem) => sum + rarity.idf(stem), 0) / (others.length || 1),
    headline: has(/ : | - |\|/),
    gap: has(/ {2}/),
    cut: has(/\.\.\.|…/),
    digits: has(/\d/),
    beyondAscii: has(/[^\p{ASCII}]/u),
    letters: words.filter((word) => /^[a-z]+$/.test(word)).length / n,
    wordLength: words.reduce((sum, word) => sum + word.length, 0) / n,
    via: has(/\bvia\b/i),
    quotes: has(/``|"|“/),
    signs: count(/[^\w\s]/g) / (text.length || 1),
    repeats: 1 - tokens.counts.size / (tokens.stems.length || 1),
    capitals: has(/[A-Z]{2}/),
  };
}
