import { type BarSeriesOption, init } from 'echarts';
import { createDetector } from '../../lib/trend/detector.ts';
import { defaultOptions } from '../../lib/trend/options.ts';
import { Kind } from '../../lib/trend/terms/terms.ts';
import { createTermReader, readPosts } from './posts.ts';

const hour = 3_600_000;
const term = 'sandy';
const [from, to] = [Date.parse('2012-10-25T00:00:00Z'), Date.parse('2012-11-01T00:00:00Z')];
/** Hours in one bar. */
const wide = 6;

/**
 * A real trend rising, as SVG: posts about hurricane Sandy among the titles of an archive, by six hours, the score of the day
 * as the product reckons it at each hour's end, and when it was first named.
 */
export async function drawRise(path: string): Promise<string> {
  const detector = createDetector();
  const termsOf = createTermReader([Kind.word]);
  const bars = new Map<number, number>();
  const scores: [at: number, score: number][] = [];
  let next = from;
  for (const post of await readPosts(path)) {
    if (post.at >= to) break;
    while (post.at >= next && next < to) {
      const found = detector
        .counter(post.network)
        ?.standouts({ whole: true, scales: ['day'] })
        .find((each) => each.term === term);
      scores.push([next, found?.score ?? 0]);
      next += hour;
    }
    detector.add(post);
    if (post.at < from || !termsOf(post).has(term)) continue;
    const bar = Math.floor(post.at / (wide * hour)) * wide * hour;
    bars.set(bar, (bars.get(bar) ?? 0) + 1);
  }
  const first = scores.find(([, score]) => score >= defaultOptions.threshold);
  return chart(bars, scores, first?.[0]);
}

function chart(
  bars: ReadonlyMap<number, number>,
  scores: readonly [number, number][],
  first: number | undefined,
): string {
  const series: BarSeriesOption = {
    type: 'bar',
    name: 'posts in six hours',
    barWidth: 12,
    itemStyle: { color: '#b9c6d8' },
    data: [...bars].map(([at, count]) => [at + (wide / 2) * hour, count]),
  };
  const drawn = init(null, undefined, { renderer: 'svg', ssr: true, width: 860, height: 340 });
  drawn.setOption({
    animation: false,
    useUTC: true,
    textStyle: { fontFamily: 'sans-serif', fontSize: 12 },
    legend: { top: 4, left: 'center', selectedMode: false },
    grid: { left: 48, right: 48, top: 44, bottom: 36 },
    xAxis: { type: 'time', min: from, max: to, axisLabel: { formatter: '{d} {MMM}' } },
    yAxis: [
      { type: 'value', name: 'posts', splitLine: { lineStyle: { color: '#eee' } } },
      { type: 'value', name: 'score of the day', splitLine: { show: false } },
    ],
    series: [
      series,
      {
        type: 'line',
        name: 'score of the day',
        yAxisIndex: 1,
        step: 'end',
        symbol: 'none',
        lineStyle: { color: '#1f5fa8', width: 2 },
        itemStyle: { color: '#1f5fa8' },
        data: scores,
        ...(first !== undefined && {
          markLine: {
            symbol: 'none',
            label: { formatter: 'first named' },
            lineStyle: { color: '#c2410c', type: 'dashed' },
            data: [{ xAxis: first }],
          },
        }),
      },
    ],
  });
  const svg = drawn.renderToSVGString();
  drawn.dispose();
  return `${svg}\n`;
}
