import { cutText, lengthOf, putTogether, sentencesOf, takeApart } from './cut.ts';
import type { RefineFacts } from './facts.ts';
import { makeCasual, makeFormal, phrases, toneOf, withoutEmoji } from './tone.ts';

/** One thing the templates can do. `last`: whether it is the last part of a thread. */
interface Ability {
  name: string;
  asked: RegExp;
  apply: (text: string, facts: RefineFacts, last: boolean) => string;
}

const abilities: readonly Ability[] = [
  {
    name: 'no hashtags',
    asked: /\b(?:no|without|remove|drop|fewer)\s+(?:the\s+|all\s+)?hash ?tags?\b/gi,
    apply: (text) => {
      const { words, links } = takeApart(text);
      return putTogether(words.replace(/[#＃](?=[\p{L}\p{N}_])/gu, ''), links, []);
    },
  },
  {
    name: 'no emoji',
    asked: /\b(?:no|without|remove|drop|fewer)\s+(?:the\s+|all\s+)?(?:emojis?|smileys?)\b/gi,
    apply: withoutEmoji,
  },
  {
    name: 'shorter',
    asked: /\b(?:much\s+)?(?:shorter|shorten|short|briefer|tighter|trim|cut)\b(?:\s+it\b)?/gi,
    apply: shorter,
  },
  { name: 'longer', asked: /\b(?:longer|lengthen|more detail(?:s|ed)?)\b/gi, apply: longer },
  {
    name: 'more formal',
    asked: /\b(?:(?:more|less)\s+)?(?:formal|serious|professional|sober)\b/gi,
    apply: makeFormal,
  },
  {
    name: 'more casual',
    asked: /\b(?:more\s+)?(?:casual|informal|relaxed|friendlier|friendly)\b/gi,
    apply: makeCasual,
  },
  {
    name: 'a question',
    asked: /\b(?:(?:add|with|ask|end with)\s+)?(?:a\s+)?question\b/gi,
    apply: (text, { brand }, last) => {
      const { words, links, tags } = takeApart(text);
      if (!last || words.includes('?')) return text;
      return putTogether(`${words}\n\n${phrases.asks[toneOf(brand.voice)]}`, links, tags);
    },
  },
];

/** Words that ask for nothing by themselves. */
const filler =
  /\b(?:make|it|this|that|the|text|post|please|and|but|a|bit|little|more|also|with|to|be|much|at|end|them)\b/gi;

/**
 * Does what an instruction asks for as far as rules can, and says what they cannot. Changes nothing when it understands
 * nothing.
 */
export function refineFromTemplates(facts: RefineFacts): {
  parts: string[];
  overrides: { target: string; parts: string[] }[];
  note: string;
} {
  const asked = abilities.filter(({ asked: pattern }) => facts.instruction.match(pattern));
  const rest = asked
    .reduce((text, { asked: pattern }) => text.replace(pattern, ' '), facts.instruction)
    .replace(filler, ' ')
    .replace(/[\s.,;:!]+/g, ' ')
    .trim();
  const change = (parts: readonly string[]) =>
    parts.map((part, index) =>
      asked.reduce((text, { apply }) => apply(text, facts, index === parts.length - 1), part),
    );
  const parts = change(facts.parts);
  const overrides = facts.overrides.map(({ target, parts: own }) => ({
    target,
    parts: change(own),
  }));
  const changed = parts.some((part, index) => part !== facts.parts[index]);
  return { parts, overrides, note: noteOn(asked, rest, changed) };
}

function noteOn(asked: readonly Ability[], rest: string, changed: boolean): string {
  const can = `Without a language model I can only do: ${abilities.map(({ name }) => name).join(', ')}.`;
  if (asked.length === 0) return `I changed nothing. ${can}`;
  const did = asked.map(({ name }) => name).join(', ');
  const first = changed ? `Done by rule: ${did}.` : `Nothing left to change for: ${did}.`;
  return rest === '' ? first : `${first} I could not do “${rest}”. ${can}`;
}

/** Two thirds at most, at the end of a sentence where there is one; of a single sentence the hashtags go first. */
function shorter(text: string): string {
  const { words, links, tags } = takeApart(text);
  if (sentencesOf(words).length === 1 && tags.length > 0) return putTogether(words, links, []);
  const limit = Math.max(20, Math.floor((lengthOf(words) * 2) / 3));
  const paragraphs = words.split(/\n{2,}/);
  const most = (part: string) => lengthOf(part) <= limit;
  // A whole paragraph less reads better than half a one.
  const fewer = paragraphs.slice(0, -1).join('\n\n');
  const cut = most(fewer) && lengthOf(fewer) * 3 >= limit ? fewer : cutText(words, most);
  return putTogether(cut || words, links, tags);
}

/** One more post of the evidence: the one whose words the text has least of. */
function longer(text: string, { evidence, brand }: RefineFacts, last: boolean): string {
  if (!last) return text;
  const { words, links, tags } = takeApart(text);
  const there = new Set(wordsIn(words));
  const [more] = evidence
    .map(({ text: each }) => ({ each, known: shareOf(wordsIn(each), there) }))
    .filter(({ known }) => known < 0.8)
    .sort((a, b) => a.known - b.known);
  if (!more) return text;
  const sentence = cutText(sentencesOf(more.each)[0] ?? '', (part) => lengthOf(part) <= 180);
  const intro = phrases.another[toneOf(brand.voice)];
  return putTogether(`${words}\n\n${intro} “${sentence.replace(/[“”"]/g, '’')}”`, links, tags);
}

const wordsIn = (text: string) => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

const shareOf = (words: readonly string[], among: ReadonlySet<string>) =>
  words.filter((word) => among.has(word)).length / Math.max(1, words.length);
