import { Temporal } from 'temporal-polyfill';
import type { Fact, FactError, FactOf } from '../../events/catalogue.ts';
import { dayOfDate, dayOfInstant } from '../calendar/stockholm.ts';
import type { Routines } from '../routine/routines.ts';
import type { Routine } from '../routine/schema.ts';
import { fileCase, keyOf, type CaseFile, type OrderFile } from './case-file.ts';
import { inScope } from './subjects.ts';

/**
 * What speaks against recording a fact in a case, given what is recorded: nothing when the list is empty. Each reason
 * points into the fact (RFC 6901). A refused fact changes nothing.
 */
export const objectionsTo = (fact: Fact, recorded: readonly Fact[], routines: Routines): FactError[] => {
  if (recorded.some((other) => keyOf(other) === keyOf(fact))) return [];
  switch (fact.type) {
    case 'se.frist.order.sent.v1':
      return objectionsToOrder(fact, fileCase(recorded), routines);
    case 'se.frist.service.started.v1':
      return objectionsToStart(fact);
    case 'se.frist.order.confirmed.v1':
      return objectionsToConfirmation(fact, fileCase(recorded));
    default:
      return [];
  }
};

type OrderSent = FactOf<'order.sent'>;

const objectionsToOrder = (fact: OrderSent, file: CaseFile, routines: Routines): FactError[] => {
  const { data } = fact;
  if (file.orders.get(data.order)?.sent !== undefined)
    return [{ path: '/data/order', message: `the order ${data.order} has been sent already` }];
  const routine = data.routine === undefined ? routines.forService(data.service) : routines.named(data.routine);
  if (routine === undefined)
    return data.routine === undefined
      ? [{ path: '/data/service', message: `no routine covers the service ${data.service}` }]
      : [{ path: '/data/routine', message: `there is no routine ${data.routine}` }];
  if (routine.services[data.service] === undefined)
    return [{ path: '/data/service', message: `the routine ${routine.id} does not cover the service ${data.service}` }];
  return [
    ...missingFields(fact, routine),
    ...(routine.orders?.neverBackdated === true ? backdating(fact) : []),
    ...(routine.orders?.neverOverlap === true ? overlaps(fact, file) : []),
  ];
};

/** The fields that the routine asks of every order (row S3) and that this one lacks. */
const missingFields = ({ data }: OrderSent, routine: Routine): FactError[] =>
  (routine.orders?.requires ?? [])
    .filter((required) => inScope(required.for, { service: data.service, urgency: data.urgency ?? 'normal' }))
    .filter(({ field }) => valueAt(data, field.split('.')) === undefined)
    .map(({ field, row }) => ({
      path: `/data/${field.replaceAll('.', '/')}`,
      message: `the routine ${routine.id} asks every order for ${field} (row ${row})`,
    }));

const valueAt = (value: unknown, path: readonly string[]): unknown => {
  let current = value;
  for (const key of path) {
    if (typeof current !== 'object' || current === null) return undefined;
    current = (current as Readonly<Record<string, unknown>>)[key];
  }
  return current;
};

/** An order may not be dated before the day, or the moment, at which it is placed (row P2). */
const backdating = ({ data, time }: OrderSent): FactError[] => {
  if (data.dated === undefined) return [];
  const placed = Temporal.Instant.from(time);
  const backdated =
    data.dated.length === 'YYYY-MM-DD'.length
      ? dayOfDate(data.dated) < dayOfInstant(placed)
      : Temporal.Instant.compare(Temporal.Instant.from(data.dated), placed) < 0;
  if (!backdated) return [];
  return [
    {
      path: '/data/dated',
      message: `an order is never backdated: ${data.dated} lies before ${time}, when it was placed`,
    },
  ];
};

/** Orders of one service in one case may not overlap (row S7). A recalled or replaced order takes up no time. */
const overlaps = ({ data }: OrderSent, file: CaseFile): FactError[] =>
  [...file.orders.values()].flatMap((other) => {
    if (other.sent === undefined || other.id === data.replaces || other.sent.fact.data.service !== data.service)
      return [];
    const period = periodOf(other);
    if (period === undefined || !overlap(period, data.period)) return [];
    return [
      {
        path: '/data/period',
        message: `the period ${words(data.period)} overlaps ${words(period)} of the order ${other.id}`,
      },
    ];
  });

interface Period {
  readonly from: string;
  /** The last day; none when it has no end. */
  readonly to?: string;
}

/** The days an order takes up: none once recalled or replaced; to its last day when the service has ended. */
const periodOf = ({ sent, ended }: OrderFile): Period | undefined => {
  if (sent === undefined || ended?.name === 'order.recalled' || ended?.name === 'order.sent') return undefined;
  const { period } = sent.fact.data;
  if (ended?.fact.type !== 'se.frist.service.ended.v1') return period;
  const { on } = ended.fact.data;
  return { from: period.from, to: period.to === undefined || on < period.to ? on : period.to };
};

const overlap = (a: Period, b: Period): boolean =>
  (a.to === undefined || b.from <= a.to) && (b.to === undefined || a.from <= b.to);

const words = ({ from, to }: Period): string => (to === undefined ? `from ${from} on` : `${from} to ${to}`);

const objectionsToStart = ({ data }: FactOf<'service.started'>): FactError[] => {
  if (data.at === undefined || dayOfInstant(Temporal.Instant.from(data.at)) === dayOfDate(data.date)) return [];
  return [{ path: '/data/at', message: `${data.at} does not fall on ${data.date} in Sweden` }];
};

/** An order that had been recalled or replaced by then cannot be confirmed (row S4). */
const objectionsToConfirmation = (fact: FactOf<'order.confirmed'>, file: CaseFile): FactError[] => {
  const ended = file.orders.get(fact.data.order)?.ended;
  if (ended === undefined || ended.name === 'service.ended') return [];
  if (Temporal.Instant.compare(Temporal.Instant.from(fact.time), ended.moment) < 0) return [];
  const what = ended.name === 'order.recalled' ? 'recalled' : 'replaced by another';
  return [{ path: '/data/order', message: `the order ${fact.data.order} was ${what} at ${ended.fact.time}` }];
};
