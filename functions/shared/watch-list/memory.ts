import { Temporal } from 'temporal-polyfill';
import type { Row, WatchList } from './watch-list.ts';

/** A watch list in memory, for tests; held to the same contract test as the table's. */
export const memoryWatchList = (): WatchList => {
  const cases = new Map<string, { sequence: number; rows: readonly Row[] }>();
  return {
    replace: async (caseNumber, sequence, rows) => {
      if ((cases.get(caseNumber)?.sequence ?? 0) <= sequence) cases.set(caseNumber, { sequence, rows });
    },
    page: async ({ statuses, owner, provider, before, after, limit }) => {
      const all = [...cases.values()]
        .flatMap(({ rows }) => rows)
        .map(({ id, deadline }) => ({ deadline, key: keyOf(deadline.due, deadline.case, id) }))
        .filter(
          ({ deadline, key }) =>
            statuses.includes(deadline.status) &&
            (owner === undefined || deadline.owner === owner) &&
            (provider === undefined || deadline.provider === provider) &&
            (before === undefined || key < keyOf(before, '', '')) &&
            (after === undefined || key > after),
        )
        .toSorted((a, b) => (a.key < b.key ? -1 : 1));
      const rows = all.slice(0, limit);
      const last = rows.at(-1);
      return {
        deadlines: rows.map(({ deadline }) => deadline),
        ...(all.length > limit && last && { next: last.key }),
      };
    },
  };
};

const keyOf = (due: string, caseNumber: string, id: string): string =>
  [String(Temporal.Instant.from(due).epochMilliseconds).padStart(15, '0'), caseNumber, id].join('#');
