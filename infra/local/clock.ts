import { Temporal } from 'temporal-polyfill';
import type { Clock } from '../../functions/shared/runtime.ts';
import type { Store } from './store.ts';

/** Business time of the local system. It is moved by hand, and never backwards. */
export interface LocalClock {
  now: Clock;
  /** It moves only when it is moved: no timer is needed. */
  readonly standsStill: boolean;
  /** @throws ClockMovedBackwards when the instant lies before now */
  moveTo: (instant: Temporal.Instant) => void;
}

export class ClockMovedBackwards extends Error {
  override name = 'ClockMovedBackwards';
}

export interface ClockOptions {
  /** Stand still at this instant until moved. Without it the clock is real time and what it has been moved forward. */
  readonly standAt?: Temporal.Instant;
  readonly realTime?: Clock;
}

/**
 * Opens the clock with what was kept of it: a clock that has been moved is not back where it began after a restart, so a
 * clock that stands still opens at the later of `standAt` and where it stood.
 */
export const openClock = (store: Store, { standAt, realTime = Temporal.Now.instant }: ClockOptions = {}): LocalClock =>
  standAt ? stillClock(store, standAt) : runningClock(store, realTime);

const stillClock = (store: Store, standAt: Temporal.Instant): LocalClock => {
  const kept = keptOf(store, 'still');
  let instant = standAt;
  if (kept !== undefined && isBefore(standAt, Temporal.Instant.from(kept))) instant = Temporal.Instant.from(kept);
  keep(store, 'still', instant.toString());
  return {
    now: () => instant,
    standsStill: true,
    moveTo: (target) => {
      refuseBackwards(instant, target);
      keep(store, 'still', target.toString());
      instant = target;
    },
  };
};

const runningClock = (store: Store, realTime: Clock): LocalClock => {
  let ahead = Temporal.Duration.from(keptOf(store, 'running') ?? 'PT0S');
  const now: Clock = () => realTime().add(ahead);
  return {
    now,
    standsStill: false,
    moveTo: (target) => {
      refuseBackwards(now(), target);
      ahead = target.since(realTime());
      keep(store, 'running', ahead.toString());
    },
  };
};

const keptOf = (store: Store, mode: string): string | undefined =>
  store.all<{ value: string }>('SELECT value FROM clock WHERE mode = ?', mode)[0]?.value;

const keep = (store: Store, mode: string, value: string): void => {
  store.run('INSERT OR REPLACE INTO clock (mode, value) VALUES (?, ?)', mode, value);
};

const refuseBackwards = (now: Temporal.Instant, target: Temporal.Instant): void => {
  if (isBefore(target, now)) {
    throw new ClockMovedBackwards(`The clock shows ${now.toString()} and cannot be moved back to ${target.toString()}`);
  }
};

const isBefore = (one: Temporal.Instant, other: Temporal.Instant): boolean => Temporal.Instant.compare(one, other) < 0;
