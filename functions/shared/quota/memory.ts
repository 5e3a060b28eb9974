import { minuteOf, refusedUntilNextMinute, type Quota } from './quota.ts';

/** A quota in memory, for tests; held to the same contract test as the table's. */
export const memoryQuota = (): Quota => {
  const used = new Map<string, number>();
  return {
    take: async (key, most, now) => {
      const counter = `${key}\n${String(minuteOf(now))}`;
      const before = used.get(counter) ?? 0;
      if (before >= most) return refusedUntilNextMinute(now);
      used.set(counter, before + 1);
      return { ok: true };
    },
  };
};
