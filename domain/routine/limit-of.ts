import type { Limit } from '../calendar/limit.ts';
import type { Routine, Rule } from './schema.ts';

/**
 * The limit that a rule states, by itself or by a parameter of its routine.
 *
 * @param ownHours the hours that the order states itself, where the rule lets it (`ownHours`)
 * @throws {TypeError} when the rule states no limit: its routine is not a checked one
 */
export const limitOf = (rule: Rule, routine: Routine, ownHours?: number): Limit => {
  const within =
    ownHours === undefined
      ? (rule.within ?? routine.parameters?.[rule.parameter ?? '']?.within)
      : { amount: ownHours, unit: 'hours' as const };
  if (within === undefined) throw new TypeError(`rule ${rule.id} of routine ${routine.id} states no limit`);
  const { cutoff, cutoffDay, endsOn, roll, endsAt } = rule;
  return {
    within,
    ...(cutoff && { cutoff }),
    ...(cutoffDay !== undefined && { cutoffDay }),
    ...(endsOn && { endsOn }),
    ...(roll && { roll }),
    ...(endsAt !== undefined && { endsAt }),
  };
};
