import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isMalformed } from '../../lib/ingest/archive.ts';
import { readSample } from '../../lib/ingest/sample.ts';

const now = Date.parse('2026-11-21T12:00:00Z');

describe('the sample', () => {
  it('is a day of posts that ends now', async () => {
    const times: number[] = [];
    for await (const item of readSample(now)) {
      expect(item).toMatchObject({ network: 'sample' });
      if (!isMalformed(item)) times.push(item.at);
    }
    expect(times.length).toBeGreaterThan(300);
    expect(Math.max(...times)).toBeLessThanOrEqual(now);
    expect(Math.min(...times)).toBeGreaterThan(now - 86_400_000);
  });

  it('says in its first line that it is made up', () => {
    const path = join(import.meta.dirname, '../../content/sample/posts.ndjson');
    expect(readFileSync(path, 'utf8').split('\n')[0]).toContain('made up');
  });
});
