import { expect } from 'vitest';
import type { Network } from './network.ts';
import type { Orders } from './plan.ts';
import type { Publisher } from './scene.ts';

export type Parts = Orders['parts'];

export const one: Parts = [{ text: 'Only one of me.' }];
export const thread: Parts = [
  { text: 'First of three.', alt: 'Two dots' },
  { text: 'Second of three.' },
  { text: 'Third of three.' },
];

type Staged = Awaited<ReturnType<Network['scene']>>;

/** Holds when every part is out exactly once, in order, and the record says so and names them. */
export async function expectOnce(scene: Staged, parts: Parts, where = ''): Promise<void> {
  const delivery = (await scene.record()).deliveries[0]!;
  const out = await scene.out();
  const texts = out.map(({ text }) => text);
  const wanted = parts.map(({ text }) => text);
  expect(texts, where).toEqual(wanted);
  expect(delivery.status, where).toBe('published');
  const receipts = delivery.receipts.map(({ id }) => id);
  expect(receipts, where).toEqual(out.map(({ id }) => id));
}

/** Waits for a publisher that nobody strikes. */
export async function expectQuiet(publisher: Publisher): Promise<string[]> {
  const { status, signal, said, calls } = await publisher.ended;
  expect({ status, signal, said }).toEqual({ status: 0, signal: null, said: '' });
  return calls;
}
