import type { KeptState, PartnerStates } from './partners.ts';

/** States of partner systems in memory, for tests; held to the same contract test as the table's. */
export const memoryPartnerStates = (): PartnerStates => {
  const kept = new Map<string, KeptState>();
  return {
    find: async (partner) => kept.get(partner),
    put: async (partner, state, after) => {
      if (kept.get(partner)?.revision !== after) return false;
      kept.set(partner, { ...state, revision: (after ?? 0) + 1 });
      return true;
    },
  };
};
