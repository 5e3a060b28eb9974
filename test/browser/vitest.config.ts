import { defineConfig } from 'vitest/config';

/** The tests that drive a real browser: `npm run test:browser`. */
export default defineConfig({
  test: {
    include: ['test/browser/**/*.test.ts'],
    testTimeout: 30_000,
    hookTimeout: 30_000,
    setupFiles: ['./test/support/chance.ts'],
  },
});
