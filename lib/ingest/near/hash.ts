/** 53 bits of two hashes, spread well: FNV alone leaves its low bits weak. */
export function join(a: number, b: number): number {
  let high = a ^ (a >>> 16);
  high = Math.imul(high, 0x85ebca6b);
  high ^= high >>> 13;
  let low = b ^ (b >>> 15);
  low = Math.imul(low, 0xc2b2ae35);
  low ^= low >>> 16;
  return (high & 0x1fffff) * 0x1_0000_0000 + (low >>> 0);
}
