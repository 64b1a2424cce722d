/**
 * Remembers at least the last `capacity` numbers, at most twice as many: two tables, of which the older is dropped when
 * the younger is full. Zero cannot be remembered. Takes 32 bytes for each number of the capacity.
 */
export function createMemory(capacity: number) {
  const size = 2 ** Math.ceil(Math.log2(Math.max(8, capacity * 1.5)));
  const mask = size - 1;
  let young = new Float64Array(size);
  let old = new Float64Array(size);
  let held = 0;
  /** Whether the older table holds anything; looking into an empty one costs as much. */
  let turned = false;

  /** Where `key` is or belongs. */
  const find = (table: Float64Array, key: number): number => {
    let at = key & mask;
    while (table[at] !== 0 && table[at] !== key) at = (at + 1) & mask;
    return at;
  };

  return {
    /** Whether the number is new; it is remembered from now on. */
    add(key: number): boolean {
      const at = find(young, key);
      if (young[at] === key) return false;
      const isNew = !turned || old[find(old, key)] !== key;
      young[at] = key;
      held += 1;
      if (held >= capacity) {
        [old, young] = [young, old];
        young.fill(0);
        turned = true;
        held = 0;
      }
      return isNew;
    },
  };
}
