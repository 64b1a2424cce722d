import { Weight, weightOf } from './stopwords.ts';
import {
  apostrophe,
  characterBits,
  characterMask,
  Class,
  entryOf,
  entryOfPair,
  widthOf,
} from './characters.ts';
import { findEntities, type TextEntity } from './entities.ts';
import { finish, finishLow, foldInto, pair } from './hash.ts';
import { seedHigh, seedLow, stepHigh, stepLow } from './hash.ts';
import { Kind } from './kinds.ts';
import { createTerms, mostTerms, type Terms } from './list.ts';
import { entityEnd, isCandidate, nameEnd, runStart } from './places.ts';
import { putEntity, putGiven } from './put.ts';
import { unspacedEnd, wordEnds } from './segment.ts';

export { Kind } from './kinds.ts';
export type { Terms } from './list.ts';
export { writeTerm } from './write.ts';

/**
 * Finds the terms of a text and those its network gave with it, tags and links; two-word phrases only when asked. A term that
 * stands in the text twice comes twice; a tag or link that was given is not found again in the text.
 */
export type Scan = (
  text: string,
  tags: readonly string[],
  phrases?: boolean,
  links?: readonly string[],
) => Terms;

/** Classes a word is made of where blanks part words, and all of them. */
const spaced = Class.letter | Class.syllable | Class.digit;
const inWord = spaced | Class.dense;
/** Entries of letters and digits of the first plane that are nothing else lie between these. */
const plainFrom = Class.letter << characterBits;
const plainTo = ((Class.digit << characterBits) | 0xffff) + 1;

/**
 * Finds hashtags, cashtags, mentions and links as twitter-text does; words, which are runs of letters and digits (or what a
 * dictionary tells apart where a script puts no blanks) without stop words and plain numbers; and phrases, which are two
 * such words with only a blank between, the second of which may be a number. What is a hashtag or cashtag is a word as well,
 * and so is a host that somebody names without scheme and path; mentions and other links are not.
 */
