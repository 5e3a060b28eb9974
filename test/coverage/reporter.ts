import type { Reporter, TestModule, Vitest } from 'vitest/node';
import { coverageOf, currentDocument, testsIn, writeDocument } from './document.ts';

/** After a whole run in which all is well, writes what the tests have shown; in CI, fails when that is not what is kept. */
export default class CoverageReporter implements Reporter {
  #vitest: Vitest | undefined;

  onInit(vitest: Vitest): void {
    this.#vitest = vitest;
  }

  async onTestRunEnd(modules: readonly TestModule[]): Promise<void> {
    const all = await this.#vitest?.globTestSpecifications();
    // A run of some tests alone, or one that failed, shows too little.
    if (modules.length !== all?.length || modules.some((module) => !module.ok())) return;
    const { text, missing } = coverageOf(testsIn(modules));
    if (missing.length > 0) fail(`docs/coverage.md: no test on the running system shows ${missing.join(', ')}`);
    if (text === currentDocument()) return;
    if (process.env['CI'] === undefined) writeDocument(text);
    else fail('docs/coverage.md is not current: run npm test and commit it');
  }
}

const fail = (why: string): void => {
  process.stderr.write(`\n${why}\n`);
  process.exitCode = 1;
};
