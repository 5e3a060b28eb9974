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
import { parseFact } from '../../events/catalogue.ts';
import type { Journal } from '../shared/journal/journal.ts';
import type { Log } from '../shared/log.ts';
import { keepChanged, type Outcomes } from '../shared/outcomes/outcomes.ts';
import { detailOf, queueHandler } from '../shared/queue.ts';
import type { Clock } from '../shared/runtime.ts';
import type { Row, WatchedDeadline, WatchedTask, WatchList } from '../shared/watch-list/watch-list.ts';

export interface Dependencies {
  readonly journal: Journal;
  readonly watchList: WatchList;
  readonly outcomes: Outcomes;
  readonly routines: Routines;
  readonly clock: Clock;
  readonly log: Log;
}

/** Makes the watch list's rows and the outcomes of a case what its journal says, after each fact that was recorded in it. */
export const createHandler = (deps: Dependencies) =>
  queueHandler((body) => update(detailOf(body), deps), { log: deps.log });

const update = async (body: unknown, deps: Dependencies): Promise<void> => {
  const { journal, watchList, outcomes, routines, clock, log } = deps;
  const parsed = parseFact(body);
  if (!parsed.ok) {
    log('FACT_UNREADABLE');
    throw new TypeError('the message holds no fact');
  }
  const { subject, sequence: told = 0 } = parsed.fact;
  // Two that write at the same time may leave rows of both, so whoever has written looks whether more is known by now.
  for (let written: number | undefined; ;) {
    const facts = await journal.load(subject);
    const sequence = facts.at(-1)?.sequence ?? 0;
    if (sequence === written) return;
    if (written === undefined) await keepChanged(outcomes, subject, facts, told, routines);
    const view = viewCase(facts, routines, laterOf(clock(), facts.at(-1)?.recordedtime));
    const wrote = await watchList.replace(
      subject,
      sequence,
      rowsOf(subject, view),
      view.tasks.map((task) => watchedTask(subject, task, view.file)),
      restsSince(view.file),
      unheardFrom(view),
    );
    if (!wrote) return;
    written = sequence;
  }
};

/** What had passed when the last fact was recorded has passed, by whichever clock. */
const laterOf = (now: Temporal.Instant, recorded: string | undefined): Temporal.Instant => {
  const then = recorded === undefined ? now : Temporal.Instant.from(recorded);
  return Temporal.Instant.compare(now, then) < 0 ? then : now;
};

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
