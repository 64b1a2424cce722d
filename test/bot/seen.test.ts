import { expect, it } from 'vitest';
import { createSeen } from '../../bot/seen.ts';

it('remembers the last ids and no more', () => {
  const seen = createSeen(2);
  const known = ['a', 'b', 'a', 'c', 'b', 'a', 'c', 'b'].map((id) => seen.has(id));
  expect(known).toEqual([false, false, true, false, true, false, true, false]);
});
