import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    reporters: ['default', './test/coverage/reporter.ts'],
    // Many tests start programs or whole systems; on a busy machine that takes its time.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    setupFiles: ['./test/support/chance.ts'],
    exclude: ['test/cloud/**', 'test/browser/**', 'test/bench/**', 'test/wire/**', 'node_modules/**'],
  },
});
