import { createRequire } from 'node:module';
import type TwitterText from 'twitter-text';

const require = createRequire(import.meta.url);
let loaded: typeof TwitterText | undefined;

/**
 * X's own reading of a text, version 3 of its rules. Loaded when first used: it takes longer to load than all the rest of
 * what is known without an account, and counting cannot wait.
 */
function twitterText(): typeof TwitterText {
  return (loaded ??= require('twitter-text') as typeof TwitterText);
}

export interface Weighed {
  /** Latin, punctuation: 1; other characters and every emoji: 2; every link: 23. After NFC. */
  length: number;
  /** Whether it may be sent: not empty, not too long, no character that X forbids. */
  valid: boolean;
}

/** Length of a text as X counts it (twitter-text, config v3). */
export function weigh(text: string): Weighed {
  const { weightedLength, valid } = twitterText().parseTweet(text.normalize('NFC'));
  return { length: weightedLength, valid };
}

/** Something X makes a link of; UTF-16 offsets. */
export interface Entity {
  what: 'url' | 'mention' | 'hashtag' | 'cashtag';
  /** Without `@`, `#`, `$`; links as they stand. */
  text: string;
  start: number;
  end: number;
}

/** What X finds in a text, in order; links without `https://` too. */
export function entitiesOf(text: string): readonly Entity[] {
  return twitterText()
    .extractEntitiesWithIndices(text)
    .map((found): Entity => {
      const [start, end] = found.indices;
      const at = { start, end };
      if ('url' in found) return { what: 'url', text: found.url, ...at };
      if ('hashtag' in found) return { what: 'hashtag', text: found.hashtag, ...at };
      if ('cashtag' in found) return { what: 'cashtag', text: found.cashtag, ...at };
      const list = 'listSlug' in found ? found.listSlug : '';
      return { what: 'mention', text: `${found.screenName}${list}`, ...at };
    });
}
