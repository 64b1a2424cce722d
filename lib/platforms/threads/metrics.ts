import type { Receipt } from '../../store/record.ts';
import type { Graph } from '../graph.ts';
import { insights, valuesOf } from '../graph-insights.ts';
import type { Numbers } from '../reading.ts';

const names = ['views', 'likes', 'replies', 'reposts', 'quotes', 'shares'] as const;

/** Insights of posts and replies of ours. */
export async function metricsOf(graph: Graph, receipts: readonly Receipt[]): Promise<Numbers[]> {
  const found: Numbers[] = [];
  for (const { id } of receipts) {
    const query = { metric: names.join(',') };
    const call = { operation: 'read', method: 'GET', path: `${id}/insights`, query } as const;
    const answer = await graph.look(insights, call);
    if (!answer) continue;
    const values = valuesOf(answer.data);
    const told = names.flatMap((name) =>
      values[name] === undefined ? [] : [[name, values[name]] as const],
    );
    found.push({ id, counts: Object.fromEntries(told) });
  }
  return found;
}
