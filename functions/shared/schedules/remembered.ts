import type { Schedules } from './schedules.ts';

/**
 * Schedules that remember which they have created. A schedule is never moved or taken back and its name holds its minute,
 * which is ahead whenever it is asked for, so whoever has seen it made need not ask again. Most facts of a case leave its
 * next wake where it was.
 *
 * @param most how many names are kept; the oldest are forgotten first
 */
export const remembered = (schedules: Schedules, most = 5000): Schedules => {
  const known = new Map<string, ReturnType<Schedules['create']>>();
  return {
    create: async (name, at, message) => {
      const before = known.get(name);
      if (before !== undefined) {
        await before;
        return false;
      }
      const creating = schedules.create(name, at, message);
      known.set(name, creating);
      const [oldest] = known.keys();
      if (known.size > most && oldest !== undefined) known.delete(oldest);
      try {
        return await creating;
      } catch (error) {
        known.delete(name);
        throw error;
      }
    },
  };
};
