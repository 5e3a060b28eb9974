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
  | { readonly ok: false; readonly errors: readonly PeriodError[] };

/** What is wrong with a period, for a program in `message`. */
export interface PeriodError extends FactError {
  readonly field: 'from' | 'to';
  readonly why: 'missing' | 'noDate' | 'reversed' | 'tooLong';
}

/** Reads `from` and `to`, both included. What is wrong with either is told of both at once. */
export const readPeriod = ({
  from,
  to,
}: {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}): ReadPeriod => {
  const errors = [...wrongDate('from', from), ...wrongDate('to', to)];
  if (errors.length > 0 || from === undefined || to === undefined) return { ok: false, errors };
  if (to < from) return { ok: false, errors: [wrong('to', 'reversed', `must not lie before from, ${from}`)] };
  if (dayOfDate(to) >= addMonths(dayOfDate(from), 12 * MOST_YEARS))
    return { ok: false, errors: [wrong('to', 'tooLong', `must lie within ${String(MOST_YEARS)} years from ${from}`)] };
  return { ok: true, period: { from, to } };
};

const wrongDate = (field: 'from' | 'to', text: string | undefined): PeriodError[] => {
  if (text === undefined) return [wrong(field, 'missing', 'is missing: expected a date such as 2026-01-31')];
  return date.safeParse(text).success ? [] : [wrong(field, 'noDate', 'must be a date such as 2026-01-31')];
};

const wrong = (field: 'from' | 'to', why: PeriodError['why'], message: string): PeriodError => ({
  field,
  why,
  path: `/query/${field}`,
  message,
});

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
