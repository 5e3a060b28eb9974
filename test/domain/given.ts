import { Temporal } from 'temporal-polyfill';
import { describeDeadline, describeNotice, describeTask } from '../../domain/case/describe.ts';
import type { DeadlineRecord, NoticeRecord, TaskRecord } from '../../domain/case/describe.ts';
import { viewDue, type DueView } from '../../domain/case/view.ts';
import { onlyRoutine, shippedRoutines } from '../../domain/routine/routines.ts';
import type { Routine } from '../../domain/routine/schema.ts';
import { parseFact, typeOf, type Fact, type FactData, type FactName } from '../../events/catalogue.ts';

/*
 * The words that the tests of the domain are written in: facts by the clock in Stockholm, and a case as it stands.
 */

/** A moment on the clock in Stockholm, `2026-12-23 15:00`, as an instant in UTC; what is an instant already stays one. */
export const local = (text: string): string =>
  text.includes('T')
    ? Temporal.Instant.from(text).toString()
    : Temporal.PlainDateTime.from(text.replace(' ', 'T')).toZonedDateTime('Europe/Stockholm').toInstant().toString();

/** The midnight that ends a day in Stockholm: the limit "by the end of the day". */
export const endOf = (date: string): string =>
  local(`${Temporal.PlainDate.from(date).add({ days: 1 }).toString()} 00:00`);

let ids = 0;

/** A fact as it would be recorded, checked against the catalogue. */
export const fact = <N extends FactName>(name: N, time: string, data: FactData<N>, more: object = {}): Fact => {
  ids += 1;
  const result = parseFact({
    specversion: '1.0',
    id: `f-${String(ids)}`,
    source: '/test',
    type: typeOf(name),
    subject: '2026-0417',
    time: local(time),
    data,
    ...more,
  });
  if (!result.ok) throw new Error(JSON.stringify(result.errors));
  return result.fact;
};

/** What an order says beside what every order must. */
export type Asked = Partial<FactData<'order.sent'>>;

/** The order O-1, of personal care where nothing else is said. */
export const sent = (time: string, data: Asked = {}, more: object = {}): Fact =>
  fact(
    'order.sent',
    time,
    {
      order: 'O-1',
      service: 'personalCare',
      provider: 'omsorg-syd',
      officer: 'h-17',
      period: { from: '2026-12-24' },
      ...data,
    },
    more,
  );

export const confirmed = (time: string, data: Partial<FactData<'order.confirmed'>> = {}): Fact =>
  fact('order.confirmed', time, { order: 'O-1', channel: 'link', ...data });

/** The first visit: on the day that it is reported where nothing else is said. */
export const started = (time: string, data: Partial<FactData<'service.started'>> = {}): Fact =>
  fact('service.started', time, { order: 'O-1', date: time.slice(0, 10), ...data });

export const made = (time: string, data: Partial<FactData<'decision.made'>> = {}): Fact =>
  fact('decision.made', time, {
    decision: 'B-1',
    service: 'companion',
    legalBasis: 'LSS',
    on: time.slice(0, 10),
    ...data,
  });

export const routineNamed = (id: string): Routine => {
  const routine = shippedRoutines.get(id);
  if (routine === undefined) throw new Error(`no routine ${id}`);
  return routine;
};

/** A case as it stands at a moment on the clock in Stockholm. */
export const caseOf = (routine: string | Routine, facts: readonly Fact[], at: string): DueView =>
  viewDue(
    facts,
    onlyRoutine(typeof routine === 'string' ? routineNamed(routine) : routine),
    Temporal.Instant.from(local(at)),
  );

export const deadlinesOf = (routine: string | Routine, facts: readonly Fact[], at: string): DeadlineRecord[] =>
  caseOf(routine, facts, at).deadlines.map(describeDeadline);

export const tasksOf = (routine: string | Routine, facts: readonly Fact[], at: string): TaskRecord[] =>
  caseOf(routine, facts, at).tasks.map(describeTask);

export const noticesOf = (routine: string | Routine, facts: readonly Fact[], at: string): NoticeRecord[] =>
  caseOf(routine, facts, at).notices.map(describeNotice);

/** The only deadline of a rule, or none. */
export const deadline = (
  rule: string,
  routine: string | Routine,
  facts: readonly Fact[],
  at: string,
): DeadlineRecord | undefined => {
  const found = deadlinesOf(routine, facts, at).filter((one) => one.rule === rule);
  if (found.length > 1) throw new Error(`${String(found.length)} deadlines of ${rule}`);
  return found[0];
};

/** What a notice tells to whom, in one line: `deadline.breached confirm of O-1 to officer`. */
export const told = ({ type, rule, about, audience, step }: NoticeRecord): string =>
  `${type} ${rule} of ${about} to ${audience}${step === 1 ? '' : ` (${String(step)})`}`;

/** The notices of a view as Frist records them. */
export const recordedFrom = ({ notices }: DueView, at: string): Fact[] =>
  notices.map((notice) => {
    const { type, rule, about, audience, due, step } = describeNotice(notice);
    return fact(type, at, { [notice.deadline.subject.kind]: about, rule, due, audience, step });
  });
