import { readFileSync } from 'node:fs';
import { createScanner, Kind } from '../../lib/trend/terms/terms.ts';
import type { Kind as Evaluation, Report } from './kind.ts';

/** Cases of twitter-text's conformance suite (`extract.yml` as JSON): by group, each with a text and what is in it. */
interface Case {
  description: string;
  text: string;
  expected: unknown;
}

/**
 * Which kind of term a group is about. What we have no term for is not judged: to whom a post replies, and the list a mention
 * names (that its account was found is judged).
 */
const groups: readonly (readonly [RegExp, number])[] = [
  [/^hashtags/, Kind.hashtag],
  [/^cashtags/, Kind.cashtag],
  [/^mentions/, Kind.mention],
  [/^(?:urls|tco_urls|country|generic)/, Kind.link],
];

const scan = createScanner();

export const kind: Evaluation = {
  what: "Hashtags, cashtags, mentions and links of a post, by twitter-text's own cases",
  needs: ['cases'],
  evaluate: ({ cases = '' }) =>
    Promise.resolve(judge(JSON.parse(readFileSync(cases, 'utf8')) as Record<string, Case[]>)),
};

function judge(cases: Readonly<Record<string, readonly Case[]>>): Report {
  const lines: string[] = [];
  const shares: Record<string, number> = {};
  let [right, all] = [0, 0];
  for (const [group, list] of Object.entries(cases)) {
    const wanted = groups.find(([name]) => name.test(group))?.[1];
    if (wanted === undefined) {
      lines.push(`${group}: ${list.length} cases not judged: there is no such term`);
      continue;
    }
    const wrong = list.filter((one) => !isRight(one, wanted));
    right += list.length - wrong.length;
    all += list.length;
    shares[group] = (list.length - wrong.length) / list.length;
    lines.push(`${group}: ${list.length - wrong.length} of ${list.length}`);
    for (const one of wrong) lines.push(...explain(one, wanted));
  }
  return { metrics: { right: all === 0 ? 0 : right / all, ...shares }, lines };
}

/** Terms of a kind as they stand in the text, with and without where: characters, not UTF-16 units. */
function found(text: string, wanted: number): { said: string; indices: [number, number] }[] {
  const { count, kind, start, end } = scan(text, []);
  return Array.from({ length: count }, (_, at) => at)
    .filter((at) => kind[at] === wanted)
    .map((at) => {
      const [from, to] = [start[at] ?? 0, end[at] ?? 0];
      return {
        said: text.slice(wanted === Kind.link ? from : from + 1, to),
        indices: [characters(text, from), characters(text, to)],
      };
    });
}

const characters = (text: string, at: number) => Array.from(text.slice(0, at)).length;

function isRight({ text, expected }: Case, wanted: number): boolean {
  if (!Array.isArray(expected)) return false;
  const ours = found(text, wanted);
  return (
    ours.length === expected.length &&
    ours.every((one, at) => {
      const gold: unknown = expected[at];
      if (typeof gold === 'string') return one.said === gold;
      const { said, indices } = read(gold);
      return one.said === said && one.indices.join() === indices.join();
    })
  );
}

/** A gold term with where it stands; a mention ends where its list begins, which is as far as our term goes. */
function read(gold: unknown): { said: unknown; indices: number[] } {
  const {
    indices = [],
    list_slug = '',
    ...named
  } = gold as {
    indices?: number[];
    list_slug?: string;
  } & Record<string, unknown>;
  const [from = 0, to = 0] = indices;
  return { said: Object.values(named)[0], indices: [from, to - list_slug.length] };
}

function explain({ description, text, expected }: Case, wanted: number): string[] {
  return [
    `  ${description}: ${JSON.stringify(text)}`,
    `    should be ${JSON.stringify(expected)}`,
    `    is        ${JSON.stringify(found(text, wanted))}`,
  ];
}
