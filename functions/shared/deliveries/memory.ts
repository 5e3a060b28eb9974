import { TURN_MS, type Deliveries, type Failure } from './deliveries.ts';

/** Deliveries in memory, for tests; held to the same contract test as the table's. */
export const memoryDeliveries = (wall: () => number = Date.now): Deliveries => {
  const turns = new Map<string, { readonly holder: string; readonly until: number; knocked: boolean }>();
  const told = new Map<string, number>();
  const failures = new Map<string, Failure>();
  const key = (partner: string, caseNumber: string): string => `${partner}\n${caseNumber}`;
  return {
    takeTurn: async ({ partner, case: caseNumber, holder }) => {
      const of = key(partner, caseNumber);
      const turn = turns.get(of);
      if (turn !== undefined && turn.until > wall()) {
        turn.knocked = true;
        return false;
      }
      turns.set(of, { holder, until: wall() + TURN_MS, knocked: false });
      return true;
    },
    endTurn: async ({ partner, case: caseNumber, holder }) => {
      const of = key(partner, caseNumber);
      const turn = turns.get(of);
      if (turn === undefined || turn.holder !== holder) return true;
      if (!turn.knocked) return turns.delete(of);
      turn.knocked = false;
      return false;
    },
    told: async (...of) => told.get(key(...of)) ?? 0,
    markTold: async (partner, caseNumber, sequence) => {
      const of = key(partner, caseNumber);
      told.set(of, Math.max(sequence, told.get(of) ?? 0));
    },
    failure: async (...of) => failures.get(key(...of)),
    putFailure: async (failure) => {
      failures.set(key(failure.partner, failure.case), failure);
    },
    clearFailure: async (...of) => {
      failures.delete(key(...of));
    },
    failures: async (partner) =>
      [...failures.values()]
        .filter((failure) => failure.partner === partner)
        .toSorted((a, b) => (a.case < b.case ? -1 : 1)),
  };
};
