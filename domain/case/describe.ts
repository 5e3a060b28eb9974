import { Temporal } from 'temporal-polyfill';
import { dateOf } from '../calendar/days.ts';
import { dayOfDate, dayOfInstant, formatDay, formatInstant } from '../calendar/stockholm.ts';
import { first, hasEnded, isA, last, type OrderFile, type SwitchFile } from './case-file.ts';
import { grantedIn, type GrantedMonth } from './granted.ts';
import { gapBefore, switchDay } from './periods.ts';
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
  readonly snoozed?: { readonly until: string; readonly reason: string };
  /** The first and the last day for something that is to be agreed, and whether the agreed day lies outside them. */
  readonly window?: { readonly first: string; readonly last: string; readonly agreedOutside: boolean };
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
  /** The mail to read, under `GET /api/cases/{case}/mails/{mail}`. */
  readonly mail?: string;
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
  /** When it was first placed orally, and how long it took until it was sent in writing (row P3), as ISO 8601. */
  readonly placedOrally?: string;
  readonly oralToWritten?: string;
  /** Days without an order between the one before of the same service and this one (row S7). */
  readonly gapAfter?: { readonly order: string; readonly days: number };
  /** The granted time of each month so far, reduced by pauses (row S9). */
  readonly granted?: readonly GrantedMonth[];
}

/** A switch of provider as it stands. */
export interface SwitchRecord {
  readonly switch: string;
  readonly status: 'requested' | 'agreed' | 'completed' | 'withdrawn' | 'ended';
  readonly service: string;
  readonly from: string;
  readonly leaving?: string;
  readonly incoming: string;
  readonly requested: string;
  /** When both providers had been told. */
  readonly told?: string;
  readonly agreedDate?: string;
  /** The day of the switch: done, agreed, or by the routine. */
  readonly effectiveOn?: string;
  readonly documentationConsent?: boolean;
  /** Whether the case officer carries word between the providers (row H13). */
  readonly relayed?: true;
  readonly completedOn?: string;
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
  const { rule, routine, subject, opened, due, status, closed, ended, reportedLate, postponed, snoozed, window } =
    deadline;
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
    ...(snoozed && { snoozed: { until: formatInstant(snoozed.until), reason: snoozed.reason } }),
    ...(window && {
      window: { first: formatDay(window.first), last: formatDay(window.last), agreedOutside: window.agreedOutside },
    }),
    routine: routine.id,
    row: rule.row,
  };
};

export const describeTask = ({ id, rule, subject, opened, status, closed, mail }: Task): TaskRecord => ({
  task: id,
  about: subject.id,
  owner: rule.owner,
  duty: rule.duty,
  row: rule.row,
  opened: formatInstant(opened),
  status,
  ...(closed && { closed: formatInstant(closed) }),
  ...(mail !== undefined && { mail }),
});

export const describeNotice = ({ name, deadline, audience, step }: Notice): NoticeRecord => ({
  type: name,
  rule: deadline.rule.id,
  about: deadline.subject.id,
  audience,
  due: formatInstant(deadline.due),
  step,
});

/** The orders of a case that were sent or placed orally, as they stand at an instant. */
export const describeOrders = ({ file, subjects }: CaseView, at: Temporal.Instant): OrderRecord[] =>
  [...file.orders.values()].flatMap((order) => {
    const { sent, oral, entries } = order;
    const opening = sent ?? oral;
    if (opening === undefined) return [];
    const { service, provider } = opening.fact.data;
    const routine = subjects.find(({ kind, id }) => kind === 'order' && id === order.id)?.routine;
    const confirmed = first(entries, 'order.confirmed');
    const started = first(entries, 'service.started');
    const plannedStart = last(entries, 'order.confirmed')?.fact.data.plannedStart;
    const gap = gapBefore(order, file);
    const granted = grantedSoFar(order, at);
    return [
      {
        order: order.id,
        status: statusOf(order, at),
        service,
        provider,
        ...(sent && { officer: sent.fact.data.officer, sent: formatInstant(sent.at) }),
        ...(routine && { routine: routine.id }),
        ...(confirmed && { confirmed: formatInstant(confirmed.at) }),
        ...(plannedStart !== undefined && { plannedStart }),
        ...(started && { started: started.fact.data.date }),
        ...(oral && { placedOrally: formatInstant(oral.at) }),
        ...(oral && sent && { oralToWritten: lengthBetween(oral.at, sent.at) }),
        ...(gap && { gapAfter: gap }),
        ...(granted.length > 0 && { granted }),
      },
    ];
  });

