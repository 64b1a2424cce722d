import { ws } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../../lib/clock.ts';
import type { Connection } from '../../../lib/platforms/platform.ts';
import type { Item, Listening } from '../../../lib/platforms/reading.ts';
import type { Status } from './state.ts';
import { type MastodonWorld, mastodonWorld } from './world.ts';

const stream = ws.link('ws://localhost:4000/api/v1/streaming');
const wires = setupServer();
let world: MastodonWorld;
let connection: Connection;
beforeAll(async () => {
  wires.listen({ onUnhandledFrame: 'bypass' });
  world = await mastodonWorld();
  connection = await world.connect();
});
afterEach(() => {
  wires.resetHandlers();
  expect(world.problems()).toEqual([]);
});
afterAll(async () => {
  wires.close();
  await world.close();
});

/** Pauses take a hundredth of their time. */
const clock: Listening['clock'] = {
  now: () => world.server.state.now(),
  sleep: (ms, signal) => systemClock.sleep(ms / 100, signal),
};
const write = (text: string): Status => {
  const { state } = world.server;
  world.server.later(1000);
  const status = state.makeStatus(text, {});
  state.statuses.push(status);
  return status;
};
const event = (status: unknown, name = 'update') =>
  JSON.stringify({ stream: ['hashtag', 'cats'], event: name, payload: JSON.stringify(status) });
const textOf = (item: Item) => ('text' in item ? item.text : item.why);

describe('listening to Mastodon', () => {
  it('takes what flows and, after a break, what was missed, each once and in order', async () => {
    const seen: { protocols: unknown; url: string; said: string[] }[] = [];
    wires.use(
      stream.addEventListener('connection', ({ client, info }) => {
        const said: string[] = [];
        seen.push({ protocols: info.protocols, url: String(client.url), said });
        client.addEventListener('message', ({ data }) => said.push(String(data)));
        if (seen.length === 1) {
          setTimeout(() => {
            client.send(event(write('One #cats')));
            client.send(event(write('Gone #cats'), 'delete'));
            world.server.state.statuses.pop();
            setTimeout(() => {
              client.close();
              // Written while nobody listens.
              for (let n = 0; n < 90; n++) write(`Missed ${String(n)} #cats`);
            }, 20);
          }, 50);
        } else if (seen.length === 2)
          // It flows before the seam has been read.
          setTimeout(() => client.send(event(write('Two #cats'))), 2);
      }),
    );
    write('Before all this #cats');
    const stop = new AbortController();
    const found: string[] = [];
    const cursors: bigint[] = [];
    for await (const item of connection.listen!({
      duration: 1e6,
      clock,
      terms: ['Cats', '#cats'],
      signal: stop.signal,
      keep: (cursor) => cursors.push(BigInt(cursor)),
    })) {
      found.push(textOf(item).replace(' #cats', ''));
      if (found.length === 92) setTimeout(() => stop.abort(), 30);
    }
    const missed = Array.from({ length: 90 }, (_, n) => `Missed ${String(n)}`);
    expect(found.toSorted()).toEqual(['One', 'Two', ...missed].toSorted());
    expect(found.filter((text) => text.startsWith('Missed'))).toEqual(missed);
    expect(cursors).toEqual(cursors.toSorted((a, b) => (a < b ? -1 : 1)));
    expect(seen.map(({ said }) => said.map((each) => JSON.parse(each) as unknown))).toEqual([
      [{ type: 'subscribe', stream: 'hashtag', tag: 'cats' }],
      [{ type: 'subscribe', stream: 'hashtag', tag: 'cats' }],
    ]);
    expect(seen[0]?.url).not.toContain(world.server.state.token);
    expect(seen[0]?.protocols).toEqual(world.server.state.token);
  });

  it('goes on where another run has stopped', async () => {
    wires.use(stream.addEventListener('connection', () => undefined));
    const first = write('Known');
    world.server.later(300_000);
    const second = write('Between the runs');
    const stop = new AbortController();
    for await (const item of connection.listen!({
      duration: 1e6,
      clock,
      cursor: String(BigInt(first.id) + (120_000n << 16n)),
      signal: stop.signal,
      keep(cursor) {
        expect(cursor).toBe(second.id);
        stop.abort();
      },
    }))
      expect(textOf(item)).toBe('Between the runs');
    expect(stop.signal.aborted).toBe(true);
    expect(world.server.requests.at(-1)?.path).toBe('/api/v1/timelines/public');
  });

  it('names what is malformed', async () => {
    wires.use(
      stream.addEventListener('connection', ({ client }) => {
        setTimeout(() => {
          client.send('{');
          client.send(event({ id: '5' }));
          client.send(event({ id: 'x' }));
        }, 40);
      }),
    );
    const found: Item[] = [];
    const stop = new AbortController();
    for await (const item of connection.listen!({ duration: 1e6, clock, signal: stop.signal }))
      if (found.push(item) === 3) stop.abort();
    expect(found).toEqual(
      [1, 2, 3].map((line) => expect.objectContaining({ malformed: true, line }) as Item),
    );
  });

  it('gives up on a server that does not answer', async () => {
    wires.use(stream.addEventListener('connection', ({ client }) => client.close()));
    const listening = connection.listen!({ duration: 1e6, clock })[Symbol.asyncIterator]();
    await expect(listening.next()).rejects.toMatchObject({ code: 'SOURCE_FAILED' });
  });
});
