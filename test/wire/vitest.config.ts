import { defineConfig } from 'vitest/config';

/** The program itself, broken on purpose: `npm run test:wire`. One file at a time, for each keeps the machine busy. */
export default defineConfig({
  test: { include: ['test/wire/**/*.test.ts'], testTimeout: 600_000, hookTimeout: 60_000, fileParallelism: false },
});