/** The time between two instants as ISO 8601 writes it, in hours, minutes and whole seconds: `PT26H20M`. */
const lengthBetween = (from: Temporal.Instant, to: Temporal.Instant): string => {
  const seconds = Math.trunc((to.epochMilliseconds - from.epochMilliseconds) / 1000);
  const minutes = Math.trunc(seconds / 60);
  return Temporal.Duration.from({
    hours: Math.trunc(minutes / 60),
    minutes: minutes % 60,
    seconds: seconds % 60,
  }).toString();
};

/** The switches of a case as they stand. */
export const describeSwitches = ({ file, subjects, deadlines }: CaseView): SwitchRecord[] =>
  [...file.switches.values()].flatMap((change) => {
    const { id, requested, leaving, agreed, completed, ended } = change;
    if (requested === undefined) return [];
    const { service, from, toProvider, noContactWithLeaving, wishedDate } = requested.fact.data;
    const told = subjects
      .find((subject) => subject.kind === 'switch' && subject.id === id)
      ?.entries.find(({ name }) => name === 'switch.told');
    const day = switchDay(change, deadlines);
    const consent = change.entries.findLast(
      (entry) => isA(entry, 'switch.dateAgreed') && entry.fact.data.documentationConsent !== undefined,
    );
    return [
      {
        switch: id,
        status: switchStatus(change),
        service,
        from,
        ...(leaving?.sent && { leaving: leaving.sent.fact.data.provider }),
        incoming: toProvider,
        requested: formatInstant(requested.at),
        ...(told && { told: formatInstant(told.at) }),
        ...(agreed && { agreedDate: agreed.fact.data.date }),
        ...(day !== undefined && ended === undefined && { effectiveOn: formatDay(day) }),
        ...(consent && isA(consent, 'switch.dateAgreed') && consent.fact.data.documentationConsent !== undefined
          ? { documentationConsent: consent.fact.data.documentationConsent }
          : {}),
        ...((noContactWithLeaving === true || wishedDate !== undefined) && { relayed: true as const }),
        ...(completed && { completedOn: completed.fact.data.on }),
      },
    ];
  });

const switchStatus = ({ requested, agreed, completed, ended }: SwitchFile): SwitchRecord['status'] => {
  if (completed && (ended === undefined || Temporal.Instant.compare(completed.moment, ended.moment) <= 0))
    return 'completed';
  if (ended !== undefined) return ended === requested || ended.name === 'switch.requested' ? 'withdrawn' : 'ended';
  return agreed === undefined ? 'requested' : 'agreed';
};

/** The months of an order's period up to an instant, at most two years of them. */
const grantedSoFar = (order: OrderFile, at: Temporal.Instant): GrantedMonth[] => {
  const from = order.sent?.fact.data.period.from;
  if (from === undefined || order.sent?.fact.data.hours === undefined) return [];
  const start = dateOf(dayOfDate(from));
  const now = dateOf(dayOfInstant(at));
  const months: GrantedMonth[] = [];
  const lastMonth = now.year * 12 + now.month - 1;
  for (let index = Math.max(start.year * 12 + start.month - 1, lastMonth - 23); index <= lastMonth; index += 1) {
    const month = grantedIn(order, Math.floor(index / 12), (index % 12) + 1);
    if (month !== undefined) months.push(month);
  }
  return months;
};

const statusOf = (order: OrderFile, at: Temporal.Instant): OrderRecord['status'] => {
  const { entries, sent, ended } = order;
  if (ended !== undefined && hasEnded(order, at)) {
    if (ended.name === 'order.recalled') return 'recalled';
    return ended.name === 'order.sent' ? 'replaced' : 'ended';
  }
  if (first(entries, 'service.started')) return 'started';
  if (first(entries, 'order.confirmed')) return 'confirmed';
  return sent === undefined ? 'oral' : 'sent';
};
