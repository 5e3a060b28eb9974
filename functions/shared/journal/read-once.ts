import type { RecordedFact } from '../facts.ts';
import type { Journal } from './journal.ts';

/**
 * A journal that reads each case once, for one delivery, and again after each attempt to append to it. That more is known by
 * then shows in an append, which finds its place taken.
 */
export const readJournalOnce = (journal: Journal): Journal => {
  const read = new Map<string, Promise<readonly RecordedFact[]>>();
  return {
    load: async (caseNumber) => {
      const known = read.get(caseNumber) ?? journal.load(caseNumber);
      read.set(caseNumber, known);
      return known;
    },
    append: async (fact) => {
      read.delete(fact.subject);
      return journal.append(fact);
    },
  };
};
