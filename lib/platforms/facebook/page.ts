import { z } from 'zod';
import type { Receipt } from '../../store/record.ts';
import type { Graph } from '../graph.ts';

/** A Page and how to speak of it. */
export interface Page {
  graph: Graph;
  /** Number of the Page. */
  id: string;
  /** Address with the version that takes videos. */
  videos: string;
}

/** What is answered to a change or a removal. */
export const success = z.object({ success: z.literal(true) });

/** People find everything of a Page by its id. */
export const receiptOf = (part: number, id: string, at: number): Receipt => ({
  part,
  id,
  url: `https://www.facebook.com/${id}`,
  at,
});
