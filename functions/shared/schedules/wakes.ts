import { Temporal } from 'temporal-polyfill';
import * as z from 'zod/mini';
import { epochDayOf, yearOf } from '../../../domain/calendar/days.ts';
import { dayOfInstant, formatInstant, startOfDay } from '../../../domain/calendar/stockholm.ts';
import { digest } from '../facts.ts';
import { minuteAtOrAfter, minuteName } from './minute.ts';
import type { Schedules } from './schedules.ts';

/**
 * What a schedule puts in the queue of `record-fact`: look at the case again, for what is due at an instant, and publish again
 * what Frist recorded since then; with `anew`, make all that is kept of the case beside the journal anew.
 */
export const wakeSchema = z.strictObject({
  wake: z.strictObject({ case: z.string(), at: z.string(), anew: z.optional(z.literal(true)) }),
});

export interface Wake {
  readonly case: string;
  readonly at: Temporal.Instant;
  readonly anew?: true;
}

/**
 * Farther than any limit, but for what somebody writes as 9999-12-31 and means until further notice. The same moment all year,
 * so that arming again is arming once.
 */
const farthestFrom = (now: Temporal.Instant): Temporal.Instant =>
  startOfDay(epochDayOf(yearOf(dayOfInstant(now)) + 10, 1, 1));

/**
 * Arms a wake of a case: a schedule of its own, named by the case and the minute, so that arming twice is arming once and no
 * wake is ever moved. Limits that end at midnight are spread over two minutes by the case. Scheduler takes no time that has
 * passed, nor one after the year 9999, so a wake is at least a minute and at most some years away; an early one arms again.
 *
 * @returns whether it is new
 */
export const armWake = async (
  schedules: Schedules,
  { case: subject, at: moment, anew }: Wake,
  now: Temporal.Instant,
): Promise<boolean> => {
  const hash = digest(subject);
  const spread = moment.add({ minutes: Number.parseInt(hash.slice(-1), 16) % 2 });
  const soonest = now.add({ minutes: 1 });
  const latest = farthestFrom(now);
  const inTime = Temporal.Instant.compare(spread, soonest) > 0 ? spread : soonest;
  const at = minuteAtOrAfter(Temporal.Instant.compare(inTime, latest) < 0 ? inTime : latest);
  const name = `wake-${hash.slice(0, 24)}-${minuteName(at)}${anew === true ? '-anew' : ''}`;
  return schedules.create(name, at, { wake: { case: subject, at: formatInstant(moment), ...(anew && { anew }) } });
};
