import { on } from 'node:events';
import { parentPort } from 'node:worker_threads';
import { Temporal } from 'temporal-polyfill';
import { violationsOf } from '../simulation/invariants.ts';
import { historyOf } from '../simulation/lives.ts';
import type { Witness } from '../simulation/witness.ts';
import { run } from '../simulation/world.ts';

/** A part of the year: so many cases, by the lives of a seed. */
export interface Part {
  readonly seed: number;
  readonly cases: number;
}

/** What was seen of it. */
export interface Lived {
  readonly seed: number;
  readonly told: number;
  readonly recorded: number;
  readonly givenUp: number;
  /** Which invariants were broken, and how. */
  readonly broken: readonly string[];
  /** Of the latest alert, in seconds of the virtual clock. */
  readonly late: number;
  readonly callsPerFact: number;
  /** What the worker's heap holds when the part is over and forgotten. */
  readonly heapMb: number;
}

const livePart = async ({ seed, cases }: Part): Promise<Lived> => {
  const lived = await liveAndForget(seed, cases);
  globalThis.gc?.();
  return { ...lived, heapMb: process.memoryUsage().heapUsed / 2 ** 20 };
};

const liveAndForget = async (seed: number, cases: number): Promise<Omit<Lived, 'heapMb'>> => {
  const history = historyOf(seed, { cases: [cases, cases] });
  const { witness, calls } = await run(history);
  return {
    seed,
    told: history.steps.length,
    recorded: witness.appends.length,
    givenUp: witness.deadLetters.length,
    broken: violationsOf(witness),
    late: latestAlert(witness),
    callsPerFact: callsPerFact(calls, witness),
  };
};

/** How long after its limit was recorded as passed the latest alert left, in seconds of the virtual clock. */
export const latestAlert = ({ appends, bundled, sent }: Witness): number => {
  const left = new Map(sent.map(({ mail, at }) => [mail, at]));
  const bundles = new Map(bundled.map(({ entry, bundle }) => [entry, bundle]));
  let latest = 0;
  for (const { fact: one } of appends) {
    if (one.type !== 'se.frist.deadline.breached.v1') continue;
    const at = left.get(bundles.get(`${String(one.sequence)}#${one.subject}`) ?? '');
    // From when it was recorded: a limit that had passed when it became known could not be met.
    if (at !== undefined)
      latest = Math.max(latest, (at - Temporal.Instant.from(one.recordedtime).epochMilliseconds) / 1000);
  }
  return latest;
};

export const callsPerFact = (calls: ReadonlyMap<string, number>, { appends }: Witness): number =>
  [...calls.values()].reduce((sum, one) => sum + one, 0) / appends.length;

// A worker of `npm run load`. What fails here ends it, and with it the whole.
if (parentPort !== null)
  for await (const [part] of on(parentPort, 'message') as AsyncIterable<[Part]>)
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- threads have no origin
    parentPort.postMessage(await livePart(part));
