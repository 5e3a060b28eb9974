import { outcomesOf, type Outcome } from '../../../domain/statistics/outcomes.ts';
import type { Routines } from '../../../domain/routine/routines.ts';
import type { Fact } from '../../../events/catalogue.ts';

/** A month on the calendar, `2026-11`. */
export type Month = string;

/** What became of the orders and switches of every case, by the month they count in: made from the journals at any time. */
export interface Outcomes {
  /**
   * Makes a case's outcomes of a month the ones given.
   *
   * @param sequence how much of the journal they were made from; what was made from more of it stays
   */
  readonly keep: (caseNumber: string, month: Month, sequence: number, outcomes: readonly Outcome[]) => Promise<void>;
  /** The outcomes of the months given, of all cases, in no promised order. */
  readonly of: (months: readonly Month[]) => Promise<readonly Outcome[]>;
}

/**
 * Keeps the outcomes of a case that a recorded fact, or any that was recorded after it, has changed: nothing for most facts.
 * What stood before the fact is worked out again instead of being read. Every fact that changes a month's outcomes for the
 * last time finds them different from before it, so when each fact has come once, in whatever order, all are kept.
 *
 * @param facts the case's journal, in the order of recording
 * @param sequence the recorded fact's place in it; 0 keeps all, to build the outcomes anew
 */
export const keepChanged = async (
  outcomes: Pick<Outcomes, 'keep'>,
  caseNumber: string,
  facts: readonly Fact[],
  sequence: number,
  routines: Routines,
): Promise<void> => {
  const before = byMonth(outcomesOf(facts.slice(0, Math.max(0, sequence - 1)), routines));
  const now = byMonth(outcomesOf(facts, routines));
  const months = new Set([...before.keys(), ...now.keys()]);
  const changed = [...months].filter((month) => JSON.stringify(before.get(month)) !== JSON.stringify(now.get(month)));
  await Promise.all(changed.map(async (month) => outcomes.keep(caseNumber, month, facts.length, now.get(month) ?? [])));
};

const byMonth = (outcomes: readonly Outcome[]): Map<Month, Outcome[]> =>
  Map.groupBy(outcomes, ({ day }) => day.slice(0, '2026-11'.length));

/** The months that two days and all between them lie in. */
export const monthsBetween = (from: string, to: string): Month[] => {
  const months: Month[] = [];
  const last = indexOf(to);
  for (let index = indexOf(from); index <= last; index += 1)
    months.push(`${String(Math.floor(index / 12)).padStart(4, '0')}-${String((index % 12) + 1).padStart(2, '0')}`);
  return months;
};

const indexOf = (day: string): number => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1;
