import { formatInstant } from '../calendar/stockholm.ts';
import { first, last, type OrderFile } from './case-file.ts';
import type { Deadline } from './deadlines.ts';
import type { Notice } from './notices.ts';
import type { Task } from './tasks.ts';
import type { CaseView } from './view.ts';

/*
 * How a case is written for those outside: the JSON of the contract. Instants are UTC with `Z`.
 */

export interface DeadlineRecord {
  readonly rule: string;
  readonly about: string;
  readonly owner: string;
  readonly kind: 'hard' | 'soft';
  readonly opened: string;
  readonly due: string;
  readonly status: Deadline['status'];
  readonly closed?: string;
  readonly ended?: string;
  readonly reportedLate?: true;
  readonly postponed?: NonNullable<Deadline['postponed']>;
  /** The routine and row that the rule comes from. */
  readonly routine: string;
  readonly row: string;
}

export interface TaskRecord {
  readonly task: string;
  readonly about: string;
  readonly owner: string;
  /** What is to be done, in Swedish. */
  readonly duty: string;
  readonly row: string;
  readonly opened: string;
  readonly status: Task['status'];
  readonly closed?: string;
}

export interface OrderRecord {
  readonly order: string;
  readonly status: 'oral' | 'sent' | 'confirmed' | 'started' | 'recalled' | 'replaced' | 'ended';
  readonly service: string;
  readonly provider: string;
  readonly officer?: string;
  readonly routine?: string;
  readonly sent?: string;
  readonly confirmed?: string;
  readonly plannedStart?: string;
  readonly started?: string;
}

export interface NoticeRecord {
  readonly type: Notice['name'];
  readonly rule: string;
  readonly about: string;
  readonly audience: string;
  readonly due: string;
  readonly step: number;
}

/** A deadline as the contract writes it. */
export const describeDeadline = (deadline: Deadline): DeadlineRecord => {
  const { rule, routine, subject, opened, due, status, closed, ended, reportedLate, postponed } = deadline;
  return {
    rule: rule.id,
    about: subject.id,
    owner: rule.owner,
    kind: rule.kind,
    opened: formatInstant(opened),
    due: formatInstant(due),
    status,
    ...(closed && { closed: formatInstant(closed) }),
    ...(ended && { ended: formatInstant(ended) }),
    ...(reportedLate && { reportedLate }),
    ...(postponed && { postponed }),
    routine: routine.id,
    row: rule.row,
  };
};

export const describeTask = ({ id, rule, subject, opened, status, closed }: Task): TaskRecord => ({
  task: id,
  about: subject.id,
  owner: rule.owner,
  duty: rule.duty,
  row: rule.row,
  opened: formatInstant(opened),
  status,
  ...(closed && { closed: formatInstant(closed) }),
});

export const describeNotice = ({ name, deadline, audience, step }: Notice): NoticeRecord => ({
  type: name,
  rule: deadline.rule.id,
  about: deadline.subject.id,
  audience,
  due: formatInstant(deadline.due),
  step,
});

/** The orders of a case that were sent or placed orally, as they stand. */
export const describeOrders = ({ file, subjects }: CaseView): OrderRecord[] =>
  [...file.orders.values()].flatMap((order) => {
    const opening = order.sent ?? order.oral;
    if (opening === undefined) return [];
    const { service, provider } = opening.fact.data;
    const routine = subjects.find(({ kind, id }) => kind === 'order' && id === order.id)?.routine;
    const confirmed = first(order.entries, 'order.confirmed');
    const started = first(order.entries, 'service.started');
    const plannedStart = last(order.entries, 'order.confirmed')?.fact.data.plannedStart;
    return [
      {
        order: order.id,
        status: statusOf(order),
        service,
        provider,
        ...(order.sent && { officer: order.sent.fact.data.officer, sent: formatInstant(order.sent.at) }),
        ...(routine && { routine: routine.id }),
        ...(confirmed && { confirmed: formatInstant(confirmed.at) }),
        ...(plannedStart !== undefined && { plannedStart }),
        ...(started && { started: started.fact.data.date }),
      },
    ];
  });

const statusOf = ({ entries, sent, ended }: OrderFile): OrderRecord['status'] => {
  if (ended !== undefined) {
    if (ended.name === 'order.recalled') return 'recalled';
    return ended.name === 'order.sent' ? 'replaced' : 'ended';
  }
  if (first(entries, 'service.started')) return 'started';
  if (first(entries, 'order.confirmed')) return 'confirmed';
  return sent === undefined ? 'oral' : 'sent';
};
