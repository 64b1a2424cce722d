import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { refused, rooms } from './rooms.ts';
import { allCode, code, importsOf, top } from './source.ts';

describe('imports', () => {
  it('run one way: bot, jobs -> desk -> steps -> platforms, models, gitlab, store', () => {
    const wrong = allCode.flatMap((path) =>
      importsOf(path).flatMap((each) => {
        const why = each.path === undefined ? undefined : refused(path, each.path, each.typeOnly);
        return why === undefined ? [] : [`${path}:${String(each.line)}: ${why}`];
      }),
    );
    expect(wrong).toEqual([]);
  });

  it('name files that exist, with their suffix', () => {
    const missing = allCode.flatMap((path) =>
      importsOf(path)
        .filter((each) => each.path !== undefined && !existsSync(join(top, each.path)))
        .map((each) => `${path}:${String(each.line)}: ${each.name}`),
    );
    expect(missing).toEqual([]);
  });

  it('never go round in a circle', () => {
    const targets = new Map(
      code.map((path) => [
        path,
        importsOf(path).flatMap((each) => (each.path && !each.typeOnly ? [each.path] : [])),
      ]),
    );
    const done = new Set<string>();
    const circles: string[] = [];
    const visit = (path: string, trail: readonly string[]) => {
      if (trail.includes(path)) circles.push([...trail, path].join(' -> '));
      if (done.has(path) || trail.includes(path)) return;
      for (const target of targets.get(path) ?? []) visit(target, [...trail, path]);
      done.add(path);
    };
    for (const path of code) visit(path, []);
    expect(circles).toEqual([]);
  });

  it('are judged by a table that can say no', () => {
    const cases: [string, string, boolean, boolean][] = [
      ['lib/trend/score.ts', 'lib/ingest/signal.ts', false, true],
      ['lib/ingest/read.ts', 'lib/trend/trend.ts', false, false],
      ['lib/gitlab/client.ts', 'lib/review/card.ts', true, false],
      ['lib/platforms/x/index.ts', 'lib/platforms/bluesky/index.ts', true, false],
      ['lib/platforms/x/index.ts', 'lib/platforms/graphemes.ts', false, true],
      ['lib/platforms/x/index.ts', 'lib/draft/document.ts', true, false],
      ['lib/desk/tick.ts', 'lib/config.ts', false, false],
      ['lib/desk/tick.ts', 'lib/config.ts', true, true],
      ['bot/server.ts', 'lib/publish/deliver.ts', false, false],
      ['bot/server.ts', 'jobs/tick.ts', true, false],
      ['jobs/tick.ts', 'sandbox/index.ts', true, false],
      ['sandbox/app.ts', 'lib/gitlab/index.ts', true, false],
      ['lib/errors.ts', 'lib/log.ts', true, false],
    ];
    for (const [from, to, typeOnly, may] of cases)
      expect([from, to, refused(from, to, typeOnly) === undefined]).toEqual([from, to, may]);
  });

  it('are judged room by room, and every room is in use', () => {
    const empty = rooms.filter((room) => !allCode.some((path) => room.holds.test(path)));
    // The room for numbers is left free on purpose.
    expect(empty.map((room) => room.name)).toEqual(['lib/measure']);
  });
});
