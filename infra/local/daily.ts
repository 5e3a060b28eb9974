import type { Temporal } from 'temporal-polyfill';
import { wiring, type FunctionName } from '../wiring.ts';
import { RULES, type Schedules } from './schedules.ts';

const DAY_MS = 86_400_000;

/**
 * Arms, unless they are armed already, the daily and hourly messages of the functions whose wiring asks for them. The hourly
 * ones come once a day here too: a clock that is moved by a year would stop for 8,760 of them, and no schedule is lost here.
 */
export const armDaily = (schedules: Schedules, now: Temporal.Instant): void => {
  for (const queue of Object.keys(wiring) as FunctionName[])
    for (const kind of ['daily', 'hourly'] as const) {
      const name = kind === 'daily' ? queue : `${queue}-${kind}`;
      if (wiring[queue].queue?.[kind] !== true || schedules.find(RULES, name) !== undefined) continue;
      schedules.add({
        group: RULES,
        name,
        due: nextMorning(now),
        request: {},
        queue,
        message: JSON.stringify({ [kind]: true }),
        deleteWhenFired: false,
        everyMs: DAY_MS,
      });
    }
};

/** The next 06:00 UTC. */
const nextMorning = (now: Temporal.Instant): Temporal.Instant => {
  const morning = now.toZonedDateTimeISO('UTC').startOfDay().add({ hours: 6 }).toInstant();
  return morning.epochMilliseconds > now.epochMilliseconds ? morning : morning.add({ hours: 24 });
};
