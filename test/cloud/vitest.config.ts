import { defineConfig } from 'vitest/config';

/** The tests that deploy the template to an emulator of AWS: `npm run test:cloud`. They keep real time. */
export default defineConfig({
  test: { include: ['test/cloud/**/*.test.ts'], testTimeout: 120_000, hookTimeout: 300_000 },
});
