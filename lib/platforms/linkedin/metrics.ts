import { z } from 'zod';
import type { Receipt } from '../../store/record.ts';
import type { Numbers } from '../reading.ts';
import { encode, type Rest } from './rest.ts';

const count = z.number().int().optional();
const statistics = z.object({
  elements: z.array(
    z.object({
      share: z.string().optional(),
      ugcPost: z.string().optional(),
      totalShareStatistics: z.object({
        impressionCount: count,
        uniqueImpressionsCount: count,
        likeCount: count,
        commentCount: count,
        shareCount: count,
        clickCount: count,
      }),
    }),
  ),
});

/** How posts of an organization did ("Organization Share Statistics"); comments have no numbers. */
export async function metricsOf(rest: Rest, receipts: readonly Receipt[]): Promise<Numbers[]> {
  const found: Numbers[] = [];
  for (const [kind, list] of [
    ['share', 'shares'],
    ['ugcPost', 'ugcPosts'],
  ] as const) {
    const urns = receipts.map(({ id }) => id).filter((id) => id.startsWith(`urn:li:${kind}:`));
    for (let from = 0; from < urns.length; from += 50)
      found.push(...(await ask(rest, kind, list, urns.slice(from, from + 50))));
  }
  return found;
}

async function ask(
  rest: Rest,
  kind: 'share' | 'ugcPost',
  list: string,
  urns: readonly string[],
): Promise<Numbers[]> {
  const of = encode(rest.author);
  const asked = `q=organizationalEntity&organizationalEntity=${of}&${list}=List(${urns.map(encode).join(',')})`;
  const { elements } = await rest.ask(statistics, {
    operation: 'read',
    method: 'GET',
    path: `rest/organizationalEntityShareStatistics?${asked}`,
    headers: { 'x-restli-method': 'FINDER' },
  });
  return elements.flatMap((each) => {
    const id = each[kind];
    if (id === undefined) return [];
    const total = each.totalShareStatistics;
    const all = {
      views: total.impressionCount,
      reach: total.uniqueImpressionsCount,
      likes: total.likeCount,
      replies: total.commentCount,
      shares: total.shareCount,
      clicks: total.clickCount,
    };
    const told = Object.entries(all).filter(([, number]) => number !== undefined);
    return [{ id, counts: Object.fromEntries(told) }];
  });
}
