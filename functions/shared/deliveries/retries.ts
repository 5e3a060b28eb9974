import type { Temporal } from 'temporal-polyfill';
import { formatInstant } from '../../../domain/calendar/stockholm.ts';
import { digest } from '../facts.ts';
import { minuteAtOrAfter, minuteName } from '../schedules/minute.ts';
import type { Schedules } from '../schedules/schedules.ts';
import type { Failure } from './deliveries.ts';

/** Minutes between one attempt and the next: three days in all (Standard Webhooks, "Retries"). */
const WAITS = [1, 5, 30, 120, 300, 600, 840, 1200, 1224];

/** A receiver that asks to be left alone for longer than this is asked anyway. */
const LONGEST_WAIT_S = 86_400;

/**
 * When to try again after so many attempts; `undefined` when it has been tried for long enough. A tenth more or less, by the
 * case, keeps all that failed together from coming back together.
 */
export const nextAttempt = (
  { partner, case: caseNumber, attempts }: Pick<Failure, 'partner' | 'case' | 'attempts'>,
  now: Temporal.Instant,
  retryAfterSeconds = 0,
): Temporal.Instant | undefined => {
  const wait = WAITS[attempts - 1];
  if (wait === undefined) return undefined;
  const chance = Number.parseInt(digest(partner, caseNumber, String(attempts)).slice(0, 4), 16) / 0xff_ff;
  const seconds = Math.round(wait * 60 * (0.9 + 0.2 * chance));
  return minuteAtOrAfter(now.add({ seconds: Math.max(seconds, Math.min(retryAfterSeconds, LONGEST_WAIT_S)) }));
};

/** Has the partner told of the case again at a whole minute. Twice for one minute is once. */
export const armDelivery = async (
  schedules: Schedules,
  { partner, case: caseNumber }: Pick<Failure, 'partner' | 'case'>,
  at: Temporal.Instant,
): Promise<void> => {
  await schedules.create(`call-${digest(partner, caseNumber).slice(0, 24)}-${minuteName(at)}`, at, {
    deliver: { partner, case: caseNumber },
  });
};

/** The soonest minute that a schedule can be for. */
export const soonest = (now: Temporal.Instant): Temporal.Instant => minuteAtOrAfter(now.add({ minutes: 1 }));

/** A failed delivery that is tried again from an instant on, for three days anew. */
export const takenUp = (failure: Failure, now: Temporal.Instant, at: Temporal.Instant): Failure => ({
  ...failure,
  status: 'retrying',
  attempts: 0,
  first: formatInstant(now),
  next: formatInstant(at),
});
