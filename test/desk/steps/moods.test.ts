import { describe, expect, it } from 'vitest';
import { withMoods } from '../../../lib/desk/steps/moods.ts';
import type { ArchiveItem } from '../../../lib/ingest/archive.ts';
import { createLog } from '../../../lib/log.ts';
import { fail } from '../../../lib/errors.ts';
import type { Embedder } from '../../../lib/models/model.ts';
import { secret } from '../../../lib/secret.ts';
import type { Trend } from '../../../lib/trend/trend.ts';

const trend = (id: string, ...terms: string[]): Trend => ({
  id,
  name: id,
  terms,
  score: 1,
  posts: 1,
  expected: 0,
  firstAt: 0,
  lastAt: 0,
  networks: ['x'],
  evidence: [],
});

let at = 0;
const post = (text: string, more: object = {}): ArchiveItem => ({
  id: `x:${String((at += 1))}`,
  network: 'x',
  text,
  at,
  tags: [...text.matchAll(/#(\w+)/g)].map(([, tag = '']) => tag.toLowerCase()),
  ...more,
});

async function* stream(items: readonly ArchiveItem[]) {
  for (const item of items) yield await Promise.resolve(item);
}

const said: string[] = [];
const log = createLog(
  { log: { level: 'warn' }, secrets: secret([]) },
  { write: (line: string) => said.push(line) },
);
const desk = (embedders: readonly (() => Promise<Embedder>)[] = []) => ({
  embedders: () => Promise.resolve(embedders),
  log,
});
const posts = [
  post('I love the #BigGame, what a wonderful evening :)'),
  post('big game tonight, so happy and excited!'),
  post('This strike is awful, I hate waiting'),
  post('the strike again... terrible, so angry', { copy: true }),
  { malformed: true, line: 3, why: 'broken' } as const,
];

describe('withMoods', () => {
  it('judges a trend by the posts that name it, in any spelling, each text once', async () => {
    const trends = [trend('game', 'big game'), trend('strike', 'strike'), trend('quiet', 'nobody')];
    const found = await withMoods(desk(), trends, new Map(), stream(posts));
    expect(found.map(({ id }) => id)).toEqual(['game', 'strike', 'quiet']);
    const [game, strike, quiet] = found.map(({ mood }) => mood);
    expect(game).toMatchObject({ posts: 2 });
    expect(game?.mean).toBeGreaterThan(0.4);
    expect(strike).toMatchObject({ posts: 1 });
    expect(strike?.mean).toBeLessThan(-0.4);
    expect(quiet).toBeUndefined();
  });

  it('takes the words of the domain as the domain means them', async () => {
    const mood = async (words: ReadonlyMap<string, number>) => {
      const [found] = await withMoods(
        desk(),
        [trend('coin', 'coin')],
        words,
        stream([post('got rekt with this coin')]),
      );
      return found?.mood?.mean ?? 0;
    };
    expect(await mood(new Map([['rekt', -1]]))).toBeLessThan((await mood(new Map())) - 0.2);
  });

  it('goes on by words when the embedder fails, and says so', async () => {
    const broken: Embedder = {
      name: 'bundled/minilm-l6-v2',
      embed: () => Promise.reject(fail('MODEL_FAILED', { provider: 'it', why: 'broken' })),
    };
    const trends = [trend('game', 'big game')];
    const byWords = await withMoods(desk(), trends, new Map(), stream(posts));
    expect(said).toEqual([]);
    const found = await withMoods(
      desk([() => Promise.resolve(broken)]),
      trends,
      new Map(),
      stream(posts),
    );
    expect(found).toEqual(byWords);
    expect(said.join('')).toContain('moods are judged by words alone');
  });

  it('does not take another language for English, whatever its letters', async () => {
    const spanish = 'Me encanta el festival de esta noche, die horror de la gente no importa nada';
    const alike = 'I hate this awful festival, everybody here is angry and it is a disaster';
    const moods = async (...items: readonly ArchiveItem[]) =>
      (await withMoods(desk(), [trend('f', 'festival')], new Map(), stream(items)))[0]?.mood;
    expect(await moods(post(spanish))).toBeUndefined();
    expect(await moods(post(alike))).toMatchObject({ posts: 1 });
    expect(await moods(post(alike, { language: 'es' }))).toBeUndefined();
  });
});
