import type { Temporal } from 'temporal-polyfill';
import { wiring, type FunctionName } from '../wiring.ts';
import type { Schedules } from './schedules.ts';

/** Rules on a schedule are kept apart from the schedules that functions create. */
const GROUP = 'rules';

const DAY_MS = 86_400_000;

/** Arms, unless it is armed already, the daily message of each function whose wiring asks for one. */
export const armDaily = (schedules: Schedules, now: Temporal.Instant): void => {
  for (const name of Object.keys(wiring) as FunctionName[]) {
    if (wiring[name].queue?.daily !== true || schedules.find(GROUP, name) !== undefined) continue;
    schedules.add({
      group: GROUP,
      name,
      due: nextMorning(now),
      request: {},
      queue: name,
      message: JSON.stringify({ daily: true }),
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
