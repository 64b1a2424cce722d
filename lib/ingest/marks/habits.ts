import type { Said } from '../near/words.ts';
import type { Mark, Signal } from '../signal.ts';

/** Posts of one template until it shows: of one author, and where authors are not known. */
const enough = 4;
const enoughUnknown = 6;
/** Fewer words than this are no template. */
const fewestWords = 4;
/** A rhythm is as many equal pauses in a row, each of at least a minute, equal to 2 s or 1 %. */
const beats = 4;
const shortestPause = 60_000;

const places = 2 ** 14;

/**
 * What shows only over many posts: the same words again and again with other numbers (prices, weather, check-ins) or sent
 * to other names, and posting at regular intervals. Memory is fixed: 16,384 templates and as many authors; a newer one
 * takes the place of an older. Takes about as long as two look-ups.
 */
export function createHabits() {
  const templates = new Int32Array(places);
  const times = new Uint8Array(places);
  const authors = new Int32Array(places);
  const last = new Float64Array(places);
  const pauses = new Float64Array(places);
  const beat = new Uint8Array(places);

  /** How often a template was seen, this time included. */
  const seen = (template: number): number => {
    const place = (template >>> 7) & (places - 1);
    if (templates[place] !== template) {
      templates[place] = template;
      times[place] = 0;
    }
    return (times[place] = Math.min(255, (times[place] ?? 0) + 1));
  };

  const isRegular = (author: number, at: number): boolean => {
    const place = (author >>> 7) & (places - 1);
    const before = authors[place] === author ? (last[place] ?? at) : at;
    // Some sources give the newest first.
    const pause = Math.abs(at - before);
    const known = authors[place] === author ? (pauses[place] ?? 0) : 0;
    const even = pause >= shortestPause && Math.abs(pause - known) <= Math.max(2000, known / 100);
    beat[place] = even ? Math.min(255, (beat[place] ?? 0) + 1) : 0;
    authors[place] = author;
    last[place] = at;
    pauses[place] = pause;
    return (beat[place] ?? 0) >= beats;
  };

  return {
    /** Marks for a post that is no exact copy; each is to be shown once. */
    note(
      { author, at, text }: Pick<Signal, 'author' | 'at' | 'text'>,
      said: Said,
    ): Mark | undefined {
      const who = author === undefined ? 0 : hash(author);
      const regular = author !== undefined && isRegular(who, at);
      // A name in front is who it is sent to; one at the end is mostly who said it first.
      const sent = said.mentions > 0 && text.startsWith('@');
      if (said.count >= fewestWords && (said.numbers !== 0 || sent)) {
        const often = seen(Math.imul(said.template ^ who, 0x85ebca6b) | 1);
        const many = often >= (author === undefined ? enoughUnknown : enough);
        if (many) return said.numbers === 0 ? 'spam' : 'automated';
      }
      return regular ? 'automated' : undefined;
    },
  };
}
export type Habits = ReturnType<typeof createHabits>;

function hash(text: string): number {
  let value = 0x811c9dc5 | 0;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  return Math.imul(value ^ (value >>> 15), 0x85ebca6b);
}
