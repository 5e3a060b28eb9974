import type { Report } from './report.ts';

/*
 * Which of the providers a page shows: in an order that is asked for, so many at a time.
 */

/** The first is the usual one. */
export const ORDERS = ['name', 'started', 'breaches'] as const;
export type Order = (typeof ORDERS)[number];

export const ORDER_WORDS: Readonly<Record<Order, string>> = {
  name: 'namn',
  started: 'lägst andel påbörjade i tid',
  breaches: 'flest passerade frister',
};

/** Providers that a page shows. */
const PAGE = 20;

/** What an address asks to see of a report. */
export interface Asked {
  readonly order: Order;
  /** From 1. */
  readonly page: number;
}

export const askedIn = (query: Readonly<Record<string, string | undefined>> = {}): Asked => ({
  order: ORDERS.find((one) => one === query['order']) ?? 'name',
  page: /^[1-9]\d{0,3}$/u.test(query['page'] ?? '') ? Number(query['page']) : 1,
});

type Row = Report['providers'][number];

export interface PageOfRows {
  readonly rows: readonly Row[];
  readonly page: number;
  readonly last: number;
}

/** The rows of a page, the last where there are fewer. */
export const pageOf = (providers: readonly Row[], { order, page: asked }: Asked): PageOfRows => {
  const last = Math.max(1, Math.ceil(providers.length / PAGE));
  const page = Math.min(asked, last);
  // Sorting keeps those that are alike by name.
  const rows = order === 'name' ? providers : providers.toSorted((a, b) => compare(rank(a, order), rank(b, order)));
  return { rows: rows.slice((page - 1) * PAGE, page * PAGE), page, last };
};

/** What is withheld, or was never due, comes last, and says nothing by its place. */
const rank = ({ startedInTime, startJudged, breaches, withheld }: Row, order: Exclude<Order, 'name'>): number => {
  if (order === 'breaches') return breaches === null || withheld.includes('breaches') ? Infinity : -breaches;
  const hidden = withheld.includes('startedInTime') || withheld.includes('startJudged');
  return hidden || startedInTime === null || startJudged === null || startJudged === 0
    ? Infinity
    : startedInTime / startJudged;
};

/** Infinity less infinity would be no number. */
const compare = (a: number, b: number): number => (a === b ? 0 : a < b ? -1 : 1);
