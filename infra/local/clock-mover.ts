import { Temporal } from 'temporal-polyfill';
import { ClockMovedBackwards, type LocalClock } from './clock.ts';
import type { Queues } from './queues.ts';
import type { Schedules } from './schedules.ts';

/**
 * Moves the clock and answers where it then stands, when everything has settled. On the way it stops at each schedule,
 * fires it and lets all that comes of it end, so that what it arms in turn fires in its time too. One move at a time.
 * Rejects with ClockMovedBackwards, and with QueuesStopped when the system stops meanwhile.
 */
export type ClockMover = (target: (now: Temporal.Instant) => Temporal.Instant) => Promise<Temporal.Instant>;

export const clockMover = (clock: LocalClock, schedules: Schedules, queues: Queues): ClockMover => {
  let last: Promise<unknown> = Promise.resolve();

  const moveTo = (instant: Temporal.Instant): void => {
    // A running clock may have come past it by itself meanwhile.
    if (Temporal.Instant.compare(clock.now(), instant) < 0) clock.moveTo(instant);
    schedules.fireDue();
  };

  const move: ClockMover = async (targetOf) => {
    const now = clock.now();
    const target = targetOf(now);
    if (Temporal.Instant.compare(target, now) < 0) {
      throw new ClockMovedBackwards(`The clock shows ${now.toString()} and is not moved back to ${target.toString()}`);
    }
    // What was accepted before the move belongs to the time before it, and may arm schedules on the way.
    await queues.idle();
    for (;;) {
      const next = schedules.nextDue();
      if (!next || Temporal.Instant.compare(next, target) > 0) break;
      moveTo(next);
      await queues.idle();
    }
    moveTo(target);
    await queues.idle();
    return clock.now();
  };

  return async (target) => {
    const turn = last.then(async () => move(target));
    last = turn.catch(() => undefined);
    return turn;
  };
};
