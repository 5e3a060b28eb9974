import { Temporal } from 'temporal-polyfill';
import { describeDeadline, describeTask } from '../../domain/case/describe.ts';
import { viewCase, type CaseView } from '../../domain/case/view.ts';
import type { Routines } from '../../domain/routine/routines.ts';
import { nameOf, type FactName } from '../../events/catalogue.ts';
import type { RecordedFact } from '../shared/facts.ts';

/** What no rule asks for by its name: only those hear of it who follow all that is known of a case. */
export const ASKED_FOR_BY_NOBODY: readonly FactName[] = ['mail.sent', 'mail.delivered'];

/**
 * Whether a fact that has just been appended need not be published: it is of a kind that nobody asks for by name, and all
 * that is known of the case is what it was when the fact before it was recorded. Most facts of a case are of this kind, and
 * each would be an event, a message and an update of the watch list that finds nothing to do.
 *
 * @param journal the case's journal, the fact last
 */
export const isUnremarkable = (
  journal: readonly RecordedFact[],
  routines: Routines,
  now: Temporal.Instant,
): boolean => {
  const [fact, before] = [journal.at(-1), journal.at(-2)];
  if (fact === undefined || before === undefined || !ASKED_FOR_BY_NOBODY.includes(nameOf(fact))) return false;
  // Then and now, so that what time alone has changed meanwhile is told of too.
  const then = viewCase(journal.slice(0, -1), routines, Temporal.Instant.from(before.recordedtime));
  return shown(then) === shown(viewCase(journal, routines, now));
};

const shown = ({ deadlines, tasks }: CaseView): string =>
  JSON.stringify([deadlines.map(describeDeadline), tasks.map(describeTask)]);
