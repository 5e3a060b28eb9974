import { Temporal } from 'temporal-polyfill';
import { describeDeadline, describeTask } from '../../domain/case/describe.ts';
import { unheardFrom } from '../../domain/case/mails.ts';
import { providerOf } from '../../domain/case/owner.ts';
import type { Subject } from '../../domain/case/subjects.ts';
import type { Task } from '../../domain/case/tasks.ts';
import type { CaseFile } from '../../domain/case/case-file.ts';
import { officerOf } from '../../domain/case/officer.ts';
import { restsSince } from '../../domain/case/retention.ts';
import { viewCase, type CaseView } from '../../domain/case/view.ts';
import { limitOf } from '../../domain/routine/limit-of.ts';
import type { Routines } from '../../domain/routine/routines.ts';
import type { Rule } from '../../domain/routine/schema.ts';
import type { RecordedFact } from '../shared/facts.ts';
import type { Journal } from '../shared/journal/journal.ts';
import { keepChanged, type Outcomes } from '../shared/outcomes/outcomes.ts';
import type { Clock } from '../shared/runtime.ts';
import type { Row, WatchedDeadline, WatchedTask, WatchList } from '../shared/watch-list/watch-list.ts';

export interface Dependencies {
  readonly journal: Pick<Journal, 'load'>;
  readonly watchList: Pick<WatchList, 'replace'>;
  readonly outcomes: Pick<Outcomes, 'keep'>;
  readonly routines: Routines;
  readonly clock: Clock;
}

/**
 * Makes the watch list's rows and the outcomes of a case what its journal says.
 *
 * @param known the case's journal, and the case as it stands with it
 * @param from the place of the first fact that may have changed the outcomes; 0 keeps all of them anew
 */
export const keepWatched = async (
  known: { readonly journal: readonly RecordedFact[]; readonly view: CaseView },
  from: number,
  deps: Dependencies,
): Promise<void> => {
  let { journal, view } = known;
  const subject = journal[0]?.subject;
  if (subject === undefined) return;
  await keepChanged(deps.outcomes, subject, journal, from, deps.routines);
  for (;;) {
    const wrote = await deps.watchList.replace(
      subject,
      lastOf(journal),
      rowsOf(subject, view),
      view.tasks.map((task) => watchedTask(subject, task, view.file)),
      restsSince(view.file),
      unheardFrom(view),
    );
    if (!wrote) return;
    // Two that write at the same time may leave rows of both, so whoever has written looks whether more is known by now.
    const now = await deps.journal.load(subject);
    if (lastOf(now) === lastOf(journal)) return;
    journal = now;
    view = viewNow(journal, deps);
  }
};

const lastOf = (journal: readonly RecordedFact[]): number => journal.at(-1)?.sequence ?? 0;

/** The case as it stands when it is looked at. */
export const viewNow = (
  journal: readonly RecordedFact[],
  { routines, clock }: Pick<Dependencies, 'routines' | 'clock'>,
): CaseView => viewCase(journal, routines, shownAt(journal, clock()));

/** What had passed when a fact was recorded has passed, by whichever clock: so a case is shown at no earlier instant. */
export const shownAt = (journal: readonly RecordedFact[], now: Temporal.Instant): Temporal.Instant =>
  journal
    .map(({ recordedtime }) => Temporal.Instant.from(recordedtime))
    .reduce((one, other) => (Temporal.Instant.compare(one, other) < 0 ? other : one), now);

/** A rule may open several limits on one order in turn; they are told apart by their place among them. */
const rowsOf = (caseNumber: string, { deadlines, file }: CaseView): Row[] => {
  const places = new Map<string, number>();
  return deadlines.map((deadline) => {
    const { rule, routine, subject } = deadline;
    const name = `${subject.kind}#${subject.id}#${rule.id}`;
    const place = (places.get(name) ?? 0) + 1;
    places.set(name, place);
    return {
      id: `${name}#${String(place)}`,
      deadline: {
        case: caseNumber,
        ...describeDeadline(deadline),
        duty: rule.duty,
        unit: limitOf(rule, routine).within.unit,
        ...partiesOf(subject, rule.owner, file),
      },
    };
  });
};

const watchedTask = (caseNumber: string, task: Task, file: CaseFile): WatchedTask => ({
  case: caseNumber,
  ...describeTask(task),
  routine: task.routine.id,
  ...partiesOf(task.subject, task.rule.owner, file),
});

/** The service, the provider and the case officer that a row concerns: of a switch, the provider whose move it is. */
const partiesOf = (
  subject: Subject,
  owner: Rule['owner'],
  file: CaseFile,
): Pick<WatchedDeadline, 'service' | 'provider' | 'officer'> => {
  const officer = officerOf(subject, file);
  const { service } = subject.circumstances;
  const provider = providerOf(owner, subject, file);
  return {
    service,
    ...(provider !== undefined && { provider }),
    ...(officer !== undefined && { officer }),
  };
};
