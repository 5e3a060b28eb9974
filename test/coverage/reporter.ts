import { readFileSync, writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import type { Reporter, TestModule, Vitest } from 'vitest/node';
import rows from './rows.json' with { type: 'json' };

/*
 * Writes docs/coverage.md from the tests that ran: every row of the routines with the tests that name it. A whole run that
 * leaves a row without a test on the running system fails; so does one, in CI, that would write another document.
 */

const DOCUMENT = new URL('../../docs/coverage.md', import.meta.url);
const ROW = /\b[KHLPSB]\d{1,2}\b/gu;

interface Shown {
  readonly file: string;
  readonly name: string;
}

export default class CoverageReporter implements Reporter {
  #vitest: Vitest | undefined;

  onInit(vitest: Vitest): void {
    this.#vitest = vitest;
  }

  async onTestRunEnd(modules: readonly TestModule[]): Promise<void> {
    const all = await this.#vitest?.globTestSpecifications();
    // A run of some tests alone, or one that failed, shows too little.
    if (modules.length !== all?.length || modules.some((module) => !module.ok())) return;
    const shown = showings(modules, this.#vitest?.config.root ?? '');
    const missing = Object.keys(rows).filter((row) => !shown.get(row)?.some(onRunningSystem));
    const text = documentOf(shown);
    if (missing.length > 0) fail(`docs/coverage.md: no test on the running system shows ${missing.join(', ')}`);
    if (text === current()) return;
    if (process.env['CI'] === undefined) writeFileSync(DOCUMENT, text);
    else fail('docs/coverage.md is not current: run npm test and commit it');
  }
}

/** The passed tests that name a row, by row. */
const showings = (modules: readonly TestModule[], root: string): Map<string, Shown[]> => {
  const shown = new Map<string, Shown[]>();
  for (const module of modules)
    for (const test of module.children.allTests('passed')) {
      const one = { file: relative(root, module.moduleId), name: test.fullName };
      for (const row of new Set(one.name.match(ROW) ?? [])) shown.set(row, [...(shown.get(row) ?? []), one]);
    }
  return shown;
};

const onRunningSystem = ({ file }: Shown): boolean => file.startsWith('test/system/');

const documentOf = (shown: ReadonlyMap<string, readonly Shown[]>): string =>
  [
    '# Which tests show which row',
    '',
    'Written by the tests themselves (`npm test`). A row is a sentence of one of the five routines, or of the law behind them.',
    'First stand the tests on the running system, then how many more there are.',
    '',
    '| row | what it asks | shown on the running system | others |',
    '| --- | --- | --- | --- |',
    ...Object.entries(rows).map(([row, asks]) => line(row, asks, shown.get(row) ?? [])),
    '',
  ].join('\n');

const line = (row: string, asks: string, its: readonly Shown[]): string => {
  const system = its.filter(onRunningSystem).toSorted(byPlace);
  const named = system.map(({ file, name }) => `${file.replace('test/system/', '')}: ${name.replaceAll('|', '\\|')}`);
  return `| ${row} | ${asks} | ${named.join('<br>')} | ${String(its.length - system.length)} |`;
};

const byPlace = (a: Shown, b: Shown): number => (`${a.file}\n${a.name}` < `${b.file}\n${b.name}` ? -1 : 1);

const current = (): string => {
  try {
    return readFileSync(DOCUMENT, 'utf8');
  } catch {
    // There is none yet.
    return '';
  }
};

const fail = (why: string): void => {
  process.stderr.write(`\n${why}\n`);
  process.exitCode = 1;
};
