import { z } from 'zod';
import type { Receipt } from '../../store/record.ts';
import type { Graph } from '../graph.ts';
import { insights, valuesOf } from '../graph-insights.ts';
import type { Numbers } from '../reading.ts';

const metrics = 'views,reach,likes,comments,shares,saved';
const names: Readonly<Record<string, keyof Numbers['counts']>> = {
  views: 'views',
  reach: 'reach',
  likes: 'likes',
  comments: 'replies',
  shares: 'shares',
  saved: 'saves',
};
const counted = z.object({ like_count: z.number().optional() });

/** Insights of posts; likes of comments, which have no more. */
export async function metricsOf(graph: Graph, receipts: readonly Receipt[]): Promise<Numbers[]> {
  const found: Numbers[] = [];
  for (const { id, part } of receipts) {
    const counts = part > 0 ? await liked(graph, id) : await seen(graph, id);
    if (counts) found.push({ id, counts });
  }
  return found;
}

async function seen(graph: Graph, id: string): Promise<Numbers['counts'] | undefined> {
  const query = { metric: metrics };
  const call = { operation: 'read', method: 'GET', path: `${id}/insights`, query } as const;
  const answer = await graph.look(insights, call);
  if (!answer) return undefined;
  const told = Object.entries(valuesOf(answer.data));
  return Object.fromEntries(
    told.flatMap(([name, value]) => (names[name] ? [[names[name], value]] : [])),
  );
}

async function liked(graph: Graph, id: string): Promise<Numbers['counts'] | undefined> {
  const query = { fields: 'id,like_count' };
  const answer = await graph.look(counted, { operation: 'read', method: 'GET', path: id, query });
  if (!answer) return undefined;
  return answer.like_count === undefined ? {} : { likes: answer.like_count };
}
