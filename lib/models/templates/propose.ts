import { lengthOf, putTogether, sentencesOf, shortenTo } from './cut.ts';
import type { EvidenceFact, ProposeFacts } from './facts.ts';
import { phrases, type Tone, toneOf } from './tone.ts';

export interface ProposedVariant {
  angle: string;
  parts: string[];
  overrides: { target: string; parts: string[] }[];
}

/** What is read at a glance, where the networks would let us ramble. */
const comfortable = 500;
/** A quotation at most. */
const quoted = 180;

/**
 * Drafts from the facts alone, the same for the same facts: what the most telling post says, what the numbers say, and
 * a question. Every sentence is a fact of the trend or a quotation; nothing is concluded.
 */
export function proposeFromTemplates(facts: ProposeFacts): { variants: ProposedVariant[] } {
  const tone = toneOf(facts.brand.voice);
  const name = displayName(facts);
  const [lead, second] = inOrder(facts.evidence, facts.trend.name);
  const tags = facts.tags.slice(0, Math.min(2, facts.brand.hashtags));
  const link = lead?.url ?? facts.evidence.find(({ url }) => url !== undefined)?.url;
  const finish = (angle: string, words: readonly string[], source = link): ProposedVariant => {
    const text = putTogether(words.filter(Boolean).join('\n\n'), source ? [source] : [], tags);
    return fitted(angle, text, facts);
  };
  return {
    variants: [
      finish('headline', headline(name, lead, tone)),
      finish('context', [numbers(name, facts), quote(second ?? lead, tone)], second?.url ?? link),
      finish('question', [question(name, facts, tone), quote(lead, tone)]),
    ],
  };
}

/** What is said by no person and needs no quotation marks: headlines of feeds, lines of market data. */
const plain: readonly string[] = ['feeds', 'indicator'];

/** A headline of a feed speaks for itself; the words of a person are quoted as theirs. */
function headline(name: string, lead: EvidenceFact | undefined, tone: Tone): readonly string[] {
  if (!lead) return [`${name} ${phrases.rising[tone]}.`];
  if (plain.includes(lead.network)) return [asSentence(firstSentences(lead.text, quoted + 60))];
  return [`${name} ${phrases.rising[tone]}.`, quote(lead, tone)];
}

function numbers(name: string, { trend }: ProposeFacts): string {
  const { posts, authors, expected, networks } = trend;
  // Numbers that have moved are what it is about; nobody has posted yet.
  if (networks.every((network) => network === 'indicator')) return '';
  const by = authors === undefined || authors < 2 ? '' : ` by ${count(authors)} people`;
  const usual =
    expected < 1
      ? 'where hardly any would be usual'
      : `where about ${count(Math.round(expected))} would be usual`;
  return `${name} in numbers: ${count(posts)} post${posts === 1 ? '' : 's'}${by}, ${usual}.`;
}

function question(name: string, { topic }: ProposeFacts, tone: Tone): string {
  if (topic === undefined) return `${name}: ${lower(phrases.asks[tone])}`;
  return `For those who follow ${topic}: ${lower(phrases.asks[tone]).replace('it?', `${name}?`)}`;
}

function quote(post: EvidenceFact | undefined, tone: Tone): string {
  if (!post) return '';
  if (post.network === 'indicator') return asSentence(firstSentences(post.text, quoted + 60));
  return `${phrases.quote[tone]} “${firstSentences(post.text, quoted).replace(/[“”"]/g, '’')}”`;
}

/** The best first: it names the trend, is a sentence and not a heap of hashtags, has a source. */
function inOrder(evidence: readonly EvidenceFact[], name: string): readonly EvidenceFact[] {
  const worth = ({ text, url, network }: EvidenceFact) => {
    const length = lengthOf(text);
    const named = text.toLowerCase().includes(name.toLowerCase()) ? 2 : 0;
    const readable = length >= 30 && length <= 200 ? 1 : 0;
    const tags = (text.match(/#/g) ?? []).length;
    return named + readable + (url ? 1 : 0) + (network === 'feeds' ? 1 : 0) - Math.max(0, tags - 1);
  };
  const seen = new Set<string>();
  return evidence
    .filter(({ text }) => /\p{L}{2}/u.test(text))
    .toSorted((a, b) => worth(b) - worth(a))
    .filter(({ text }) => {
      const key = text
        .toLowerCase()
        .replace(/[^\p{L}\p{N}]/gu, '')
        .slice(0, 60);
      return !seen.has(key) && seen.add(key);
    });
}

/** The trend's name as people write it; with a capital when nobody shows how. */
function displayName({ trend, evidence }: ProposeFacts): string {
  const wanted = trend.name.toLowerCase();
  for (const { text } of evidence) {
    const at = text.toLowerCase().indexOf(wanted);
    const found = at === -1 ? '' : text.slice(at, at + trend.name.length);
    if (/\p{Lu}/u.test(found) && found !== found.toUpperCase()) return found;
  }
  return trend.name.replace(/^\p{Ll}/u, (first) => first.toUpperCase());
}

/** As many whole sentences as fit, at least the beginning of one. */
function firstSentences(text: string, limit: number): string {
  const [first = ''] = sentencesOf(text);
  const fits = (part: string) => lengthOf(part) <= limit;
  return fits(text) ? text : shortenTo(fits(first) ? first.trim() : text, fits);
}

const asSentence = (text: string) => (/[.!?…”)]$/.test(text) ? text : `${text}.`);

const lower = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);

const count = (value: number) => value.toLocaleString('en-US');

/** The text for most, and a shorter one for each target that takes less. */
function fitted(angle: string, text: string, { limits }: ProposeFacts): ProposedVariant {
  const most = Math.min(comfortable, Math.max(...limits.map(({ limit }) => limit), 1));
  const within = (limit: number) => (part: string) => lengthOf(part) <= limit;
  const whole = shortenTo(text, within(limits.length === 0 ? comfortable : most));
  const overrides = limits
    .filter(({ limit }) => lengthOf(whole) > limit)
    .map(({ target, limit }) => ({ target, parts: [shortenTo(text, within(limit))] }));
  return { angle, parts: [whole], overrides };
}
