import { Temporal } from 'temporal-polyfill';
import type { Fact } from '../../events/catalogue.ts';
import { dayOfDate, dayOfInstant, formatDay } from '../calendar/stockholm.ts';
import { first, type OrderFile, type SwitchFile } from '../case/case-file.ts';
import type { Deadline } from '../case/deadlines.ts';
import { viewCase, type CaseView } from '../case/view.ts';
import type { Routines } from '../routine/routines.ts';

/** What became of an order, as far as the statistics ask (row B5). */
export interface OrderOutcome {
  readonly kind: 'order';
  readonly case: string;
  readonly order: string;
  readonly provider: string;
  /** The day in Stockholm on which it was sent, `YYYY-MM-DD`: the day that it counts by. */
  readonly day: string;
  /** It was recalled, or replaced by another order. */
  readonly withdrawn?: true;
  /** How its hard limits for confirming ended; absent while they run, when they were cancelled and where there are none. */
  readonly confirm?: Judged;
  /** As `confirm`, of its hard limits for the first visit. */
  readonly start?: Judged;
  /** Elapsed seconds from sending until the first confirmation; 0 when the confirmation came before the written order. */
  readonly secondsToConfirm?: number;
  /** Days on the calendar in Stockholm from sending until the first visit; 0 when that came before the written order. */
  readonly daysToStart?: number;
  /** How many of the provider's own hard limits on it passed before they were met. */
  readonly breaches: number;
}

/** A wish to change provider that was not taken back. */
export interface SwitchOutcome {
  readonly kind: 'switch';
  readonly case: string;
  readonly switch: string;
  /** The day in Stockholm on which it was wished, `YYYY-MM-DD`: the day that it counts by. */
  readonly day: string;
  /** Who is left; unknown as long as the order that is left is. */
  readonly leaving?: string;
  readonly incoming: string;
}

export type Outcome = OrderOutcome | SwitchOutcome;

export type Judged = 'met' | 'breached';

/**
 * The outcomes of a case's orders and switches, by day, then by id: a function of its facts alone. A limit has passed when
 * it had done so by the last recording, which a breach always is; so the outcomes change by a recorded fact and by nothing
 * else. An order of day and night shifts that was split has an outcome for each of its receivers (row L2); one that was
 * placed only orally has none yet.
 */
export const outcomesOf = (facts: readonly Fact[], routines: Routines): Outcome[] => {
  if (facts.length === 0) return [];
  const recorded = facts.map(({ recordedtime, time }) => Temporal.Instant.from(recordedtime ?? time));
  return outcomesIn(viewCase(facts, routines, recorded.reduce(later)));
};

/** The outcomes of a case as it stands at an instant. */
export const outcomesIn = (view: CaseView): Outcome[] => {
  const subject = view.file.entries[0]?.fact.subject ?? '';
  return [
    ...[...view.file.orders.values()].flatMap((order) => orderOutcome(order, subject, view)),
    ...[...view.file.switches.values()].flatMap((change) => switchOutcome(change, subject)),
  ].toSorted((a, b) => byText(a.day, b.day) || byText(nameOf(a), nameOf(b)));
};

const orderOutcome = (order: OrderFile, subject: string, { deadlines }: CaseView): OrderOutcome[] => {
  const { id, sent, entries, ended } = order;
  if (sent === undefined) return [];
  const own = deadlines.filter((deadline) => deadline.subject.kind === 'order' && deadline.subject.id === id);
  const confirm = judgedBy(own, 'order.confirmed');
  const start = judgedBy(own, 'service.started');
  const confirmed = first(entries, 'order.confirmed');
  const started = first(entries, 'service.started');
  const day = dayOfInstant(sent.at);
  return [
    {
      kind: 'order',
      case: subject,
      order: id,
      provider: sent.fact.data.provider,
      day: formatDay(day),
      ...((ended?.name === 'order.recalled' || ended?.name === 'order.sent') && { withdrawn: true }),
      ...(confirm && { confirm }),
      ...(start && { start }),
      ...(confirmed && { secondsToConfirm: Math.max(0, secondsBetween(sent.at, confirmed.at)) }),
      ...(started && { daysToStart: Math.max(0, dayOfDate(started.fact.data.date) - day) }),
      breaches: own.filter(({ rule, status }) => rule.owner === 'provider' && status === 'breached').length,
    },
  ];
};

/** How the provider's hard limits that a fact of this name closes ended: met when all of them were, breached when any was. */
const judgedBy = (deadlines: readonly Deadline[], name: 'order.confirmed' | 'service.started'): Judged | undefined => {
  const asked = deadlines.filter(
    ({ rule }) => rule.kind === 'hard' && rule.owner === 'provider' && rule.closes.includes(name),
  );
  if (asked.some(({ status }) => status === 'breached')) return 'breached';
  return asked.length > 0 && asked.every(({ status }) => status === 'met') ? 'met' : undefined;
};

const switchOutcome = (change: SwitchFile, subject: string): SwitchOutcome[] => {
  const { id, requested, leaving, completed, ended } = change;
  if (requested === undefined) return [];
  const done = completed !== undefined && (ended === undefined || !isBefore(ended.moment, completed.moment));
  if (ended !== undefined && !done) return [];
  return [
    {
      kind: 'switch',
      case: subject,
      switch: id,
      day: formatDay(dayOfInstant(requested.at)),
      ...(leaving?.sent && { leaving: leaving.sent.fact.data.provider }),
      incoming: requested.fact.data.toProvider,
    },
  ];
};

const later = (a: Temporal.Instant, b: Temporal.Instant): Temporal.Instant => (isBefore(a, b) ? b : a);

const isBefore = (a: Temporal.Instant, b: Temporal.Instant): boolean => Temporal.Instant.compare(a, b) < 0;

const nameOf = (outcome: Outcome): string =>
  outcome.kind === 'order' ? `order#${outcome.order}` : `switch#${outcome.switch}`;

const byText = (a: string, b: string): number => {
  if (a === b) return 0;
  return a < b ? -1 : 1;
};

const secondsBetween = (from: Temporal.Instant, to: Temporal.Instant): number =>
  Math.floor((to.epochMilliseconds - from.epochMilliseconds) / 1000);
