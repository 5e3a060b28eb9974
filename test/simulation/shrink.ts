import type { History, Step } from './history.ts';
import { violationsOf, type Invariant } from './invariants.ts';
import { run, type Run } from './world.ts';

/** The invariants that a history breaks, and the single faults that befell it. */
export const judge = async (
  history: History,
  ...more: readonly (readonly [string, Invariant])[]
): Promise<
  Pick<Run, 'faults' | 'kinds' | 'digest'> & {
    readonly violations: readonly string[];
  }
> => {
  const { witness, faults, kinds, digest } = await run(history);
  const violations = [
    ...violationsOf(witness),
    ...more.flatMap(([name, invariant]) => invariant(witness).map((what) => `${name}: ${what}`)),
  ];
  return { violations, faults, kinds, digest };
};

const nameOf = (violation: string | undefined): string => violation?.split(':')[0] ?? '';

/**
 * The shortest history found that breaks the same invariant: without the cases, steps, faults, bursts and the deploy that do
 * not matter. Leaving something out changes nothing of the chance that all the rest meets.
 *
 * @param patience how many runs it may take
 * @param more invariants beside those that always hold
 */
export const shrink = async (
  history: History,
  patience = 400,
  ...more: readonly (readonly [string, Invariant])[]
): Promise<History> => {
  const first = await judge(history, ...more);
  const broken = nameOf(first.violations[0]);
  let runs = 0;
  const isOver = (): boolean => runs >= patience;
  const stillFails = async (candidate: History): Promise<boolean> => {
    runs += 1;
    const { violations } = await judge(candidate, ...more);
    return violations.some((violation) => nameOf(violation) === broken);
  };

  let best: History = { ...history, faults: first.faults };
  if (!(await stillFails(best))) return history;

  const take = async (candidate: History): Promise<boolean> => {
    if (isOver() || !(await stillFails(candidate))) return false;
    best = candidate;
    return true;
  };

  /** Leaves out ever smaller parts of a list. */
  const reduce = async <T>(
    listOf: (one: History) => readonly T[],
    withList: (one: History, list: readonly T[]) => History,
  ) => {
    for (let size = Math.ceil(listOf(best).length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2))
      for (let at = 0; at < listOf(best).length && !isOver();) {
        const list = listOf(best);
        const rest = [...list.slice(0, at), ...list.slice(at + size)];
        if (!(await take(withList(best, rest)))) at += size;
      }
  };

  if (best.deploy !== undefined) {
    const { deploy: _deploy, ...without } = best;
    await take(without);
  }
  await reduce(
    ({ bursts }) => bursts,
    (one, bursts) => ({ ...one, bursts }),
  );
  for (const name of new Set(best.steps.map((step) => caseOf(step))))
    await take({ ...best, steps: best.steps.filter((step) => caseOf(step) !== name) });
  for (let before = Infinity; size(best) < before && !isOver();) {
    before = size(best);
    await reduce(
      ({ faults = [] }) => faults,
      (one, faults) => ({ ...one, faults }),
    );
    await reduce(
      ({ steps }) => steps,
      (one, steps) => ({ ...one, steps }),
    );
  }
  return best;
};

const size = ({ steps, faults = [] }: History): number => steps.length + faults.length;

const caseOf = ({ id }: Step): string => id.split(' ')[0] ?? id;

/** A history in the words of whoever has to find out what went wrong. */
export const tellHistory = ({ seed, steps, faults = [], bursts, deploy }: History): string =>
  [
    `seed ${String(seed)}, ${String(steps.length)} steps, ${String(faults.length)} faults`,
    ...steps.map(({ id, at, act }) => `  ${new Date(at).toISOString()} ${id} ${JSON.stringify(act)}`),
    ...bursts.map(
      ({ from, until, calls }) =>
        `  burst on ${calls}: ${new Date(from).toISOString()} to ${new Date(until).toISOString()}`,
    ),
    ...(deploy === undefined ? [] : [`  deploy ${JSON.stringify(deploy)}`]),
    ...faults.map((fault) => `  fault ${fault}`),
  ].join('\n');
