import { epochDayOf, type EpochDay } from '../calendar/days.ts';
import { dayOfDate, dayOfInstant, formatDay, startOfDay } from '../calendar/stockholm.ts';
import type { Fact, FactData } from '../../events/catalogue.ts';
import { shippedRoutines, type Routines } from '../routine/routines.ts';
import type { DecisionFile } from './case-file.ts';
import type { Deadline } from './deadlines.ts';
import { viewCase, type CaseView } from './view.ts';

/** A quarter of a year, as `2026Q4` names it. */
export interface Quarter {
  readonly first: EpochDay;
  readonly last: EpochDay;
}

/** A decision to report to IVO for a quarter (row B8; socialtjänstlagen 34 kap. 1–2 §§, LSS 28 f–g §§). */
export interface IvoRow {
  readonly case: string;
  readonly decision?: string;
  readonly order?: string;
  /** Not executed within three months, or not taken up again within three months of an interruption. */
  readonly kind: 'notExecuted' | 'interrupted';
  readonly legalBasis?: 'SoL' | 'LSS';
  readonly decidedOn?: string;
  readonly interruptedOn?: string;
  readonly service: string;
  /** What the service is called in Swedish. */
  readonly serviceName: string;
  /** Why, as far as it was told. */
  readonly reason?: string;
  /** Who asked for it to wait: the person or the case officer. */
  readonly postponedBy?: 'client' | 'officer';
  /** The day it was executed or taken up again, when that was within the quarter. */
  readonly executedOn?: string;
  /** Days from the decision or the interruption until that day or until nothing was owed any more, at most the quarter's last day. */
  readonly days: number;
}

/** The columns of the report, in order. */
export const IVO_COLUMNS = [
  'case',
  'decision',
  'order',
  'kind',
  'legalBasis',
  'decidedOn',
  'interruptedOn',
  'service',
  'serviceName',
  'reason',
  'postponedBy',
  'executedOn',
  'days',
] as const satisfies readonly (keyof IvoRow)[];

/** The rules whose breaches are reported. */
export const IVO_RULES: ReadonlySet<string> = new Set(['ivoExecution', 'ivoInterruption']);

/** Reads `2026Q4`; `undefined` when it is no quarter. */
export const parseQuarter = (text: string): Quarter | undefined => {
  const match = /^(\d{4})Q([1-4])$/u.exec(text);
  if (match === null) return undefined;
  const year = Number(match[1]);
  const month = Number(match[2]) * 3 - 2;
  return {
    first: epochDayOf(year, month, 1),
    last: (month === 10 ? epochDayOf(year + 1, 1, 1) : epochDayOf(year, month + 3, 1)) - 1,
  };
};

/**
 * The decisions of a case to report for a quarter: those whose three months had passed by its end, unless they were
 * executed, taken up again or ended before it began. Every fact given is known; what happened after the quarter is not told.
 */
export const ivoRows = (facts: readonly Fact[], quarter: Quarter): IvoRow[] => {
  const view = viewCase(facts, ONLY_THE_LAW, startOfDay(quarter.last + 1));
  return view.deadlines.flatMap((deadline) => {
    if (!IVO_RULES.has(deadline.rule.id) || deadline.status !== 'breached') return [];
    const doneOn = deadline.closing && dayDone(deadline.closing.fact);
    const over = doneOn ?? (deadline.ended && dayOfInstant(deadline.ended));
    return over !== undefined && over < quarter.first ? [] : [rowOf(deadline, doneOn, view, quarter)];
  });
};

/**
 * The law's clocks run beside every routine, and whichever an order follows changes nothing of them, but that its nights may be
 * an order of their own (row L2).
 */
const ONLY_THE_LAW: Routines = {
  named: (id) => {
    const routine = shippedRoutines.get(id);
    return routine && { ...routine, rules: [], tasks: [] };
  },
  forService: () => undefined,
  inForce: [],
};

const rowOf = (deadline: Deadline, doneOn: EpochDay | undefined, view: CaseView, quarter: Quarter): IvoRow => {
  const { subject, rule } = deadline;
  const { service } = subject.circumstances;
  const decision = decisionOf(deadline, view);
  const made = decision?.made?.fact.data;
  const from = dayOfInstant(deadline.opened);
  const done = doneOn !== undefined && doneOn <= quarter.last ? doneOn : undefined;
  const endedOn = deadline.ended && dayOfInstant(deadline.ended);
  const putOff = deadline.postponed ?? startPutOff(deadline);
  const reason = putOff?.reason ?? reasonOf(deadline);
  return {
    case: view.file.entries[0]?.fact.subject ?? '',
    ...(decision && { decision: decision.id }),
    ...(subject.kind === 'order' && { order: subject.id }),
    kind: rule.id === 'ivoExecution' ? 'notExecuted' : 'interrupted',
    ...(made && { legalBasis: made.legalBasis, decidedOn: made.on }),
    ...(rule.id === 'ivoInterruption' && { interruptedOn: formatDay(from) }),
    service,
    serviceName: nameOfService(service),
    ...(reason !== undefined && { reason }),
    ...(putOff && { postponedBy: putOff.by }),
    ...(done !== undefined && { executedOn: formatDay(done) }),
    days: Math.min(done ?? endedOn ?? Infinity, quarter.last) - from,
  };
};

const decisionOf = ({ subject }: Deadline, { file }: CaseView): DecisionFile | undefined =>
  subject.kind === 'decision'
    ? file.decisions.get(subject.id)
    : [...file.decisions.values()].find(({ orders }) => orders.some(({ id }) => id === subject.id));

/** Who last put off the start of what was decided, and why: it moves no clock of the law, but tells what it waits for. */
const startPutOff = ({ rule, subject }: Deadline): FactData<'deadline.postponed'> | undefined => {
  if (rule.id !== 'ivoExecution') return undefined;
  return subject.entries
    .flatMap(({ fact }) =>
      fact.type === 'se.frist.deadline.postponed.v1' && fact.data.rule === 'start' ? fact.data : [],
    )
    .at(-1);
};

/** Why it stands still, as last told: the interruption's own reason, or of a visit that was not executed. */
const reasonOf = ({ rule, subject, opened }: Deadline): string | undefined => {
  const from = formatDay(dayOfInstant(opened));
  const told = subject.entries.findLast(({ fact }) =>
    rule.id === 'ivoExecution'
      ? fact.type === 'se.frist.service.notExecuted.v1'
      : fact.type === 'se.frist.service.paused.v1' && fact.data.from === from,
  )?.fact.data;
  return told !== undefined && 'reason' in told ? told.reason : undefined;
};

/** The day that a fact says the service was given, first or again. */
const dayDone = (fact: Fact): EpochDay | undefined => {
  if (fact.type === 'se.frist.service.started.v1') return dayOfDate(fact.data.date);
  return fact.type === 'se.frist.service.resumed.v1' ? dayOfDate(fact.data.on) : undefined;
};

const nameOfService = (service: string): string => {
  for (const { services } of shippedRoutines.values()) {
    const known = services[service];
    if (known !== undefined) return known.name;
  }
  return service;
};
