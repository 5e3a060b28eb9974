import type { Outcome } from '../../../domain/statistics/outcomes.ts';
import type { Month, Outcomes } from './outcomes.ts';

interface Kept {
  readonly month: Month;
  readonly sequence: number;
  readonly outcomes: readonly Outcome[];
}

/** Outcomes in memory, for tests; held to the same contract test as the table's. */
export const memoryOutcomes = (): Outcomes => {
  const all = new Map<string, Kept>();
  return {
    keep: async (caseNumber, month, sequence, outcomes) => {
      const key = `${caseNumber}\n${month}`;
      if ((all.get(key)?.sequence ?? 0) <= sequence) all.set(key, { month, sequence, outcomes });
    },
    of: async (months) => [...all.values()].flatMap(({ month, outcomes }) => (months.includes(month) ? outcomes : [])),
  };
};
