import type { RecordedFact } from '../facts.ts';
import type { Journal } from './journal.ts';

/** A journal in memory, for tests; held to the same contract test as the table's. */
export const memoryJournal = (): Journal => {
  const cases = new Map<string, RecordedFact[]>();
  return {
    load: async (caseNumber) => [...(cases.get(caseNumber) ?? [])],
    append: async (fact) => {
      const facts = cases.get(fact.subject) ?? [];
      if (facts.some(({ sequence }) => sequence === fact.sequence)) return false;
      cases.set(
        fact.subject,
        [...facts, fact].toSorted((a, b) => a.sequence - b.sequence),
      );
      return true;
    },
  };
};
