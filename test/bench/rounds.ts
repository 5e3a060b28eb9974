import type { Options } from './figures.ts';

/** Something to time: `run` does `operations` of what is compared. */
export interface Runner {
  readonly name: string;
  readonly operations: number;
  readonly run: () => unknown;
}

/** What the runners answered last, so that no compiler finds their work useless. */
export const kept: { last: unknown } = { last: undefined };

/**
 * Times runners against each other: rounds in which each has its turn, each time beginning with another, so that what else
 * the machine does meanwhile falls on all alike.
 *
 * @returns nanoseconds an operation for each runner, one number a round
 */
export const timeInTurns = (runners: readonly Runner[], { quick }: Options): Map<string, number[]> => {
  const rounds = quick ? 3 : 15;
  const turnMs = quick ? 15 : 120;
  const repeats = new Map(runners.map((runner) => [runner.name, warmUp(runner, turnMs)]));
  const found = new Map<string, number[]>(runners.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (let turn = 0; turn < runners.length; turn += 1) {
      const runner = runners[(round + turn) % runners.length];
      if (runner === undefined) continue;
      const times = repeats.get(runner.name) ?? 1;
      found.get(runner.name)?.push((timeOf(runner, times) * 1e6) / (times * runner.operations));
    }
  }
  return found;
};

/** Runs until the compiler has had its time; answers how many runs fill a turn. */
const warmUp = (runner: Runner, turnMs: number): number => {
  let times = 1;
  for (;;) {
    const ms = timeOf(runner, times);
    if (ms >= turnMs) return Math.max(1, Math.round((times * turnMs) / ms));
    times *= 2;
  }
};

const timeOf = ({ run }: Runner, times: number): number => {
  const began = performance.now();
  for (let time = 0; time < times; time += 1) kept.last = run();
  return performance.now() - began;
};
