import type { Temporal } from 'temporal-polyfill';
import type { Schedules } from './schedules.ts';

/** Schedules in memory, for tests, by name. */
export const memorySchedules = (): Schedules & {
  readonly created: ReadonlyMap<string, { readonly at: Temporal.Instant; readonly message: object }>;
} => {
  const created = new Map<string, { at: Temporal.Instant; message: object }>();
  return {
    created,
    create: async (name, at, message) => {
      if (!created.has(name)) created.set(name, { at, message });
    },
  };
};
