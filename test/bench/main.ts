/**
 * Measures what Frist is meant to be fast at, and its peers beside it in the same run.
 *
 *     npm run bench                      everything, some minutes
 *     npm run bench -- calendar view     these alone
 *     npm run bench -- --quick           shows that everything runs, in seconds
 *     npm run bench -- --json FILE       writes the figures to a file too
 *
 * What was measured in full is written in docs/performance.md, each bench in its own part, with the command that repeats it.
 *
 * Nothing is asserted of speed: that is the reader's to judge, on a machine that the figures name.
 */

import { spawnSync } from 'node:child_process';
import { statSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { calendarBench } from './calendar/bench.ts';
import { coldBench } from './cold/bench.ts';
import { costBench } from './cost/bench.ts';
import { writeDown } from './document.ts';
import { dueBench } from './due.ts';
import { engineBench } from './engine/bench.ts';
import { table, type Bench, type Figure } from './figures.ts';
import { systemBench } from './system/bench.ts';
import { viewBench } from './view.ts';
import { watchBench } from './watch.ts';

const benches: readonly Bench[] = [
  calendarBench,
  dueBench,
  viewBench,
  engineBench,
  systemBench,
  watchBench,
  coldBench,
  costBench,
];

const main = async (): Promise<void> => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { quick: { type: 'boolean', default: false }, json: { type: 'string' } },
  });
  const unknown = positionals.filter((id) => !benches.some((bench) => bench.id === id));
  if (unknown.length > 0)
    throw new Error(`no such bench: ${unknown.join(', ')}; there are ${benches.map(({ id }) => id).join(', ')}`);
  const chosen = benches.filter(({ id }) => positionals.length === 0 || positionals.includes(id));
  if (chosen.includes(calendarBench) || chosen.includes(engineBench)) installPeers();

  const machine = `${cpus()[0]?.model.trim() ?? 'unknown'}, ${String(availableParallelism())} cores, Node ${process.version}`;
  console.log(`${machine}${values.quick ? ', quick: too short to trust' : ''}`);
  const figures: Figure[] = [];
  for (const bench of chosen) {
    console.log(`\n${bench.asks}`);
    const found = await bench.run({ quick: values.quick });
    console.log(table(found));
    figures.push(...found);
    if (!values.quick) writeDown(bench, found, machine);
  }
  const command = ['npm run bench', ...positionals, ...(values.quick ? ['--quick'] : [])];
  if (command.length > 1) command.splice(1, 0, '--');
  console.log(`\nTo repeat: ${command.join(' ')}`);
  if (values.json !== undefined)
    writeFileSync(values.json, `${JSON.stringify({ machine, quick: values.quick, figures }, null, 2)}\n`);
};

/** The libraries compared with are no business of the project's own packages; they are fetched when they are missing. */
const installPeers = (): void => {
  const changed = (file: string): number =>
    statSync(join(import.meta.dirname, file), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (changed('node_modules/.package-lock.json') >= changed('package-lock.json')) return;
  // Not `npm ci`: it refuses a lock that lacks a peer's optional parts for other platforms, as not every registry has them.
  const { status } = spawnSync('npm', ['install', '--no-save', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: import.meta.dirname,
    stdio: ['ignore', 2, 2],
  });
  if (status !== 0) throw new Error('the peers of the benches could not be installed');
};

// So that what a bench has started ends with it.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
await main();
