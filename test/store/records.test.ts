import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Files } from '../../lib/store/files.ts';
import { openJson } from '../../lib/store/json.ts';
import { newRecord, type PostRecord } from '../../lib/store/record.ts';
import { createRecords, type Records } from '../../lib/store/records.ts';
import { createBare } from './bare.ts';

let bare: Awaited<ReturnType<typeof createBare>>;
let files: Files;
let records: Records;
beforeAll(async () => {
  bare = await createBare();
  files = await bare.files();
  records = createRecords(files);
});
afterAll(() => bare.close());

const record = (id: string): PostRecord =>
  newRecord(
    {
      id,
      profile: 'crypto',
      path: `content/posts/2026/11/${id}.md`,
      branch: `post/${id}`,
      closes: 2,
      origin: { reasons: [], evidence: [] },
    },
    1,
  );

describe('records', () => {
  it('come back as they were saved, one version further each time', async () => {
    expect(await records.load('first')).toBeUndefined();
    const saved = await records.save(record('first'));
    expect(saved).toEqual({ ...record('first'), version: 1 });
    expect(await records.load('first')).toEqual(saved);
    const again = await records.save({ ...saved, status: 'review' }, 'the window closed');
    expect(again.version).toBe(2);
    expect(await files.list('versions')).toEqual(['versions/first.2']);
    expect((await bare.messages())[0]).toMatch(
      /^Record first v2: the window closed\n\n\[skip ci\]/,
    );
    expect(await records.ids()).toEqual(['first']);
  });

  it('are written by one of many who read the same version', async () => {
    const base = await records.save(record('race'));
    const writers = await Promise.all(
      [1, 2, 3, 4].map(async () => createRecords(await bare.files())),
    );
    const outcomes = await Promise.allSettled(
      writers.map((each, n) => each.save({ ...base, updated: n + 100 })),
    );
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const outcome of outcomes)
      if (outcome.status === 'rejected')
        expect(outcome.reason).toMatchObject({ code: 'STORE_CONFLICT' });
    await expect(records.save(base)).rejects.toMatchObject({ code: 'STORE_CONFLICT' });
    await expect(records.save(record('race'))).rejects.toMatchObject({ code: 'STORE_CONFLICT' });
    expect(await files.list('versions')).toContain('versions/race.2');
  });

  it('that are none are refused with everything that is wrong', async () => {
    const bad = { ...record('bad'), status: 'done', closes: -1, revisions: [{ n: 0 }] };
    await files.commit(
      [
        { action: 'create', path: 'posts/bad.json', content: JSON.stringify(bad) },
        { action: 'create', path: 'posts/half.json', content: '{"schema": 1,' },
        {
          action: 'create',
          path: 'posts/other.json',
          content: JSON.stringify({ ...record('first'), version: 1 }),
        },
      ],
      'By hand',
    );
    const error = await records.load('bad').catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'RECORD_INVALID', details: { path: 'posts/bad.json' } });
    for (const field of ['status', 'closes', 'revisions.0.n', 'revisions.0.hash'])
      expect(String(error)).toContain(`- ${field}: `);
    await expect(records.load('half')).rejects.toThrow('no JSON');
    await expect(records.load('other')).rejects.toThrow('"first", not "other"');
    await expect(records.save(bad as never)).rejects.toMatchObject({ code: 'RECORD_INVALID' });
  });

  it('have ids that are safe as names', async () => {
    for (const id of ['../x', 'A', 'a/b', '', 'a--b', '.']) {
      expect(await records.load(id)).toBeUndefined();
      await expect(records.save(record(id))).rejects.toMatchObject({ code: 'RECORD_INVALID' });
    }
  });
});

describe('small files of state', () => {
  const schema = z.object({ since: z.number(), seen: z.array(z.string()) });
  const fallback = { since: 0, seen: [] };

  it('begin with a fallback and keep what is written', async () => {
    const cursor = await openJson(files, 'cursors/feed.json', schema, fallback);
    expect(cursor.data).toEqual(fallback);
    await cursor.write({ since: 5, seen: ['a'] });
    expect(cursor.data.since).toBe(5);
    await cursor.write({ since: 6, seen: [] });
    expect((await openJson(files, 'cursors/feed.json', schema, fallback)).data).toEqual({
      since: 6,
      seen: [],
    });
  });

  it('are not written when nothing has changed', async () => {
    const cursor = await openJson(files, 'cursors/same.json', schema, fallback);
    await cursor.write({ since: 1, seen: [] });
    const before = (await bare.messages()).length;
    await cursor.write({ since: 1, seen: [] });
    expect((await bare.messages()).length).toBe(before);
  });

  it('are created by two at once without a failure; the last one wins', async () => {
    const other = await bare.files();
    const open = (from: Files) => openJson(from, 'cursors/two.json', schema, fallback);
    const [a, b] = [await open(files), await open(other)];
    await Promise.all([a.write({ since: 1, seen: [] }), b.write({ since: 2, seen: [] })]);
    expect([1, 2]).toContain((await open(files)).data.since);
  });

  it('that were spoilt are named with what is wrong', async () => {
    await files.commit(
      [{ action: 'create', path: 'spoilt.json', content: '{"since":"x"}' }],
      'By hand',
    );
    await expect(openJson(files, 'spoilt.json', schema, fallback)).rejects.toMatchObject({
      code: 'FILE_INVALID',
      details: {
        file: 'spoilt.json',
        problems: expect.stringMatching(/- since: [^]*- seen: /) as unknown,
      },
    });
  });
});
