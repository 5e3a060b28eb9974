import type { Temporal } from 'temporal-polyfill';
import { dueAt } from '../calendar/limit.ts';
import { dayOfDate, startOfDay } from '../calendar/stockholm.ts';
import type { Routine } from './schema.ts';

/** The yearly review of a routine (row H18): a soft limit, owned by the routine's owner. */
export interface RoutineReview {
  readonly rule: 'reviewRoutine';
  /** The routine's id. */
  readonly about: string;
  readonly owner: 'routineOwner';
  readonly kind: 'soft';
  /** The midnight that begins the day of the last review. */
  readonly opened: Temporal.Instant;
  /** The end of the same day, twelve months later. */
  readonly due: Temporal.Instant;
}

/** When a routine is to be reviewed next; `undefined` for one that does not say when it was reviewed last. */
export const routineReview = ({ id, source }: Routine): RoutineReview | undefined => {
  if (source.reviewedOn === undefined) return undefined;
  const opened = startOfDay(dayOfDate(source.reviewedOn));
  const due = dueAt(opened, { within: { amount: 12, unit: 'months' } });
  return { rule: 'reviewRoutine', about: id, owner: 'routineOwner', kind: 'soft', opened, due };
};
