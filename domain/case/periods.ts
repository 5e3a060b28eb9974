import type { EpochDay } from '../calendar/days.ts';
import { lastDayBefore } from '../calendar/limit.ts';
import { dayOfDate } from '../calendar/stockholm.ts';
import type { FactOf } from '../../events/catalogue.ts';
import { last, type CaseFile, type Entry, type OrderFile, type SwitchFile } from './case-file.ts';
import type { Deadline } from './deadlines.ts';

/*
 * The days that orders take up: by their period, cut short by what ended them or by a switch that is under way.
 */

/** Days from the first to the last; without a last day it goes on. */
export interface Period {
  readonly from: EpochDay;
  readonly to: EpochDay | undefined;
}

/**
 * The days an order takes up: none once recalled or replaced; to its last day when the service has ended; to the day before
 * another provider takes over when a switch is done.
 */
export const periodOf = ({ sent, ended }: OrderFile): Period | undefined => {
  if (sent === undefined || ended?.name === 'order.recalled' || ended?.name === 'order.sent') return undefined;
  const { from, to } = sent.fact.data.period;
  const period = { from: dayOfDate(from), to: to === undefined ? undefined : dayOfDate(to) };
  switch (ended?.fact.type) {
    case 'se.frist.service.ended.v1':
      return cut(period, dayOfDate(ended.fact.data.on));
    case 'se.frist.switch.completed.v1':
      return cut(period, dayOfDate(ended.fact.data.on) - 1);
    default:
      return period;
  }
};

/** The pause that no resumption has ended (row S9): one with a known last day runs on until it is said that the service is given. */
export const runningPause = ({ entries }: OrderFile): Entry<FactOf<'service.paused'>> | undefined => {
  const paused = last(entries, 'service.paused');
  const resumed = last(entries, 'service.resumed');
  if (paused === undefined || resumed === undefined) return paused;
  return dayOfDate(resumed.fact.data.on) > dayOfDate(paused.fact.data.from) ? undefined : paused;
};

/** A period with a last day that is no later than the one given. */
export const cut = ({ from, to }: Period, lastDay: EpochDay): Period => ({
  from,
  to: to === undefined || lastDay < to ? lastDay : to,
});

export const overlap = (a: Period, b: Period): boolean =>
  (a.to === undefined || b.from <= a.to) && (b.to === undefined || a.from <= b.to);

/**
 * The day of a switch: the one it was done or is agreed for, else the last one of the routine's limit (rows L4, S11). The
 * incoming provider may begin on it.
 */
export const switchDay = (change: SwitchFile, deadlines: readonly Deadline[]): EpochDay | undefined => {
  const known = change.completed?.fact.data.on ?? change.agreed?.fact.data.date;
  if (known !== undefined) return dayOfDate(known);
  const limit = deadlines.find(({ rule, subject }) => rule.id === 'switch' && subject.id === change.id);
  return limit === undefined ? undefined : lastDayBefore(limit.due);
};

/** Whether the day of a switch is for those concerned to agree, within a window, and they have not (row H16). */
export const dayIsOpen = (change: SwitchFile, deadlines: readonly Deadline[]): boolean =>
  change.completed === undefined &&
  change.agreed === undefined &&
  deadlines.some(
    ({ rule, subject, window }) => rule.id === 'switch' && subject.id === change.id && window !== undefined,
  );

/** The days between the last order of the same service that ended before this one and this one. */
export const gapBefore = (order: OrderFile, { orders }: CaseFile): { order: string; days: number } | undefined => {
  const own = periodOf(order);
  const service = order.sent?.fact.data.service;
  if (own === undefined) return undefined;
  let before: { order: string; to: EpochDay } | undefined;
  for (const other of orders.values()) {
    const period = other.id === order.id || other.sent?.fact.data.service !== service ? undefined : periodOf(other);
    if (period === undefined || period.from >= own.from) continue;
    // Something runs on into this order: there is no gap.
    if (period.to === undefined || period.to >= own.from) return undefined;
    if (before === undefined || period.to > before.to) before = { order: other.id, to: period.to };
  }
  const days = before === undefined ? 0 : own.from - before.to - 1;
  return before !== undefined && days > 0 ? { order: before.order, days } : undefined;
};
