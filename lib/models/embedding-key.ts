import { createHash } from 'node:crypto';

/** What a vector is kept under: SHA-256, hex, of who made it and of what. The text itself is not kept. Pure. */
export function embeddingKey(embedder: string, text: string): string {
  return createHash('sha256').update(`${embedder}\n${text}`).digest('hex');
}
