import { posix } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isPostPath, mediaPathProblem, postPath, slugOf } from '../../lib/draft/paths.ts';

describe('slugs', () => {
  it.each([
    ['Hurricane Sandy', 'hurricane-sandy'],
    ['#Bitcoin  — $100k?', 'bitcoin-100k'],
    ['Müller über Île', 'muller-uber-ile'],
    ['雪が降る', 'post'],
    ['../../etc/passwd', 'etc-passwd'],
    ['', 'post'],
  ])('%j becomes %j', (name, slug) => expect(slugOf(name)).toBe(slug));

  it('are plain, short and stable for any name, and make a path where posts lie', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 200 }),
        fc.nat(4_000_000_000_000),
        (name, at) => {
          const slug = slugOf(name);
          expect(slug).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
          expect(slug.length).toBeLessThanOrEqual(60);
          expect(slugOf(slug)).toBe(slug);
          expect(isPostPath(postPath(slug, at))).toBe(true);
        },
      ),
    );
  });

  it('are cut between words', () => {
    expect(slugOf('one two three', 8)).toBe('one-two');
    expect(slugOf('abcdefghij', 4)).toBe('abcd');
  });

  it('lie by the month in UTC', () => {
    expect(postPath('a', Date.UTC(2026, 10, 30, 23, 59))).toBe('content/posts/2026/11/a.md');
    expect(postPath('a', Date.UTC(2026, 11, 1))).toBe('content/posts/2026/12/a.md');
  });
});

describe('paths of images', () => {
  it.each([
    'content/media/chart.png',
    'content/media/2026/Karte Überblick (1).JPG',
    'content/posts/2026/11/a.webp',
  ])('%j may be', (path) => expect(mediaPathProblem(path)).toBeUndefined());

  it.each([
    '/content/media/a.png',
    'content/../secrets.png',
    'content/./a.png',
    'content//a.png',
    'content/a/../../b.png',
    'Content/media/a.png',
    'CONTENT/a.png',
    'content\\..\\a.png',
    'content/%2e%2e/a.png',
    'content/.git/a.png',
    'content/media/a.png/',
    'content/media /a.png',
    'content/media./a.png',
    'content/media/a.png\u0000.md',
    'content/media/\u202egnp.exe.png',
    'content/media/a.svg',
    'content/media/png',
    'content/c:/a.png',
    'content/-rf/a.png',
    'media/a.png',
    'profiles/a.png',
    'content.png',
    '.gitlab-ci.yml',
    '',
  ])('%j may not be', (path) => expect(mediaPathProblem(path)).toBeDefined());

  it('never climb out, whatever steps they are made of', () => {
    const step = fc.constantFrom(
      '..',
      '.',
      '',
      'content',
      'Content',
      'a',
      '...',
      '.. ',
      '%2e',
      '\\',
      'a.png',
      'é',
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 7 }), (steps) => {
        const path = `${steps.join('/')}/x.png`;
        fc.pre(mediaPathProblem(path) === undefined);
        expect(posix.normalize(path)).toBe(path);
        expect(posix.join('/top', path).startsWith('/top/content/')).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });
});
