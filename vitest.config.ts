import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    reporters: ['default', './test/coverage/reporter.ts'],
    setupFiles: ['./test/support/chance.ts'],
    exclude: ['test/cloud/**', 'test/browser/**', 'test/bench/**', 'node_modules/**'],
  },
});
