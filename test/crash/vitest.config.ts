import { defineConfig } from 'vitest/config';

/** Kills and stops real processes many times over; has a budget of its own. */
export default defineConfig({
  test: {
    include: ['test/crash/**/*.test.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 900_000,
    hookTimeout: 120_000,
  },
});
