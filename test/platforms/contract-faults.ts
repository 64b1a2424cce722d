import { expect, it } from 'vitest';
import { fail, type PulseError } from '../../lib/errors.ts';
import type { Deadline, Platform } from '../../lib/platforms/platform.ts';
import type { Fault } from './proxy.ts';
import type { Stage } from './stage.ts';

/** What every network that can publish must make of what goes wrong. */
export function describeFaults(platform: Platform, at: Stage): void {
  /** Publishes while the proxy does this to the request that makes the post visible, or to all. */
  const publishing = async (text: string, fault: Fault, which: 'act' | 'all') => {
    const { world, prepare } = at;
    const { outgoing, attempt } = prepare(text);
    const connection = await world.connect();
    const struck = { times: 0 };
    world.proxy!.fail((path, method) => {
      if (which === 'act' && !world.acts!(path, method)) return 'pass';
      // Once: what the adapter asks afterwards it may be told.
      if (which === 'act' && struck.times > 0) return 'pass';
      struck.times += 1;
      return fault;
    });
    const error = await connection.publish!(outgoing, 0, attempt()).then(
      () => undefined,
      (thrown: unknown) => thrown as PulseError,
    );
    world.proxy!.fail(() => 'pass');
    expect(struck.times, 'the fault struck').toBeGreaterThan(0);
    return { error, outgoing, attempt, connection };
  };
  const hides = (error: PulseError | undefined) => {
    const shown: string[] = [];
    for (let each: unknown = error; each instanceof Error; each = each.cause)
      shown.push(each.message, each.stack ?? '', JSON.stringify(each));
    const secrets = Object.values(at.world.credentials).filter(
      (value) => value.length >= 8 && !/^https?:/.test(value),
    );
    for (const secret of secrets) expect(shown.join('\n')).not.toContain(secret);
  };

  it('lets nothing leave once the deadline has passed', async () => {
    const { world, prepare, sent } = at;
    const { outgoing, attempt } = prepare('Too late.');
    const over: Deadline = {
      signal: AbortSignal.abort(),
      check: () => {
        throw fail('CLAIM_EXPIRED', { delivery: outgoing.delivery });
      },
    };
    const sending = (await world.connect()).publish!(outgoing, 0, attempt([], over));
    await expect(sending).rejects.toMatchObject({ code: 'CLAIM_EXPIRED' });
    expect(await sent('Too late.')).toEqual([]);
  });

  it('says that a server that is down is busy, never that a post is absent', async () => {
    const { world, prepare, sent } = at;
    const { outgoing, attempt } = prepare('Into the void.');
    const connection = await world.connect();
    await (world.down?.() ?? world.proxy!.down());
    try {
      const sending = connection.publish!(outgoing, 0, attempt());
      const code = expect.stringMatching(/^DELIVERY_(BUSY|UNKNOWN)$/) as string;
      await expect(sending).rejects.toMatchObject({ code });
      if (connection.find) {
        const asking = connection.find(outgoing, 0, attempt().handles, []);
        await expect(asking).rejects.toMatchObject({ code: 'DELIVERY_BUSY', retryable: true });
      }
    } finally {
      await (world.up?.() ?? world.proxy!.up());
    }
    expect(await sent('Into the void.')).toEqual([]);
  });

  if (platform.name === 'outbox') return;

  it('says when credentials are no longer good, and shows none', async () => {
    const { error } = await publishing('Not me.', at.world.refused!(), 'all');
    expect(error).toMatchObject({ code: 'CREDENTIALS_REFUSED', retryable: false });
    hides(error);
    expect(await at.sent('Not me.')).toEqual([]);
  });

  it('is told when to come back', async () => {
    const { until, ...answer } = at.world.limited!();
    const { error } = await publishing('One too many.', answer, 'all');
    expect(error).toMatchObject({ code: 'DELIVERY_BUSY', retryable: true });
    expect(Math.abs(Number(error?.details.until) - until)).toBeLessThan(2500);
    hides(error);
  });

  it.each([500, 502, 503])(
    'does not know after a %i of the request that counts',
    async (status) => {
      const answer = { status, body: '<html>Bad gateway</html>' };
      const { error } = await publishing(`Broke with ${String(status)}.`, answer, 'act');
      expect(error?.code).toBe('DELIVERY_UNKNOWN');
      hides(error);
    },
  );

  it('comes back after a 502 of any request before it', async () => {
    const { world, prepare } = at;
    const { outgoing, attempt } = prepare('Before it began.');
    const connection = await world.connect();
    const counts = { acts: 0, others: 0 };
    world.proxy!.fail((path, method) => {
      counts[world.acts!(path, method) ? 'acts' : 'others'] += 1;
      return { status: 502, body: 'Bad gateway' };
    });
    const sending = connection.publish!(outgoing, 0, attempt());
    const error = await sending.catch((thrown: unknown) => thrown as PulseError);
    world.proxy!.fail(() => 'pass');
    const code = counts.acts > 0 ? 'DELIVERY_UNKNOWN' : 'DELIVERY_BUSY';
    expect(error).toMatchObject({ code });
  });

  it.each(['cut', 'lose'] as const)(
    'does not know after an answer that broke off (%s), and find does',
    async (how) => {
      const { world, sent } = at;
      const text = `Broken: ${how}.`;
      const { error, outgoing, attempt, connection } = await publishing(text, how, 'act');
      expect(error?.code).toBe('DELIVERY_UNKNOWN');
      hides(error);
      expect(await sent(text)).toHaveLength(how === 'cut' ? 1 : 0);
      const found = await connection.find?.(outgoing, 0, attempt().handles, []);
      if (connection.find && how === 'lose') expect(found).toBe(world.missing);
      if (connection.find && how === 'cut') expect(found).toMatchObject({ part: 0 });
      if (found !== 'absent' && !platform.keyed) return;
      await connection.publish!(outgoing, 0, attempt());
      expect(await sent(text)).toHaveLength(1);
    },
  );

  it('takes half of an answer for none', async () => {
    const { world } = at;
    const answer = {
      status: 200,
      headers: { 'content-type': 'application/json' },
      body: '{"id": "1", "da',
    };
    const { error, connection, outgoing, attempt } = await publishing('Half.', answer, 'act');
    expect(error?.code).toBe('DELIVERY_UNKNOWN');
    if (connection.find)
      expect(await connection.find(outgoing, 0, attempt().handles, [])).toBe(world.missing);
  });
}
