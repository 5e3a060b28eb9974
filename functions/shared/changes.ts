import { Temporal } from 'temporal-polyfill';
import { describeDeadline, describeTask } from '../../domain/case/describe.ts';
import { unheardFrom } from '../../domain/case/mails.ts';
import { restsSince } from '../../domain/case/retention.ts';
import { viewCase, type CaseView } from '../../domain/case/view.ts';
import type { Routines } from '../../domain/routine/routines.ts';
import { outcomesIn } from '../../domain/statistics/outcomes.ts';
import type { FactName } from '../../events/catalogue.ts';
import type { RecordedFact } from './facts.ts';

/** What no rule asks for by its name: only those hear of it who follow all that is known of a case. */
export const ASKED_FOR_BY_NOBODY: readonly FactName[] = ['mail.sent', 'mail.delivered'];

/**
 * Whether what was appended to a journal has changed anything that is kept of the case beside it: its deadlines, its tasks,
 * its outcomes, since when it rests, and from when on a mail is missing. Most facts of a case have not, and for each of them the
 * rows would be read and found to be right.
 *
 * @param before the journal without what was appended
 * @param now the case as it stands with it
 */
export const isChanged = (before: readonly RecordedFact[], now: CaseView, routines: Routines): boolean => {
  const last = before.at(-1);
  if (last === undefined) return true;
  // Then and now, so that what time alone has changed meanwhile is told of too.
  return kept(viewCase(before, routines, Temporal.Instant.from(last.recordedtime))) !== kept(now);
};

const kept = (view: CaseView): string =>
  JSON.stringify([
    view.deadlines.map(describeDeadline),
    view.tasks.map(describeTask),
    restsSince(view.file),
    unheardFrom(view),
    outcomesIn(view),
  ]);
