import { afterEach, describe, expect, it } from 'vitest';
import { transition } from '../../lib/publish/delivery.ts';
import type { Delivery } from '../../lib/store/record.ts';
import { scheduled } from './post.ts';
import { type Press, setUpPress } from './press.ts';

let press: Press;
afterEach(() => press.close());

const only = async () => (await press.load()).deliveries[0]!;
/** The network takes the request and its answer never comes. */
const swallowAnswer: typeof fetch = async (input, init) => {
  await fetch(input, init);
  throw new TypeError('terminated');
};

describe('a delivery', () => {
  it('is claimed, written down, sent and recorded', async () => {
    press = await setUpPress([scheduled('outbox')]);
    const record = await press.deliver();
    expect(record.deliveries[0]).toMatchObject({
      status: 'published',
      attempt: 1,
      receipts: [{ part: 0, url: 'https://desk.example/outbox/fed-cuts.outbox-1.json' }],
    });
    expect(await press.claim('outbox', 1)).toMatchObject({
      delivery: 'fed-cuts.outbox',
      holder: 'press',
      revision: 1,
      hash: record.deliveries[0]!.hash,
      handles: [{ key: 'fed-cuts.outbox-1' }],
    });
    expect(await press.load()).toEqual(record);
    await press.deliver();
    expect(await press.outbox()).toHaveLength(1);
  });

  it('of a target that fails does not keep the others back', async () => {
    press = await setUpPress([scheduled('nobody'), scheduled('outbox')]);
    const { deliveries } = await press.deliver();
    expect(deliveries.map(({ status }) => status)).toEqual(['failed', 'published']);
    expect(deliveries[0]?.error?.message).toContain('the profile has no account "nobody"');
  });

  it('is not sent without the yes, however much the record says so', async () => {
    press = await setUpPress([scheduled('outbox')]);
    const confirm = () => Promise.resolve({ ok: false as const, why: 'the approval is gone' });
    await press.deliver({ confirm });
    expect(await only()).toMatchObject({
      status: 'scheduled',
      error: {
        code: 'DELIVERY_NOT_ALLOWED',
        message: expect.stringContaining('is gone') as string,
      },
    });
    expect(await press.files.list('claims')).toEqual([]);
    expect(await press.outbox()).toEqual([]);
    press.clock.turn(300_000);
    await press.deliver();
    expect(await only()).toMatchObject({ status: 'published' });
  });

  it('is not sent when somebody cancelled it between the claim and the request', async () => {
    press = await setUpPress([scheduled('wall')]);
    const cancel = (delivery: Delivery) => transition(delivery, { type: 'cancelled' }, 0);
    await press.deliver({
      confirm: async () => {
        await press.change((record) => ({ ...record, deliveries: record.deliveries.map(cancel) }));
        return { ok: true };
      },
    });
    expect(await only()).toMatchObject({ status: 'cancelled' });
    expect(press.entries).toEqual([]);
  });

  it('keeps what others write into the record meanwhile', async () => {
    press = await setUpPress([scheduled('outbox')]);
    const notice = { at: 1, text: 'Somebody spoke.' };
    await press.deliver({
      confirm: async () => {
        await press.change((record) => ({ ...record, notices: [notice] }));
        return { ok: true };
      },
    });
    expect(await press.load()).toMatchObject({
      notices: [notice],
      deliveries: [{ status: 'published' }],
    });
  });
});

describe('a delivery that was claimed before', () => {
  it('is left alone until the claim and the grace are over, then the network is asked', async () => {
    press = await setUpPress([scheduled('wall')]);
    press.fetch = swallowAnswer;
    await press.deliver();
    expect(await only()).toMatchObject({
      status: 'publishing',
      error: { code: 'DELIVERY_UNKNOWN' },
    });
    press.fetch = fetch;
    press.clock.turn(60_500);
    await press.deliver();
    expect(await only()).toMatchObject({ status: 'publishing', attempt: 1 });
    press.clock.turn(1000);
    await press.deliver();
    expect(await only()).toMatchObject({
      status: 'published',
      attempt: 1,
      receipts: [{ id: '1' }],
    });
    expect(press.entries).toHaveLength(1);
  });

  it('is known from its claims when the record was lost', async () => {
    press = await setUpPress([scheduled('wall'), scheduled('outbox')]);
    await press.deliver();
    await press.change((record) => ({
      ...record,
      deliveries: [scheduled('wall'), scheduled('outbox')],
    }));
    await press.deliver();
    expect((await press.load()).deliveries.map(({ status }) => status)).toEqual([
      'publishing',
      'publishing',
    ]);
    press.clock.turn(61_000);
    await press.deliver();
    expect((await press.load()).deliveries.map(({ status }) => status)).toEqual([
      'published',
      'published',
    ]);
    expect(press.entries).toHaveLength(1);
    expect(await press.outbox()).toHaveLength(1);
  });

  it('goes to a person where the network cannot be asked, who decides', async () => {
    press = await setUpPress([scheduled('mute')]);
    press.fetch = swallowAnswer;
    await press.deliver();
    expect(await only()).toMatchObject({ status: 'unknown' });
    press.fetch = fetch;
    press.clock.turn(1e9);
    await press.deliver();
    expect(press.entries).toHaveLength(1);
    await press.retry();
    await press.deliver();
    expect(await only()).toMatchObject({ status: 'published', attempt: 2 });
    expect(press.entries).toHaveLength(2);
  });

  it('is not sent again when the first part of its thread was removed', async () => {
    press = await setUpPress([scheduled('wall')], ['One.', 'Two.']);
    const send = fetch;
    press.fetch = (input, init) =>
      init?.method === 'POST' && press.entries.length === 1
        ? Promise.reject(new TypeError('terminated'))
        : send(input, init);
    await press.deliver();
    expect(await only()).toMatchObject({ status: 'publishing', receipts: [{ part: 0 }] });
    press.fetch = fetch;
    press.entries.length = 0;
    press.clock.turn(61_000);
    await press.deliver();
    expect(await only()).toMatchObject({
      status: 'unknown',
      error: { message: expect.stringContaining('has been removed') as string },
    });
    expect(press.entries).toEqual([]);
  });

  it('is not touched when its claim was written by hand', async () => {
    press = await setUpPress([scheduled('outbox')]);
    const path = 'claims/fed-cuts.outbox-1.json';
    await press.files.commit([{ action: 'create', path, content: '{"mine": true}' }], 'Hi');
    await press.deliver();
    expect(await only()).toMatchObject({ status: 'unknown', error: { code: 'CLAIM_INVALID' } });
    expect(await press.outbox()).toEqual([]);
  });
});
