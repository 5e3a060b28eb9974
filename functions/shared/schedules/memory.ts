import { Temporal } from 'temporal-polyfill';
import type { Clock } from '../runtime.ts';
import type { Schedules } from './schedules.ts';

/** Schedules in memory, for tests, by name; held to the same contract test as EventBridge Scheduler's. */
export const memorySchedules = (
  clock: Clock,
): Schedules & {
  readonly created: ReadonlyMap<string, { readonly at: Temporal.Instant; readonly message: object }>;
  /** It has fired, and is gone. */
  readonly complete: (name: string) => void;
} => {
  const created = new Map<string, { at: Temporal.Instant; message: object }>();
  return {
    created,
    complete: (name) => void created.delete(name),
    create: async (name, at, message) => {
      if (created.has(name)) return false;
      if (!NAME.test(name)) throw new RangeError(`no schedule can have the name ${name}`);
      if (Temporal.Instant.compare(at, clock()) < 0) throw new RangeError(`${at.toString()} has passed`);
      if (Temporal.Instant.compare(at, LAST) > 0) throw new RangeError(`${at.toString()} has too many digits`);
      created.set(name, { at, message });
      return true;
    },
  };
};

const LAST = Temporal.Instant.from('9999-12-31T23:59:59Z');
const NAME = /^[\w.-]{1,64}$/;
