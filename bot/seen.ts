/**
 * Remembers the last `limit` ids. Only saves work: `reconcile` is the same for the first and the hundredth webhook.
 */
export function createSeen(limit = 10_000) {
  const ids = new Set<string>();
  return {
    /** Whether `id` was there already; remembers it either way. */
    has(id: string): boolean {
      if (ids.has(id)) return true;
      ids.add(id);
      if (ids.size > limit) for (const oldest of ids) return !ids.delete(oldest);
      return false;
    },
  };
}
