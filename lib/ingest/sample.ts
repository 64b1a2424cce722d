import { join } from 'node:path';
import { type ArchiveItem, readLines } from './archive.ts';
import { signalOf } from './post.ts';

const path = join(import.meta.dirname, '../../content/sample/posts.ndjson');

/**
 * The sample that comes with the product, for trying it without a network: made-up posts of one day that ends at `now` (ms UTC).
 * Their times are kept as seconds before the end, `ago`.
 */
export async function* readSample(now: number): AsyncGenerator<ArchiveItem> {
  for await (const { first, lines } of readLines(path))
    for (const [index, line] of lines.entries()) {
      const post = JSON.parse(line ?? '{}') as { ago?: number };
      // The first line says that everything is made up.
      if (post.ago === undefined) continue;
      const found = signalOf({ ...post, network: 'sample', t: now - 1000 * post.ago });
      if (typeof found !== 'string') yield found;
      else yield { malformed: true, line: first + index, why: found };
    }
}
