import { describe, expect, it } from 'vitest';
import { fingerprint, heldIn, isFresh, marginOf, tokenVariables } from '../../lib/tokens/held.ts';
import { isPressing, outlookOf } from '../../lib/tokens/outlook.ts';
import { createSeal } from '../../lib/tokens/seal.ts';

const minute = 60_000;
const day = 1440 * minute;
const now = Date.parse('2026-11-21T12:00:00Z');
const rotating = { renewal: { how: 'rotating' } } as const;
const exchange = { renewal: { how: 'exchange', url: '', grant: '' } } as const;

describe('how long tokens last', () => {
  it.each([
    [
      'renewed for ever',
      rotating,
      { access: 'a', refresh: 'r', expires: now },
      {},
      'renewed',
      false,
    ],
    [
      'renewed until the refresh token ends',
      rotating,
      { refresh: 'r' },
      { refreshExpires: now + 6 * day },
      'renewed',
      true,
    ],
    [
      'no refresh token, months to go',
      rotating,
      { access: 'a', expires: now + 50 * day },
      {},
      'person',
      false,
    ],
    [
      'no refresh token, days to go',
      rotating,
      { access: 'a', expires: now + 6 * day },
      {},
      'person',
      true,
    ],
    ['no refresh token, no end known', rotating, { access: 'a' }, {}, 'person', false],
    [
      'exchanged in time',
      exchange,
      { access: 'a', expires: now + 5 * day },
      { life: 60 * day },
      'renewed',
      false,
    ],
    [
      'exchange keeps failing',
      exchange,
      { access: 'a', expires: now + 2 * day },
      { life: 60 * day },
      'person',
      true,
    ],
    ['exchange came too late', exchange, { access: 'a', expires: now - 1 }, {}, 'refused', true],
    [
      'refused',
      rotating,
      { access: 'a', refresh: 'r' },
      { refused: { at: 1, message: 'no', token: fingerprint('r') } },
      'refused',
      true,
    ],
    [
      'another than the one that was refused',
      rotating,
      { refresh: 'r' },
      { refused: { at: 1, message: 'no', token: fingerprint('q') } },
      'renewed',
      false,
    ],
  ])('%s', (_, oauth, held, note, state, pressing) => {
    const outlook = outlookOf(oauth, held, note, true, now);
    expect([outlook.state, isPressing(outlook, now)]).toEqual([state, pressing]);
  });

  it('is up to a person when the app is not known', () => {
    const held = { access: 'a', refresh: 'r', expires: now + 3 * day };
    expect(outlookOf(rotating, held, undefined, false, now)).toMatchObject({ state: 'person' });
  });
});

it('renews five minutes ahead, or a tenth of a life', () => {
  expect([0, 30 * minute, 120 * minute, 60 * day].map(marginOf)).toEqual([
    5 * minute,
    5 * minute,
    12 * minute,
    6 * day,
  ]);
  const held = { access: 'a', expires: now + 10 * minute };
  expect([isFresh(held, now), isFresh(held, now, 120 * minute)]).toEqual([true, false]);
  expect(isFresh({ expires: now + day }, now)).toBe(false);
});

it('reads variables, of which an empty one is none', () => {
  const names = tokenVariables('my-net', 'A_');
  expect(names.access).toBe('A_MY_NET_ACCESS_TOKEN');
  const read = (access: string, refresh: string, expires: string) =>
    heldIn({ [names.access]: access, [names.refresh]: refresh, [names.expires]: expires }, names);
  expect(read('a', '', '2026-11-21T12:00:00Z')).toEqual({ access: 'a', expires: now });
  expect(read('a', ' ', String(now / 1000))).toEqual({ access: 'a', expires: now });
  expect(read('', 'r', 'tomorrow')).toEqual({ refresh: 'r' });
});

it('seals what only the same token opens, for one purpose, unchanged', () => {
  const random = (bytes: number) => crypto.getRandomValues(new Uint8Array(bytes));
  const seal = createSeal('token-of-the-machine', random);
  const sealed = seal.close('secret ✓', 'tokens of a');
  expect(sealed).not.toContain('secret');
  expect(seal.close('secret ✓', 'tokens of a')).not.toBe(sealed);
  expect(seal.open(sealed, 'tokens of a')).toBe('secret ✓');
  expect(seal.open(sealed, 'tokens of b')).toBeUndefined();
  expect(createSeal('another', random).open(sealed, 'tokens of a')).toBeUndefined();
  const bytes = Buffer.from(sealed, 'base64url');
  for (let at = 0; at < bytes.length; at += 1) {
    const changed = Buffer.from(bytes);
    changed[at] = (changed[at] ?? 0) ^ 1;
    expect(seal.open(changed.toString('base64url'), 'tokens of a')).toBeUndefined();
  }
  expect(seal.open('', 'tokens of a')).toBeUndefined();
});
