import { z } from 'zod';
import { isError } from '../../errors.ts';
import type { Receipt } from '../../store/record.ts';
import type { Graph } from '../graph.ts';
import { insights, valuesOf } from '../graph-insights.ts';
import type { Numbers } from '../reading.ts';

const total = z.object({ summary: z.object({ total_count: z.number() }) });
const counted = z.object({
  shares: z.object({ count: z.number() }).optional(),
  reactions: total.optional(),
  comments: total.optional(),
  like_count: z.number().optional(),
  comment_count: z.number().optional(),
});

const summary = (edge: string) => `${edge}.limit(0).summary(total_count)`;
/** A post, a video, a comment: each kind has fields of its own, and an id does not tell its kind. */
const kinds = [
  `id,shares,${summary('reactions')},${summary('comments')}`,
  `id,${summary('reactions')},${summary('comments')}`,
  'id,like_count,comment_count',
];
const metrics = 'post_media_view,post_clicks';

/** What the network tells of posts and comments of ours. */
export async function metricsOf(graph: Graph, receipts: readonly Receipt[]): Promise<Numbers[]> {
  const found: Numbers[] = [];
  for (const receipt of receipts) {
    const counts = await countsOf(graph, receipt);
    if (!counts) continue;
    const seen =
      receipt.part === 0 && receipt.id.includes('_') ? await seenOf(graph, receipt.id) : {};
    const all = {
      likes: counts.reactions?.summary.total_count ?? counts.like_count,
      replies: counts.comments?.summary.total_count ?? counts.comment_count,
      shares: counts.shares?.count,
      views: seen.post_media_view,
      clicks: seen.post_clicks,
    };
    const told = Object.entries(all).filter(([, count]) => count !== undefined);
    found.push({ id: receipt.id, counts: Object.fromEntries(told) });
  }
  return found;
}

async function countsOf(graph: Graph, { id, part }: Receipt) {
  const likely = part > 0 ? kinds.slice(2) : kinds;
  for (const [turn, fields] of likely.entries())
    try {
      return await graph.look(counted, {
        operation: 'read',
        method: 'GET',
        path: id,
        query: { fields },
      });
    } catch (error) {
      if (!isError(error, 'DELIVERY_REFUSED') || turn === likely.length - 1) throw error;
    }
  return undefined;
}

/** Insights need a right of their own and come late: without them the rest counts all the same. */
async function seenOf(graph: Graph, id: string): Promise<Record<string, number>> {
  const query = { metric: metrics, period: 'lifetime' };
  const call = { operation: 'read', method: 'GET', path: `${id}/insights`, query } as const;
  try {
    return valuesOf((await graph.look(insights, call))?.data ?? []);
  } catch (error) {
    if (isError(error, 'DELIVERY_REFUSED') || isError(error, 'CREDENTIALS_REFUSED')) return {};
    throw error;
  }
}
