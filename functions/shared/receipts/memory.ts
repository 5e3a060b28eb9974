import type { Temporal } from 'temporal-polyfill';
import type { Receipts } from './receipts.ts';

/** Receipts in memory, for tests; held to the same contract test as the table's. */
export const memoryReceipts = (): Receipts => {
  const kept = new Map<string, { readonly body: string; readonly at: Temporal.Instant; readonly seen: Set<string> }>();
  return {
    take: async ({ partner, id, timestamp, body }, now) => {
      const key = `${partner}\n${id}`;
      const before = kept.get(key) ?? { body, at: now, seen: new Set() };
      if (before.body !== body) return { kind: 'reused' };
      if (before.seen.has(timestamp.toString())) return { kind: 'replayed' };
      before.seen.add(timestamp.toString());
      kept.set(key, before);
      return { kind: 'taken', at: before.at };
    },
  };
};
