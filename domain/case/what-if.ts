import type { Temporal } from 'temporal-polyfill';
import type { Fact } from '../../events/catalogue.ts';
import { onlyRoutine, shippedRoutines } from '../routine/routines.ts';
import type { Routine } from '../routine/schema.ts';
import { formatInstant } from '../calendar/stockholm.ts';
import type { Deadline, Status } from './deadlines.ts';
import { viewCase } from './view.ts';

/** What a deadline was, or would have been. */
export interface Outcome {
  readonly status: Status;
  readonly due: string;
}

/** A deadline of an order, decision or switch whose outcome a changed routine changes; `null` where there would be none. */
export interface Change {
  readonly case: string;
  readonly about: string;
  readonly rule: string;
  readonly before: Outcome | null;
  readonly after: Outcome | null;
}

/** What a changed routine would have made of a case. */
export interface Replay {
  readonly changes: readonly Change[];
  /** How many limits of the routine were not kept, changed or not, and how many would not have been. */
  readonly breachedBefore: number;
  readonly breachedAfter: number;
}

/**
 * Replays the facts of a case against a changed routine (row B2): the deadlines under the routine of that id that Frist is
 * shipped with, which end otherwise under the changed one. Only what covers the changed routine's services is compared.
 */
export const whatIf = (facts: readonly Fact[], changed: Routine, at: Temporal.Instant): Replay => {
  const present = shippedRoutines.get(changed.id);
  const before = outcomes(facts, present, changed, at);
  const after = outcomes(facts, changed, changed, at);
  const subject = facts[0]?.subject ?? '';
  const changes = [...new Set([...before.keys(), ...after.keys()])].toSorted().flatMap((key) => {
    const [was, is] = [before.get(key) ?? null, after.get(key) ?? null];
    if (was?.status === is?.status) return [];
    const [about = '', rule = ''] = key.split('\n');
    return [{ case: subject, about, rule, before: was, after: is }];
  });
  return { changes, breachedBefore: breachedOf(before), breachedAfter: breachedOf(after) };
};

const breachedOf = (found: ReadonlyMap<string, Outcome>): number =>
  [...found.values()].filter(({ status }) => status === 'breached').length;

const outcomes = (
  facts: readonly Fact[],
  routine: Routine | undefined,
  covering: Routine,
  at: Temporal.Instant,
): Map<string, Outcome> => {
  if (routine === undefined) return new Map();
  const { deadlines } = viewCase(facts, onlyRoutine(routine), at);
  const counted = new Map<string, number>();
  return new Map(
    deadlines
      .filter((deadline) => concerns(deadline, routine, covering))
      .map((deadline) => {
        const name = `${deadline.subject.id}\n${deadline.rule.id}`;
        const place = (counted.get(name) ?? 0) + 1;
        counted.set(name, place);
        return [`${name}\n${String(place)}`, { status: deadline.status, due: formatInstant(deadline.due) }];
      }),
  );
};

/** A deadline of the routine itself, on a service that the changed one covers, of an order that names no other routine. */
const concerns = ({ routine: its, subject }: Deadline, routine: Routine, covering: Routine): boolean => {
  const named = subject.orders.map(({ sent }) => sent?.fact.routine ?? sent?.fact.data.routine);
  return (
    its.id === routine.id &&
    Object.hasOwn(covering.services, subject.circumstances.service) &&
    named.every((id) => id === undefined || id === covering.id)
  );
};
