import { isDeepStrictEqual } from 'node:util';
import { BY_FRIST, changePage, type Change, type RegisterName, type KeptRegisters } from './registers.ts';

/** Registers in memory, for tests; held to the same contract test as the table's. */
export const memoryRegisters = (): KeptRegisters => {
  const all = new Map<RegisterName, Change[]>();
  const changesOf = (register: RegisterName): Change[] => {
    const changes = all.get(register) ?? [];
    all.set(register, changes);
    return changes;
  };
  const lastOf = (register: RegisterName, id: string): Change | undefined =>
    changesOf(register).findLast((change) => change.id === id);
  return {
    find: async (register, id) => lastOf(register, id)?.after as never,
    read: async (register, id) => {
      const last = lastOf(register, id);
      return last && ({ entry: last.after, version: last.version } as never);
    },
    list: async (register) => {
      const entries = new Map(changesOf(register).map(({ id, after }) => [id, after]));
      return [...entries.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1)) as never;
    },
    put: async (register, entry, { who, at, ifVersion } = BY_FRIST) => {
      const last = lastOf(register, entry.id);
      const version = last?.version ?? 0;
      if (ifVersion !== undefined && ifVersion !== version) return { ok: false, version };
      if (isDeepStrictEqual(last?.after, entry)) return { ok: true, version };
      const before = last && { before: last.after };
      changesOf(register).push({ id: entry.id, version: version + 1, who, at, ...before, after: entry });
      return { ok: true, version: version + 1 };
    },
    changes: async (register, question) => changePage(changesOf(register), question) as never,
  };
};
