import { readFileSync, writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestCase, TestModule } from 'vitest/node';
import rows from './rows.json' with { type: 'json' };

/*
 * docs/coverage.md: every row of the routines and beyond, with the tests that show it.
 */

const DOCUMENT = new URL('../../docs/coverage.md', import.meta.url);
const ROOT = fileURLToPath(new URL('../..', import.meta.url));

interface Row {
  /** What the row asks, in one line. */
  readonly asks: string;
  /** Why no test shows it: it is not built. */
  readonly notYet?: string;
  /** What of it is not built, though the rest is. */
  readonly lacks?: string;
}

interface Showing {
  readonly file: string;
  readonly name: string;
}

/** The document that tests make, and the rows that none of them shows on the running system though nothing excuses it. */
export const coverageOf = (
  tests: Iterable<TestCase>,
): { readonly text: string; readonly missing: readonly string[] } => {
  const shown = new Map<string, Showing[]>();
  for (const test of tests)
    for (const row of rowsOf(test)) shown.set(row, [...(shown.get(row) ?? []), showingBy(test)]);
  const all = Object.entries<Row>(rows);
  return {
    text: documentOf(all, shown),
    missing: all.flatMap(([row, { notYet }]) =>
      notYet === undefined && !shown.get(row)?.some(isOnRunningSystem) ? [row] : [],
    ),
  };
};

/** The document as it stands in the repository; empty when there is none. */
export const currentDocument = (): string => {
  try {
    return readFileSync(DOCUMENT, 'utf8');
  } catch {
    return '';
  }
};

export const writeDocument = (text: string): void => writeFileSync(DOCUMENT, text);

/** The tests of modules, but for those that are left out of a run. */
export const testsIn = function* (modules: readonly TestModule[]): Generator<TestCase> {
  for (const module of modules)
    for (const test of module.children.allTests()) if (test.options.mode === 'run') yield test;
};

/** `K2, K3: …` at the beginning of a title, or `… (rows K2, K3)` at its end. */
const NAMED = /^((?:[KHLPSB]\d{1,2}, )*[KHLPSB]\d{1,2}): | \(rows? ((?:[KHLPSB]\d{1,2}, )*[KHLPSB]\d{1,2})\)$/u;

/** The rows that a test shows: those its own title names, or else those that the nearest group of tests around it names. */
const rowsOf = (test: TestCase): readonly string[] => {
  for (let one: TestCase | TestCase['parent'] = test; one.type !== 'module'; one = one.parent) {
    const [, before, after] = NAMED.exec(one.name) ?? [];
    const named = before ?? after;
    if (named !== undefined) return named.split(', ').filter((row) => Object.hasOwn(rows, row));
  }
  return [];
};

const showingBy = (test: TestCase): Showing => ({
  file: relative(ROOT, test.module.moduleId),
  name: test.fullName.replace(/^.*\(rows? [^)]*\) > /u, ''),
});

const isOnRunningSystem = ({ file }: Showing): boolean => file.startsWith('test/system/');

const documentOf = (all: readonly (readonly [string, Row])[], shown: ReadonlyMap<string, readonly Showing[]>): string =>
  [
    '# Which tests show which row',
    '',
    'Made from the tests themselves, by a whole run of `npm test`; `npm run check:coverage` tells whether it is current. A row is',
    'a sentence of one of the five routines, or of the law behind them; the rows beginning with B are beyond every routine.',
    'Tests on the running system (`test/system`) drive it from outside, as its users do. What is not built stands last.',
    '',
    '| row | what it asks | shown on the running system | and elsewhere | not built |',
    '| --- | --- | --- | --- | --- |',
    ...all.map(([row, asked]) => line(row, asked, shown.get(row) ?? [])),
    '',
  ].join('\n');

const line = (row: string, { asks, notYet, lacks }: Row, its: readonly Showing[]): string => {
  const system = its.filter(isOnRunningSystem).map(nameOf).toSorted();
  const others = [
    ...Map.groupBy(
      its.filter((one) => !isOnRunningSystem(one)),
      ({ file }) => file,
    ),
  ]
    .map(([file, tests]) => `${shortOf(file)} (${String(tests.length)})`)
    .toSorted();
  const missing = notYet === undefined ? (lacks ?? '') : `**not yet**: ${notYet}`;
  const cells = [row, asks, system.join('<br>'), others.join('<br>'), missing];
  return `| ${cells.map((cell) => (cell === '' ? '–' : cell.replaceAll('|', '\\|'))).join(' | ')} |`;
};

const nameOf = ({ file, name }: Showing): string => `${shortOf(file)} › ${name.replaceAll(' > ', ' › ')}`;

/** `system/rows/kundval`, of `test/system/rows/kundval.test.ts`. */
const shortOf = (file: string): string => file.replace(/^test\//u, '').replace(/\.test\.ts$/u, '');
