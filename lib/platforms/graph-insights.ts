import { z } from 'zod';

const insight = z.object({
  name: z.string(),
  values: z.array(z.object({ value: z.unknown() })).optional(),
  total_value: z.object({ value: z.unknown() }).optional(),
});

/** Insights of one post, as the Graph API lists them. */
export const insights = z.object({ data: z.array(z.unknown()) });

/** The number of each metric; those without a single number are left out. */
export function valuesOf(data: readonly unknown[]): Record<string, number> {
  const found: Record<string, number> = {};
  for (const each of data) {
    const { name, values, total_value: total } = insight.safeParse(each).data ?? {};
    const value = total?.value ?? values?.at(-1)?.value;
    if (name !== undefined && typeof value === 'number') found[name] = value;
  }
  return found;
}
