import type { Temporal } from 'temporal-polyfill';
import { ZONE } from '../../domain/calendar/stockholm.ts';
import { wiring, type FunctionName } from '../wiring.ts';
import type { Schedules } from './schedules.ts';

/** Rules on a schedule are kept apart from the schedules that functions create. */
const GROUP = 'mornings';

/** Arms, unless it is armed already, the morning message of each function whose wiring asks for one. */
export const armMornings = (schedules: Schedules, now: Temporal.Instant): void => {
  for (const name of Object.keys(wiring) as FunctionName[]) {
    if (wiring[name].queue?.mornings !== true || schedules.find(GROUP, name) !== undefined) continue;
    schedules.add({
      group: GROUP,
      name,
      due: nextMorning(now),
      request: { everyDayIn: ZONE },
      queue: name,
      message: JSON.stringify({ morning: true }),
      deleteWhenFired: false,
    });
  }
};

/** The next 07:00 on the clock. */
const nextMorning = (now: Temporal.Instant): Temporal.Instant => {
  const local = now.toZonedDateTimeISO(ZONE);
  const today = local.toPlainDate().toZonedDateTime({ timeZone: ZONE, plainTime: '07:00' });
  return (today.epochMilliseconds > local.epochMilliseconds ? today : today.add({ days: 1 })).toInstant();
};
