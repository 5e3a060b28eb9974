import type { Erasure, Erasures } from './erasures.ts';

/**
 * Erasures in memory, for tests; held to the same contract test as the table's.
 *
 * @param kept how much is kept of each case, by its number; what is erased is taken out of it
 */
export const memoryErasures = (kept: Map<string, number> = new Map()): Erasures => {
  const receipts = new Map<string, Erasure>();
  return {
    count: async (caseNumber) => kept.get(caseNumber) ?? 0,
    erase: async (caseNumber) => void kept.delete(caseNumber),
    note: async (erasure) => void receipts.set(`${erasure.at}#${erasure.case}`, erasure),
    list: async (limit) =>
      [...receipts]
        .toSorted(([a], [b]) => (a < b ? 1 : -1))
        .slice(0, limit)
        .map(([, erasure]) => erasure),
  };
};
