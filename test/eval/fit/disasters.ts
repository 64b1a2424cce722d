import { readArchive } from '../../../lib/ingest/archive.ts';
import { sentencesOf, textsOf } from '../../../lib/match/meaning.ts';
import type { Profile } from '../../../lib/store/profile.ts';
import { replay } from '../../../lib/trend/replay.ts';
import type { Trend } from '../../../lib/trend/trend.ts';
import { readText } from '../pairs.ts';
import { vectorsOf } from '../vectors.ts';
import { type Case, caseOf } from './cases.ts';

/** Strongest trends that are used, of those about a disaster and of the others. */
const most = { on: 110, off: 140 };

/**
 * Trends of CrisisLexT6 with the two topics of a profile they can be about: on a disaster when three posts of the
 * evidence are judged to be on topic, on none when at most one is; others are left out.
 */
export async function disasterCases(path: string, profile: Profile): Promise<Case[]> {
  const judged = new Map(
    readText(path)
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => {
        const { id, ev, lab } = JSON.parse(line) as {
          id: string | number;
          ev: string;
          lab: string;
        };
        return [String(id), { ev, on: lab === 'on-topic' }];
      }),
  );
  const { trends } = await replay(readArchive(path));
  const labels = (trend: Trend) =>
    trend.evidence.flatMap(({ signal }) => judged.get(signal.replace(/^[^:]*:/, '')) ?? []);
  const on = (trend: Trend) => labels(trend).filter((label) => label.on).length;
  const strongest = trends.toSorted((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1));
  const used = [
    ...strongest.filter((trend) => on(trend) >= 3).slice(0, most.on),
    ...strongest.filter((trend) => on(trend) <= 1).slice(0, most.off),
  ];
  const topics = profile.topics.filter(({ name }) => topicNames.has(name));
  const vectors = await vectorsOf([
    ...topics.flatMap(({ about, keywords }) => [...sentencesOf(about), ...keywords]),
    ...used.flatMap(textsOf),
  ]);
  return used.flatMap((trend) =>
    topics.map((topic) => {
      const event = labels(trend)[0]?.ev ?? '';
      const about = on(trend) >= 3 && topic.name === topicOf(event);
      const vectorOf = (text: string) => vectors.get(text) ?? new Float32Array();
      return { ...caseOf(topic, trend, about, vectorOf), part: event };
    }),
  );
}

const topicNames = new Set(['natural disasters', 'attacks and accidents']);
const topicOf = (event: string) =>
  /bombing|explosion/i.test(event) ? 'attacks and accidents' : 'natural disasters';
