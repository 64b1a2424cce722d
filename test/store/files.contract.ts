import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isError } from '../../lib/errors.ts';
import type { Files } from '../../lib/store/files.ts';

/** A branch on a server, and writers to it that know nothing of each other. */
export interface Branch {
  writer(): Promise<Files>;
  /** Messages of the commits on the branch, newest first. */
  messages(): Promise<readonly string[]>;
  close(): Promise<void>;
}

const writers = 8;

/** What holds for every implementation of Files. */
export function filesContract(name: string, open: () => Promise<Branch>): void {
  describe(`${name} keeps files of a branch`, () => {
    let branch: Branch;
    let files: Files;
    const fresh = () => `f/${randomUUID()}.json`;
    const create = (path: string, content = 'one\n') => ({
      action: 'create' as const,
      path,
      content,
    });
    const conflict = (work: Promise<unknown>) =>
      expect(work).rejects.toMatchObject({ code: 'STORE_CONFLICT', retryable: true });

    beforeAll(async () => {
      branch = await open();
      files = await branch.writer();
    });
    afterAll(() => branch.close());

    it('reads back exactly what was written', async () => {
      const path = `d/${randomUUID()}/ä b.json`;
      const content = '{"a":"\u2028 ü 🎉"}\r\nno newline at the end';
      const { commit } = await files.commit([create(path, content)], 'Write');
      expect(commit).toMatch(/^[0-9a-f]{40}$/);
      expect(await files.read(path)).toBe(content);
      expect(await (await branch.writer()).read(path)).toBe(content);
    });

    it('knows no file that is not there', async () => {
      expect(await files.read(fresh())).toBeUndefined();
      expect(await files.read('f')).toBeUndefined();
      expect(await files.list('no/such/folder')).toEqual([]);
    });

    it('lists what lies below a folder, sorted, and nothing beside it', async () => {
      const paths = ['list/b.json', 'list/a/z.json', 'list/a.json', 'listed.json'];
      await files.commit(
        paths.map((path) => create(path)),
        'Write four',
      );
      expect(await files.list('list')).toEqual(['list/a.json', 'list/a/z.json', 'list/b.json']);
    });

    it('refuses to create what is there, to change or remove what is not, and then writes nothing', async () => {
      const path = fresh();
      const other = fresh();
      await files.commit([create(path)], 'Write');
      await conflict(files.commit([create(other), create(path, 'two\n')], 'Write again'));
      await conflict(
        files.commit([create(other), { action: 'update', path: fresh(), content: '' }], 'Change'),
      );
      await conflict(files.commit([create(other), { action: 'delete', path: fresh() }], 'Remove'));
      expect(await files.read(path)).toBe('one\n');
      expect(await files.read(other)).toBeUndefined();
    });

    it('creates, changes and removes in one commit', async () => {
      const [a, b, c] = [fresh(), fresh(), fresh()];
      await files.commit([create(a), create(b)], 'Write two');
      const before = (await branch.messages()).length;
      await files.commit(
        [create(c), { action: 'update', path: a, content: 'two\n' }, { action: 'delete', path: b }],
        'Three at once',
      );
      expect(await Promise.all([a, b, c].map((path) => files.read(path)))).toEqual([
        'two\n',
        undefined,
        'one\n',
      ]);
      const messages = await branch.messages();
      expect(messages.length).toBe(before + 1);
      expect(messages[0]).toMatch(/^Three at once\n/);
      expect(messages[0]!.trimEnd()).toMatch(/\[skip ci\]$/);
    });

    it('lets exactly one of eight writers create a path', async () => {
      const path = fresh();
      const all = await Promise.all(Array.from({ length: writers }, () => branch.writer()));
      const outcomes = await Promise.allSettled(
        all.map((each, n) =>
          each.commit([create(path, `writer ${String(n)}\n`)], `Claim ${String(n)}`),
        ),
      );
      const won = outcomes.flatMap(({ status }, n) => (status === 'fulfilled' ? [n] : []));
      expect(won).toHaveLength(1);
      expect(await files.read(path)).toBe(`writer ${String(won[0])}\n`);
      const lost = outcomes.filter((each) => each.status === 'rejected');
      expect(lost.every(({ reason }) => isError(reason, 'STORE_CONFLICT'))).toBe(true);
      // Who lost reads who has won at once.
      const loser = all[outcomes.findIndex(({ status }) => status === 'rejected')]!;
      expect(await loser.read(path)).toBe(`writer ${String(won[0])}\n`);
    });

    it('lands commits of different files by eight writers at once, all of them', async () => {
      const all = await Promise.all(Array.from({ length: writers }, () => branch.writer()));
      const paths = all.map(() => fresh());
      await Promise.all(
        all.map((each, n) => each.commit([create(paths[n]!)], `File ${String(n)}`)),
      );
      const reader = await branch.writer();
      expect(await Promise.all(paths.map((path) => reader.read(path)))).toEqual(
        paths.map(() => 'one\n'),
      );
    });

    it('takes many commits at once from one writer', async () => {
      const paths = Array.from({ length: 5 }, fresh);
      await Promise.all(paths.map((path) => files.commit([create(path)], 'One of five')));
      expect(await Promise.all(paths.map((path) => files.read(path)))).toEqual(
        paths.map(() => 'one\n'),
      );
    });

    it.each(['../out.json', '/etc/passwd', 'a/../../b', '.git/config', 'a//b', '', 'a\\b'])(
      'touches nothing for the path %j',
      async (path) => {
        await expect(async () => files.commit([create(path)], 'Climb')).rejects.toThrow(
          'is no path',
        );
        await expect(files.read(path)).rejects.toThrow('is no path');
      },
    );
  });
}
