import { createVitest } from 'vitest/node';
import { coverageOf, currentDocument, testsIn } from './document.ts';

/*
 * `npm run check:coverage`: whether every row has a test on the running system, or a reason, and docs/coverage.md says so. It
 * looks at which tests there are and runs none of them.
 */

const vitest = await createVitest('test', { watch: false, reporters: [] });
const { testModules, unhandledErrors } = await vitest.collect();
const { text, missing } = coverageOf(testsIn(testModules));
const complaints = [
  ...unhandledErrors.map(String),
  ...testModules.flatMap((module) => module.errors().map(({ message }) => message)),
  ...(missing.length > 0 ? [`no test on the running system shows ${missing.join(', ')}`] : []),
  ...(text === currentDocument() ? [] : ['docs/coverage.md is not current: run npm test and commit it']),
];
await vitest.close();
for (const complaint of complaints) process.stderr.write(`${complaint}\n`);
process.exitCode = complaints.length === 0 ? 0 : 1;
