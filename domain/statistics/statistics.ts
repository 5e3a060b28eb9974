import type { Figures } from './figures.ts';
import type { OrderOutcome, Outcome } from './outcomes.ts';
import { withhold, type Protected } from './withhold.ts';

/*
 * What the outcomes of orders and switches come to, by provider. What each figure means is told in docs/statistics.md.
 */

/** Days, both included, `YYYY-MM-DD`. */
export interface Period {
  readonly from: string;
  readonly to: string;
}

export interface Statistics {
  /** By provider id; a provider of whom nothing is known in the period is left out. */
  readonly providers: readonly (Protected & { readonly provider: string })[];
  readonly total: Protected;
}

/** The statistics of a period, with the figures about few people withheld (see `withhold`). */
export const statisticsOf = (outcomes: readonly Outcome[], { from, to }: Period): Statistics => {
  const within = outcomes.filter(({ day }) => from <= day && day <= to);
  const { providers, total } = figuresOf(within);
  return withhold(providers, total);
};

/** The figures of each provider, by id, and of all, with nothing withheld. */
export const figuresOf = (
  outcomes: readonly Outcome[],
): { readonly providers: ReadonlyMap<string, Figures>; readonly total: Figures } => {
  const tallies = new Map<string, Tally>();
  const total = emptyTally();
  const of = (provider: string): Tally => {
    const tally = tallies.get(provider) ?? emptyTally();
    tallies.set(provider, tally);
    return tally;
  };
  for (const outcome of outcomes) {
    if (outcome.kind === 'order') {
      of(outcome.provider).orders.push(outcome);
      total.orders.push(outcome);
    } else {
      if (outcome.leaving !== undefined) {
        of(outcome.leaving).switchesFrom += 1;
        total.switchesFrom += 1;
      }
      of(outcome.incoming).switchesTo += 1;
      total.switchesTo += 1;
    }
  }
  const providers = [...tallies].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return { providers: new Map(providers.map(([id, tally]) => [id, summed(tally)])), total: summed(total) };
};

interface Tally {
  readonly orders: OrderOutcome[];
  switchesFrom: number;
  switchesTo: number;
}

const emptyTally = (): Tally => ({ orders: [], switchesFrom: 0, switchesTo: 0 });

const summed = ({ orders, switchesFrom, switchesTo }: Tally): Figures => {
  const seconds = orders.flatMap(({ secondsToConfirm }) => secondsToConfirm ?? []).toSorted((a, b) => a - b);
  const days = orders.flatMap(({ daysToStart }) => daysToStart ?? []).toSorted((a, b) => a - b);
  const count = (holds: (order: OrderOutcome) => boolean): number => orders.filter(holds).length;
  return {
    orders: orders.length,
    withdrawn: count(({ withdrawn }) => withdrawn === true),
    confirmJudged: count(({ confirm }) => confirm !== undefined),
    confirmedInTime: count(({ confirm }) => confirm === 'met'),
    confirmed: seconds.length,
    hoursToConfirmMedian: inHours(nearestRank(seconds, 50)),
    hoursToConfirmP90: inHours(nearestRank(seconds, 90)),
    startJudged: count(({ start }) => start !== undefined),
    startedInTime: count(({ start }) => start === 'met'),
    started: days.length,
    daysToStartMedian: nearestRank(days, 50),
    daysToStartP90: nearestRank(days, 90),
    breaches: orders.reduce((sum, { breaches }) => sum + breaches, 0),
    switchesFrom,
    switchesTo,
  };
};

/**
 * A percentile by the nearest rank: the smallest value that at least so many percent of the values do not exceed. It is
 * always one of the values; `null` of none.
 *
 * @param sorted ascending
 */
export const nearestRank = (sorted: readonly number[], percent: number): number | null =>
  sorted[Math.ceil((percent * sorted.length) / 100) - 1] ?? null;

const inHours = (seconds: number | null): number | null =>
  seconds === null ? null : Math.round((seconds / 3600) * 10) / 10;
