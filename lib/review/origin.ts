import { neutral } from '../gitlab/neutral.ts';
import type { PostRecord } from '../store/record.ts';
import type { OriginTrend } from '../store/trend.ts';
import { sparkline } from '../trend/story/curve.ts';
import { utc } from './answers.ts';
import { count, span } from './figures.ts';

type Origin = PostRecord['origin'];

/** The folded part of the card that says where a post comes from: the trend, why it is about the profile, what people wrote. */
export function describeOrigin({ trend, reasons, evidence }: Origin): string {
  if (trend === undefined) return '';
  const why = reasons.map(({ text }) => `- ${text}`);
  const measured = evidence
    .filter(isMeasured)
    .map(({ excerpt, url }) => `- ${excerpt}${url === undefined ? '' : ` ${url}`}`);
  const seen = evidence
    .filter((entry) => !isMeasured(entry))
    .map(({ excerpt, url, author }) => {
      const by = author === undefined ? '' : ` (${author})`;
      return `- “${excerpt}”${by}${url === undefined ? '' : ` ${url}`}`;
    });
  const parts = [
    [`**${trend.name}**`, ...figuresOf(trend).map((line) => `- ${line}`)],
    why.length === 0 ? [] : ['It is about this profile because', ...why],
    measured.length === 0 ? [] : ['What was measured', ...measured],
    seen.length === 0 ? [] : ['What people wrote', ...seen],
  ];
  const body = parts
    .filter((lines) => lines.length > 0)
    .map(([head, ...lines]) => `${head ?? ''}\n\n${lines.join('\n')}`)
    .join('\n\n');
  const summary = `Where this comes from${trend.phase === undefined ? '' : `: a trend that is ${trend.phase}`}`;
  return `<details><summary>${summary}</summary>\n\n${neutral(body)}\n\n</details>`;
}

/** A line of market data and no post. */
const isMeasured = ({ network }: Origin['evidence'][number]) => network === 'indicator';

/** What is known of a trend, a line each, the most important first. */
function figuresOf(trend: OriginTrend): string[] {
  const { posts, expected, authors, curve, firstAt, voices = [], speakers = [], mood } = trend;
  const by = authors === undefined ? '' : ` by ${count(authors)} authors`;
  if (trend.networks.every((network) => network === 'indicator'))
    return ['measured to move unusually; no posts stand out yet'];
  const lines = [`**${count(posts)} posts**${by}, ${unusual(posts, expected)}`];
  if (curve !== undefined && curve.counts.length > 1) {
    const hours = `the last ${count(curve.counts.length)} hours`;
    const since =
      firstAt === undefined
        ? ''
        : `; the first post on ${utc(Math.floor(firstAt / 60_000) * 60_000)}`;
    lines.push(`\`${sparkline(curve)}\` posts by the hour, ${hours}${since}`);
  }
  lines.push(placesOf(trend.networks, voices));
  if (trend.language !== undefined) lines.push(`written mostly in ${nameOf(trend.language)}`);
  if (speakers.length > 0) lines.push(`heard most: ${speakers.map(speakerOf).join(', ')}`);
  if (mood !== undefined) lines.push(moodOf(mood));
  return lines;
}

/** How much more it is than usual, in words that stay true for a rare term. */
function unusual(posts: number, expected: number): string {
  if (expected < 1) return 'where hardly any is usual';
  const times = posts / expected;
  return `about ${times < 10 ? times.toFixed(1).replace(/\.0$/, '') : count(times)} times as many as usual`;
}

function placesOf(networks: readonly string[], voices: NonNullable<OriginTrend['voices']>): string {
  const [first, ...others] = voices;
  if (first === undefined || others.length === 0) return `on ${networks.join(', ')}`;
  const later = others.map(
    ({ network, firstAt, posts }) =>
      `${network} ${span(firstAt - first.firstAt)} later (${count(posts)} posts)`,
  );
  return `first on ${first.network} (${count(first.posts)} posts), on ${later.join(', on ')}`;
}

/** `es` -> `Spanish`. */
function nameOf(language: string): string {
  if (!/^[a-z]{2,3}$/.test(language)) return language;
  return new Intl.DisplayNames('en', { type: 'language' }).of(language) ?? language;
}

function speakerOf({
  author,
  followers,
  interactions,
}: NonNullable<OriginTrend['speakers']>[number]): string {
  const known = [
    ...(followers === undefined ? [] : [`${count(followers)} followers`]),
    ...(interactions === undefined ? [] : [`${count(interactions)} reactions`]),
  ];
  return known.length === 0 ? author : `${author} (${known.join(', ')})`;
}

function moodOf({
  mean,
  spread,
  negative,
  neutral: middle,
  positive,
}: NonNullable<OriginTrend['mood']>): string {
  const share = (part: number) => `${Math.round(part * 100)} %`;
  const tone = mean > 0.15 ? 'positive' : mean < -0.15 ? 'negative' : 'neutral';
  const mixed = spread > 0.6 ? ' and divided' : '';
  return `mood: ${tone}${mixed} (${share(negative)} negative, ${share(middle)} neutral, ${share(positive)} positive)`;
}
