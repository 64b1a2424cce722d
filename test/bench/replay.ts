import { compare, type Run } from '../eval/throughput.ts';
import { shared } from '../shared.ts';

/**
 * Replaying 591,736 titles into trends on one thread against the same reader with JSON.parse only. `ratio` is that of the
 * processor time, because whatever else runs on the machine would lengthen the longer run more.
 */
export async function bench() {
  const { parse, whole } = await compare(shared('data/trends/reddit_titles_2012H2.ndjson.gz'));
  const speed = ({ posts, cpu }: Run) => Math.round(posts / cpu).toLocaleString('en');
  return [
    {
      name: 'replaying titles into trends against parsing them',
      ratio: parse.cpu / whole.cpu,
      aim: 0.15,
      details:
        `${whole.posts.toLocaleString('en')} titles, ${speed(whole)} a second against ` +
        `${speed(parse)} (${whole.wall.toFixed(1)} s on the clock against ${parse.wall.toFixed(1)} s); ` +
        `peak memory ${Math.round(whole.peak)} MB against ${Math.round(parse.peak)} MB`,
    },
  ];
}
