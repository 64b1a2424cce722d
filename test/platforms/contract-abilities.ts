import { expect } from 'vitest';
import type { Signal } from '../../lib/ingest/signal.ts';
import type { Connection, Outgoing, Platform } from '../../lib/platforms/platform.ts';
import type { Receipt } from '../../lib/store/record.ts';
import type { Abilities } from './contract.ts';
import { itIf, type Stage } from './stage.ts';

/** What a network must do if it can do it at all. */
export function describeAbilities(platform: Platform, at: Stage, can: Abilities): void {
  const publish = async (
    text: string,
    change: (outgoing: Outgoing) => Outgoing = (same) => same,
  ): Promise<{ connection: Connection; receipt: Receipt; outgoing: Outgoing }> => {
    const { world, prepare } = at;
    const { outgoing, attempt } = prepare(text);
    const connection = await world.connect();
    const changed = change(outgoing);
    return {
      connection,
      outgoing: changed,
      receipt: await connection.publish!(changed, 0, attempt()),
    };
  };
  const there = async ({ id }: Receipt) => (await at.world.posts()).find((post) => post.id === id);
  const gather = async (posts: AsyncIterable<Signal>) => {
    const found: Signal[] = [];
    for await (const post of posts) found.push(post);
    return found;
  };

  itIf(can.remove)('takes a post back, and has done so already', async () => {
    const { connection, receipt } = await publish('Taken back.');
    await connection.remove!(receipt);
    expect(await there(receipt)).toBeUndefined();
    await connection.remove!(receipt);
  });

  itIf(can.edit)('changes the words of a post', async () => {
    const { connection, receipt, outgoing } = await publish('First words.');
    const parts = outgoing.parts.map((part) => ({ ...part, text: 'Second words.' }));
    const edited = await connection.edit!(receipt, { ...outgoing, parts }, 0);
    expect((await there(edited))?.text).toBe('Second words.');
    expect(edited.part).toBe(0);
  });

  itIf(can.metrics)('tells how a post did', async () => {
    const { connection, receipt } = await publish('How did I do?');
    const [numbers] = await connection.metrics!([receipt]);
    expect(numbers?.id).toBe(receipt.id);
    const counts = Object.values(numbers?.counts ?? {});
    expect(counts.length).toBeGreaterThan(0);
    for (const count of counts) expect(count).toBeGreaterThanOrEqual(0);
  });

  itIf(can.whoami)('says who the account is', async () => {
    const connection = await at.world.connect();
    const { id, name } = await connection.whoami!();
    expect([id, name].every((text) => text.length > 0)).toBe(true);
  });

  itIf(can.own)('reads its own posts, newest first', async () => {
    const began = Date.now() - 60_000;
    const { connection, receipt } = await publish('Mine to read.');
    const posts = await gather(connection.own!(began));
    const mine = posts.find(({ text }) => text.includes('Mine to read.'));
    expect(mine).toMatchObject({ network: platform.name });
    expect(mine?.id.startsWith(`${platform.name}:`)).toBe(true);
    expect(mine?.id).toContain(receipt.id.split('/').at(-1));
    expect(Number(mine?.at)).toBeGreaterThanOrEqual(began);
    const times = posts.map((post) => post.at);
    expect(times).toEqual(times.toSorted((a, b) => b - a));
    const later = await gather(connection.own!(Date.now() + 3_600_000));
    expect(later).toEqual([]);
  });

  itIf(platform.poll)('asks people', async () => {
    const duration = Math.max(platform.poll?.duration.min ?? 0, 86_400_000);
    const poll = { options: ['Yes', 'No'], duration };
    const { receipt } = await publish('A question?', (outgoing) => ({
      ...outgoing,
      parts: outgoing.parts.map((part) => ({ ...part, poll })),
    }));
    expect(await there(receipt)).toBeDefined();
  });

  itIf(platform.linkCards)('shows the page behind a link', async () => {
    const link = { url: 'https://example.com/page', title: 'A page', description: 'About it' };
    const { receipt } = await publish('Look at this.', (outgoing) => ({
      ...outgoing,
      parts: outgoing.parts.map((part) => ({ ...part, link })),
    }));
    expect(await there(receipt)).toBeDefined();
  });

  itIf(platform.schedules)('leaves the time to the network', async () => {
    const time = Date.now() + Math.max(platform.schedules?.min ?? 0, 3_600_000) + 60_000;
    const { receipt } = await publish('Not yet.', (outgoing) => ({ ...outgoing, at: time }));
    expect(Math.abs(receipt.at - time)).toBeLessThan(60_000);
  });
}
