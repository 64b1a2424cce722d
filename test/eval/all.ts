import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { shared } from '../shared.ts';
import { drawRise } from './picture.ts';

const docs = join(import.meta.dirname, '../../docs');
const page = join(docs, 'trends.md');
const picture = join(docs, 'screenshots/trend-rising.svg');
const [begin, end] = ['<!-- npm run eval -->', '<!-- end -->'];

interface Row {
  what: string;
  args: readonly string[];
  /** Metrics shown, with what is aimed at where something is. */
  shown: Readonly<Record<string, number | undefined>>;
  beside: string;
}

const data = (path: string) => shared(`data/${path}`);

const rows = (): readonly Row[] => [
  {
    what: 'Trends by the day: 21 events of 2012 in 591,736 Reddit titles',
    args: [
      'trends-daily',
      ...['--posts', data('trends/reddit_titles_2012H2.ndjson.gz')],
      ...['--events', data('trends/reddit_events_2012H2.json'), '--start', '2012-06-28'],
    ],
    shown: { 'recall@5': 0.952, 'recall@10': undefined, mrr: 0.84 },
    beside: 'SigniTrend .952/.952/.771, ratio to the mean plus 5 .952/.952/.798',
  },
  {
    what: 'Trends by the hour: 60,031 tweets on six disasters',
    args: ['trends-hourly', '--posts', data('trends/crisislex_t6.ndjson.gz')],
    shown: { precision: undefined, recall: undefined, f1: 0.7, latency_hours: undefined },
    beside: 'best plain one: Poisson, F1 .65, latency 40 h',
  },
  ...['2011', '2012'].map((year) => ({
    what: `Matching: TREC Microblog ${year}`,
    args: ['relevance', '--pairs', data(`relevance/trec_mb_${year}.tsv.gz`)],
    shown: year === '2011' ? { map: 0.56, 'p@30': 0.45 } : { map: 0.4, 'p@30': 0.39 },
    beside: year === '2011' ? 'MP-HCNN .514/.408' : 'MP-HCNN .383/.375',
  })),
  {
    what: 'Similarity of sentences: STS-B dev',
    args: ['similarity', '--pairs', data('relevance/stsb-en-dev.csv')],
    shown: { spearman: 0.875 },
    beside: 'bundled model alone .867',
  },
  {
    what: 'Sentiment: SemEval 2016 test',
    args: [
      'sentiment',
      ...['--tsv', data('sentiment/semeval2013_2016.tsv.gz'), '--split', 'twitter-2016test-A'],
    ],
    shown: { macro_recall: 0.63 },
    beside: 'lexicons .56 to .57',
  },
  {
    what: 'Sentiment: TweetEval validation',
    args: [
      'sentiment',
      ...['--text', data('sentiment/tweeteval_val_text.txt')],
      ...['--labels', data('sentiment/tweeteval_val_labels.txt')],
    ],
    shown: { macro_recall: undefined },
    beside: '',
  },
  {
    what: "Hashtags, tickers, mentions and links: twitter-text's own cases",
    args: ['tokenise', '--cases', data('tokenise/twitter_text_extract.json')],
    shown: { right: 1 },
    beside: '',
  },
  {
    what: 'From raw file to trends, one thread: 591,736 titles',
    args: ['throughput', '--posts', data('trends/reddit_titles_2012H2.ndjson.gz')],
    shown: { ratio: 0.4, posts_per_second: undefined, peak_mb: 300 },
    beside: 'ratio to reading with JSON.parse alone; regex and count-min .18 to .22',
  },
];

/** Measures everything on the shared data, and writes the table and the picture of docs/trends.md anew. */
export async function measureAll(): Promise<void> {
  const lines = ['| measured | ours | aim | others |', '| --- | --- | --- | --- |'];
  for (const { what, args, shown, beside } of rows()) {
    console.error(`${what} ...`);
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [join(import.meta.dirname, 'run.ts'), ...args, '--json'],
      { maxBuffer: 2 ** 26 },
    );
    const found = JSON.parse(stdout.trim().split('\n').at(-1) ?? '{}') as Record<string, number>;
    const names = Object.keys(shown);
    const ours = names.map((name) => `${name} ${short(found[name])}`).join(', ');
    const aims = names.flatMap((name) => {
      const aim = shown[name];
      if (aim === undefined) return [];
      return `${name} ${name === 'peak_mb' ? 'below' : 'at least'} ${short(aim)}`;
    });
    const line = `| ${what} | ${ours} | ${aims.join(', ')} | ${beside} |`;
    console.log(line);
    lines.push(line);
  }
  await writeFile(picture, await drawRise(data('trends/reddit_titles_2012H2.ndjson.gz')));
  const text = await readFile(page, 'utf8');
  const [before, rest = ''] = text.split(begin);
  const [, after = ''] = rest.split(end);
  await writeFile(page, `${before ?? ''}${begin}\n\n${lines.join('\n')}\n\n${end}${after}`);
}

const short = (value = NaN) =>
  value >= 100 ? Math.round(value).toLocaleString('en') : String(Math.round(value * 1000) / 1000);
