import type { Temporal } from 'temporal-polyfill';
import { isWeekday } from './holidays.ts';
import { clockOf, instantAt, localTimeOf, type LocalTime } from './stockholm.ts';

/** Hours in which nobody is to be disturbed: from one time of day to another, over midnight where the first is later. */
export interface QuietHours {
  readonly from: string;
  readonly to: string;
  /** All of a day that is no weekday, as well. */
  readonly nonWeekdays?: true | undefined;
}

/** The quiet time that an instant falls in, from its first moment to the one at which it is over; nothing in between. */
export const quietAround = (
  quiet: QuietHours,
  instant: Temporal.Instant,
): { readonly from: Temporal.Instant; readonly to: Temporal.Instant } | undefined => {
  const turns = [...new Set([0, clockOf(quiet.from), clockOf(quiet.to)])].toSorted((a, b) => a - b);
  const local = localTimeOf(instant.epochMilliseconds);
  if (!isQuiet(quiet, local)) return undefined;
  let first: LocalTime = { day: local.day, clock: turns.findLast((turn) => turn <= local.clock) ?? 0 };
  for (let before = turnBefore(turns, first); isQuiet(quiet, before); before = turnBefore(turns, before))
    first = before;
  let over = turnAfter(turns, local);
  while (isQuiet(quiet, over)) over = turnAfter(turns, over);
  return { from: instantAt(first), to: instantAt(over) };
};

const isQuiet = ({ from, to, nonWeekdays }: QuietHours, { day, clock }: LocalTime): boolean => {
  if (nonWeekdays === true && !isWeekday(day)) return true;
  const [begins, ends] = [clockOf(from), clockOf(to)];
  return begins < ends ? begins <= clock && clock < ends : clock >= begins || clock < ends;
};

/** The times of day at which quiet may begin or end, one after the other. */
const turnAfter = (turns: readonly number[], { day, clock }: LocalTime): LocalTime => {
  const next = turns.find((turn) => turn > clock);
  return next === undefined ? { day: day + 1, clock: 0 } : { day, clock: next };
};

const turnBefore = (turns: readonly number[], { day, clock }: LocalTime): LocalTime => {
  const before = turns.findLast((turn) => turn < clock);
  return before === undefined ? { day: day - 1, clock: turns.at(-1) ?? 0 } : { day, clock: before };
};
