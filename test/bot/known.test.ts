import { expect, it } from 'vitest';
import { createKnown } from '../../bot/known.ts';

it('remembers what issues and merge requests are about, not branches, and only what was found', () => {
  const known = createKnown();
  known.learn({ mergeRequest: 1 }, ['a']);
  known.learn({ issue: 1 }, []);
  known.learn({ branch: 'main' }, ['a', 'b']);
  expect(known.postsOf({ mergeRequest: 1 })).toEqual(['a']);
  expect(known.postsOf({ issue: 1 })).toBeUndefined();
  expect(known.postsOf({ branch: 'main' })).toBeUndefined();
});

it('stays bounded', () => {
  const known = createKnown(2);
  for (const issue of [1, 2, 3]) known.learn({ issue }, [String(issue)]);
  expect(known.postsOf({ issue: 1 })).toBeUndefined();
  expect(known.postsOf({ issue: 3 })).toEqual(['3']);
});
