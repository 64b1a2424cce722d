import { defineConfig } from 'vitest/config';

/** Suites that start browsers, pipelines or whole desks; they run after all the others. */
const slow = ['pages', 'pipeline', 'scenarios', 'contracts', 'start'].map(
  (folder) => `test/${folder}/**/*.test.ts`,
);
const outside = ['test/crash/**', 'test/bench/**', 'node_modules/**'];

export default defineConfig({
  test: {
    reporters: ['default', './test/reporter.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 30_000,
    projects: [
      {
        extends: true,
        test: { name: 'quick', include: ['test/**/*.test.ts'], exclude: [...outside, ...slow] },
      },
      {
        extends: true,
        test: {
          name: 'slow',
          include: slow,
          exclude: outside,
          testTimeout: 120_000,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