export function createScanner(): Scan {
  const terms = createTerms();
  const lanes = { low: 0, high: 0 };

  // One long function: what every character and word needs stays in variables of its own, which doubles its speed.
  return function scan(text, tags, phrases = false, links): Terms {
    const { length } = text;
    const { low: lows, high: highs, start: starts, end: ends, kind: kinds } = terms;
    terms.count = 0;
    putGiven(terms, tags, links);
    const given = terms.count;
    let count = given;
    // What is not read as words, once something looks like it, and where the next of it begins.
    let entities: readonly TextEntity[] | undefined;
    let next = 0;
    let limit = length;
    // Ends of the words in the run without blanks that reaches to `unspaced`, last first.
    let unspaced = 0;
    let stops: number[] = [];
    // The word before, if a phrase may begin with it.
    let before = -1;
    let beforeTelling = false;
    let beforeLow = 0;
    let beforeHigh = 0;

    let at = 0;
    while (at < length) {
      if (at >= limit) {
        const entity = entities?.[next];
        next += 1;
        limit = entities?.[next]?.start ?? length;
        before = -1;
        if (entity === undefined) continue;
        terms.count = count;
        putEntity(terms, given, text, entity);
        count = terms.count;
        at = entityEnd(text, entity, limit);
        continue;
      }

      let entry = entryOf(text.charCodeAt(at));
      let what = entry >> characterBits;
      let width = 1;
      if (what === Class.surrogate) {
        width = widthOf(text, at);
        entry = entryOfPair(text, at);
        what = entry >> characterBits;
      }
      if ((what & inWord) === 0) {
        if (what === Class.mark || what === Class.dot) {
          if (entities === undefined && isCandidate(text, at)) {
            entities = findEntities(text, runStart(text, at));
            limit = entities[0]?.start ?? length;
            if (limit < at) {
              // A link begins before its first dot: what was read of it as words is read again.
              at = 0;
              unspaced = 0;
              before = -1;
              count = given;
            }
            continue;
          }
          if (what === Class.mark) at = nameEnd(text, at, limit);
        }
        if (what !== Class.blank) before = -1;
        at += width;
        continue;
      }

      const start = at;
      let end = at;
      let seen = 0;
      // Characters, silent ones left out.
      let size = 0;
      let low = seedLow;
      let high = seedHigh;
      if (what === Class.dense) {
        if (at >= unspaced) {
          unspaced = unspacedEnd(text, at, limit);
          stops = wordEnds(text, at, unspaced);
        }
        at = end = stops.pop() ?? unspaced;
        seen = Class.dense;
        size = end - start;
        foldInto(lanes, text, start, end);
        low = lanes.low;
        high = lanes.high;
      } else {
        for (;;) {
          // Nearly every character of a word comes this way.
          while (width === 1 && entry >= plainFrom && entry < plainTo) {
            seen |= entry >> characterBits;
            low = stepLow(low, entry & characterMask);
            high = stepHigh(high, entry & characterMask);
            size += 1;
            at += 1;
            end = at;
            if (at >= limit) break;
            entry = entryOf(text.charCodeAt(at));
          }
          if (at >= limit) break;
          what = entry >> characterBits;
          if (what === Class.surrogate) {
            width = widthOf(text, at);
            entry = entryOfPair(text, at);
            what = entry >> characterBits;
          }
          if ((what & spaced) !== 0) {
            seen |= what;
            low = stepLow(low, entry & characterMask);
            high = stepHigh(high, entry & characterMask);
            at += width;
            size += 1;
            end = at;
          } else if (what === Class.joint) {
            // "sandy's" is "sandy"; "can't" is one word.
            const after = at + 1 < limit ? entryOf(text.charCodeAt(at + 1)) : 0;
            if (((after >> characterBits) & Class.letter) === 0) break;
            if ((after & characterMask) === letterS && !isWord(text, at + 2, limit)) {
              at += 2;
              break;
            }
            low = stepLow(low, apostrophe);
            high = stepHigh(high, apostrophe);
            size += 1;
            at += 1;
          } else if (what === Class.silent) at += 1;
          else break;
          if (at >= limit) break;
          width = 1;
          entry = entryOf(text.charCodeAt(at));
        }
      }

      low = finishLow(low, Kind.word);
      high = finish(high, Kind.word);
      // Of single characters only an ideograph is a word.
      const single = size < 2 && (seen !== Class.dense || text.charCodeAt(start) < firstIdeograph);
      const weight = single ? Weight.empty : weightOf(low, high);
      if (weight === Weight.empty) {
        before = -1;
        continue;
      }
      const numeric = seen === Class.digit;
      const telling = weight === Weight.telling && !numeric;
      if (
        telling &&
        (size > 2 || (seen & (Class.dense | Class.syllable)) !== 0) &&
        count < mostTerms
      ) {
        lows[count] = low;
        highs[count] = high;
        starts[count] = start;
        ends[count] = end;
        kinds[count] = Kind.word;
        count += 1;
      }
      if (
        phrases &&
        before !== -1 &&
        (telling || (beforeTelling && !(numeric && end - before < 5))) &&
        count < mostTerms
      ) {
        lows[count] = finishLow(pair(beforeLow, low), Kind.phrase);
        highs[count] = finish(pair(beforeHigh, high), Kind.phrase);
        starts[count] = before;
        ends[count] = end;
        kinds[count] = Kind.phrase;
        count += 1;
      }
      before = numeric ? -1 : start;
      beforeTelling = telling;
      beforeLow = low;
      beforeHigh = high;
    }
    terms.count = count;
    return terms;
  };
}

const letterS = 115;
/** Kana and the letters of South-East Asia come before. */
const firstIdeograph = 0x3100;

function isWord(text: string, at: number, limit: number): boolean {
  if (at >= limit) return false;
  const entry = entryOf(text.charCodeAt(at));
  const what = entry >> characterBits;
  return (
    ((what === Class.surrogate ? entryOfPair(text, at) >> characterBits : what) & spaced) !== 0
  );
}
