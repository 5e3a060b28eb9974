import type { RegisterName, Registers } from './registers.ts';

/** Registers in memory, for tests; held to the same contract test as the table's. */
export const memoryRegisters = (): Registers => {
  const entries: Record<RegisterName, Map<string, { readonly id: string }>> = {
    provider: new Map(),
    officer: new Map(),
    role: new Map(),
    rotation: new Map(),
    partner: new Map(),
  };
  return {
    find: async (register, id) => entries[register].get(id) as never,
    list: async (register) => [...entries[register].values()].toSorted((a, b) => (a.id < b.id ? -1 : 1)) as never,
    put: async (register, entry) => {
      entries[register].set(entry.id, entry);
    },
  };
};
