import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';
import { historyOf } from './lives.ts';
import { judge, shrink, tellHistory } from './shrink.ts';
import { run } from './world.ts';

/*
 * `npm run simulate -- --seeds A..B`: 0 when every invariant held on every seed. Else the first seed that broke one, its
 * shortest history and what is wrong with it, and 1; the history is kept, and the tests replay it from then on.
 */

const USAGE = `usage: npm run simulate -- --seeds A..B [--workers N] [--quiet]
       npm run simulate -- --seeds A..A --tell   everything that happened in one run`;

interface Judged {
  readonly seed: number;
  readonly violations: readonly string[];
  readonly faults: number;
  readonly steps: number;
  readonly digest: string;
}

const judgeSeed = async (seed: number): Promise<Judged> => {
  const history = historyOf(seed);
  const { violations, faults, digest } = await judge(history);
  return { seed, violations, faults: faults.length, steps: history.steps.length, digest };
};

/** A worker takes a seed at a time. */
const work = (): void => {
  parentPort?.on('message', (seed: number) => {
    void judgeSeed(seed).then(
      (judged) => parentPort?.postMessage(judged),
      (error: unknown) => {
        // What the simulation itself cannot do is as bad as what it finds.
        const violations = [`simulation: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`];
        parentPort?.postMessage({ seed, violations, faults: 0, steps: 0, digest: '' });
      },
    );
  });
};

const judgeAll = async (seeds: readonly number[], workers: number): Promise<Judged[]> => {
  const judged: Judged[] = [];
  const left = [...seeds];
  const all = Array.from({ length: Math.min(workers, seeds.length) }, async () => {
    const worker = new Worker(new URL(import.meta.url));
    const done = Promise.withResolvers<void>();
    const next = (): void => {
      const seed = left.shift();
      if (seed === undefined) done.resolve();
      else worker.postMessage(seed);
    };
    worker.on('message', (one: Judged) => {
      judged.push(one);
      // After the first failure only what is begun is ended.
      if (one.violations.length > 0) left.length = 0;
      next();
    });
    worker.on('error', done.reject);
    next();
    await done.promise;
    await worker.terminate();
  });
  await Promise.all(all);
  return judged.toSorted((a, b) => a.seed - b.seed);
};

const seedsIn = (range: string): readonly number[] | undefined => {
  const [, from = '', to = from] = /^(\d{1,9})(?:\.\.(\d{1,9}))?$/u.exec(range) ?? [];
  if (from === '' || Number(to) < Number(from)) return undefined;
  return Array.from({ length: Number(to) - Number(from) + 1 }, (_, index) => Number(from) + index);
};

const main = async (): Promise<number> => {
  const { values } = parseArgs({
    options: {
      seeds: { type: 'string', default: '1..100' },
      workers: { type: 'string', default: String(Math.min(2, availableParallelism())) },
      quiet: { type: 'boolean', default: false },
      tell: { type: 'boolean', default: false },
    },
  });
  const seeds = seedsIn(values.seeds);
  const workers = Number(values.workers);
  if (seeds === undefined || !(workers >= 1)) {
    process.stderr.write(`${USAGE}\n`);
    return 2;
  }
  if (values.tell) {
    for (const seed of seeds)
      for (const line of (await run(historyOf(seed), { tell: true })).lines) process.stdout.write(`${line}\n`);
    return 0;
  }
  const begun = performance.now();
  const judged = await judgeAll(seeds, workers);
  const failed = judged.find(({ violations }) => violations.length > 0);
  if (failed === undefined) {
    const all = createHash('sha256')
      .update(judged.map(({ digest }) => digest).join('\n'))
      .digest('hex');
    const sum = (of: (one: Judged) => number): string => String(judged.reduce((total, one) => total + of(one), 0));
    process.stdout.write(
      `${String(judged.length)} seeds, ${sum(({ steps }) => steps)} steps, ${sum(({ faults }) => faults)} faults: every invariant held, in ${((performance.now() - begun) / 1000).toFixed(0)} s\ndigest ${all}\n`,
    );
    return 0;
  }
  process.stdout.write(`seed ${String(failed.seed)} fails:\n${failed.violations.map((one) => `  ${one}\n`).join('')}`);
  if (values.quiet || failed.digest === '') return 1;
  const shortest = await shrink(historyOf(failed.seed));
  const { violations } = await judge(shortest);
  const folder = new URL('regressions/', import.meta.url);
  const file = new URL(`seed-${String(failed.seed)}.json`, folder);
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, `${JSON.stringify(shortest, undefined, 2)}\n`);
  process.stdout.write(
    `\nThe shortest history found that still fails, kept in ${fileURLToPath(file)}:\n${tellHistory(shortest)}\n\n${violations.map((one) => `  ${one}\n`).join('')}`,
  );
  return 1;
};

if (isMainThread) process.exitCode = await main();
else work();
