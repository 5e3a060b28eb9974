import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { quantile, type Bench, type Figure, type Options } from '../figures.ts';
import type { Engine, OpenEngine } from './engine.ts';
import { openFrist, openHeap } from './own.ts';

/** Callers at once, each waiting for the answer before its next. */
const CALLERS = 20;

/** Timers that are armed and mostly not needed any more when they are due: Frist's own, beside what others would take. */
export const engineBench: Bench = {
  id: 'engine',
  asks: '20,000 timers armed one by one, 90 % of them become moot, 10 % fire within five seconds',
  run: async (options) => {
    const peers = (await import(join(import.meta.dirname, 'peers.ts'))) as Record<
      'openPgBoss' | 'openBullMq',
      OpenEngine
    >;
    const figures: Figure[] = [];
    for (const open of [openFrist, peers.openPgBoss, peers.openBullMq, openHeap])
      figures.push(...(await measure(open, options)));
    return figures;
  },
};

const measure = async (open: OpenEngine, { quick }: Options): Promise<Figure[]> => {
  const [mootAlready, firing] = quick ? [180, 20] : [18_000, 2000];
  const dues = new Map<string, number>();
  const late: number[] = [];
  const { promise: allFired, resolve } = Promise.withResolvers<void>();
  let engine: Engine;
  try {
    engine = await open((id) => {
      const due = dues.get(id);
      if (due === undefined) return;
      dues.delete(id);
      late.push(Date.now() - due);
      if (dues.size === 0) resolve();
    });
  } catch (error) {
    console.log(`  skipped: ${error instanceof Error ? error.message : String(error)}`);
    return [];
  }
  try {
    const before = await engine.requests();
    const far = wholeSecond(Date.now() + 3_600_000);
    const ids = Array.from({ length: mootAlready }, (_, index) => `moot-${String(index)}`);
    const arming = await timed(ids, async (id) => engine.arm(id, far));
    const mooting = engine.moot && (await timed(ids, engine.moot));
    const memory = await engine.memory();
    const armed = ids.length;

    // The ones that fire are armed last, far enough ahead for the slowest; five whole seconds share them.
    const first = wholeSecond(Date.now() + Math.max(3000, (3 * firing * 1000) / (armed / arming)));
    for (let index = 0; index < firing; index += 1) dues.set(`fire-${String(index)}`, first + (index % 5) * 1000);
    await timed([...dues.keys()], async (id) => engine.arm(id, dues.get(id) ?? first));
    const given = first + 5000 + 60_000 - Date.now();
    await Promise.race([allFired, wait(given, undefined, { ref: false })]);
    const requests = (await engine.requests()) - before;
    if (dues.size > 0) throw new Error(`${engine.name}: ${String(dues.size)} timers did not fire`);
    const sorted = late.toSorted((a, b) => a - b);

    const figure = (name: string, value: number, unit: string, note?: string): Figure => ({
      bench: 'engine',
      name: `${engine.name}: ${name}`,
      value,
      unit,
      ...(note !== undefined && { note }),
    });
    return [
      figure('armed', armed / arming, 'a second', engine.note),
      ...(mooting === undefined ? [] : [figure('made moot', armed / mooting, 'a second')]),
      figure('late, p50', quantile(sorted, 0.5), 'ms'),
      figure('late, p99', quantile(sorted, 0.99), 'ms'),
      figure('memory', memory, 'MB', 'of its servers, or of this process with the callers, when all were armed'),
      figure('requests', requests / (armed + firing), 'a timer'),
    ];
  } finally {
    await engine.stop();
  }
};

const wholeSecond = (ms: number): number => Math.ceil(ms / 1000) * 1000;

/** Seconds that it takes to do something for each, some at a time. */
const timed = async (ids: readonly string[], act: (id: string) => Promise<void>): Promise<number> => {
  const began = performance.now();
  const left = ids.values();
  await Promise.all(
    Array.from({ length: CALLERS }, async () => {
      for (const id of left) await act(id);
    }),
  );
  return (performance.now() - began) / 1000;
};
