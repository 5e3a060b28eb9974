import { addMonths } from '../../domain/calendar/days.ts';
import { dayOfDate } from '../../domain/calendar/stockholm.ts';
import { statisticsOf, type Period, type Statistics } from '../../domain/statistics/statistics.ts';
import { date } from '../../events/define.ts';
import type { FactError } from '../../events/errors.ts';
import { monthsBetween, type Outcomes } from '../shared/outcomes/outcomes.ts';
import type { Registers } from '../shared/registers/registers.ts';

/** A report of more years than this is refused: it would ask for each of their months. */
const MOST_YEARS = 10;

export type ReadPeriod =
  | { readonly ok: true; readonly period: Period }
  | { readonly ok: false; readonly errors: readonly FactError[] };

/** Reads `from` and `to`, both included. What is wrong with either is told of both at once. */
export const readPeriod = ({
  from,
  to,
}: {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}): ReadPeriod => {
  const errors = Object.entries({ from, to }).flatMap(([name, text]) => {
    if (text === undefined)
      return [{ path: `/query/${name}`, message: 'is missing: expected a date such as 2026-01-31' }];
    return date.safeParse(text).success
      ? []
      : [{ path: `/query/${name}`, message: 'must be a date such as 2026-01-31' }];
  });
  if (errors.length > 0 || from === undefined || to === undefined) return { ok: false, errors };
  if (to < from) return wrongEnd(`must not lie before from, ${from}`);
  if (dayOfDate(to) >= addMonths(dayOfDate(from), 12 * MOST_YEARS))
    return wrongEnd(`must lie within ${String(MOST_YEARS)} years from ${from}`);
  return { ok: true, period: { from, to } };
};

const wrongEnd = (message: string): ReadPeriod => ({ ok: false, errors: [{ path: '/query/to', message }] });

type Row = Statistics['total'] & { readonly name: string };

/** The statistics of a period, with what the providers are called. */
export interface Report extends Period {
  readonly providers: readonly (Row & { readonly provider: string })[];
  readonly total: Statistics['total'];
}

/** @param ports where the outcomes and the providers' names are read: one query a month and one for the register */
export const reportOf = async (
  period: Period,
  { outcomes, registers }: { readonly outcomes: Outcomes; readonly registers: Pick<Registers, 'list'> },
): Promise<Report> => {
  const [found, known] = await Promise.all([
    outcomes.of(monthsBetween(period.from, period.to)),
    registers.list('provider'),
  ]);
  const names = new Map(known.map(({ id, name }) => [id, name]));
  const { providers, total } = statisticsOf(found, period);
  return {
    ...period,
    providers: providers
      .map(({ provider, ...figures }) => ({ provider, name: names.get(provider) ?? provider, ...figures }))
      .toSorted((a, b) => a.name.localeCompare(b.name, 'sv') || (a.provider < b.provider ? -1 : 1)),
    total,
  };
};
