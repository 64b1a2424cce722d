import type { Media } from '../platform.ts';

/** Bytes; every piece but the last has at least this many ("Media Transfer Guide": 5 to 64 MB). */
const piece = 5 * 1024 * 1024;

/** How a video is cut: the last piece takes what is left over. */
export interface Cut {
  size: number;
  chunk: number;
  count: number;
}

export function cutOf({ bytes: { length: size } }: Media): Cut {
  const count = Math.floor(size / piece);
  return count < 2 ? { size, chunk: size, count: 1 } : { size, chunk: piece, count };
}

/** First byte of the piece and the one behind its last; `from` is where any piece may begin. */
export function pieceAt({ size, chunk, count }: Cut, index: number): [from: number, to: number] {
  return [index * chunk, index === count - 1 ? size : (index + 1) * chunk];
}

/** The piece to go on with when so many bytes have arrived; `count` when all have. */
export function nextPiece({ size, chunk, count }: Cut, arrived: number): number {
  return arrived >= size ? count : Math.min(Math.floor(arrived / chunk), count - 1);
}
