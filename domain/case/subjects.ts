import { Temporal } from 'temporal-polyfill';
import type { FactName } from '../../events/catalogue.ts';
import type { Routines } from '../routine/routines.ts';
import type { Routine, Scope } from '../routine/schema.ts';
import { byTime, type CaseFile, type DecisionFile, type Entry, type OrderFile, type SwitchFile } from './case-file.ts';

/** What an order is, as far as a rule's scope asks. */
export interface Circumstances {
  readonly service: string;
  readonly provider?: string;
  /** Unknown where the facts come from outside the journal. */
  readonly providerKind?: 'municipal' | 'private';
  readonly connected?: boolean;
  readonly urgency: 'normal' | 'urgent';
}

/** Something that rules run on: an order, a decision or a switch, with the routine that it follows. */
export interface Subject {
  readonly kind: 'order' | 'decision' | 'switch';
  readonly id: string;
  readonly routine: Routine | undefined;
  readonly circumstances: Circumstances;
  readonly entries: readonly Entry[];
  /** The order itself, or the orders placed on the decision. */
  readonly orders: readonly OrderFile[];
  /** The fact that ended it, after which nothing more is owed. */
  readonly ended: Entry | undefined;
}

/** Everything in the case that rules run on. An order that only waits for its `order.sent` is left out. */
export const subjectsOf = (file: CaseFile, routines: Routines): Subject[] => [
  ...[...file.orders.values()].flatMap((order) => orderSubject(order, routines) ?? []),
  ...[...file.decisions.values()].flatMap((decision) => decisionSubject(decision, routines) ?? []),
  ...[...file.switches.values()].flatMap((change) => switchSubject(change, file, routines) ?? []),
];

/** Whether a rule or task is for an order of these circumstances. What is not known of a provider counts as private and connected. */
export const inScope = (scope: Scope | undefined, circumstances: Circumstances): boolean => {
  if (scope === undefined) return true;
  const { service, providerKind = 'private', connected = true, urgency } = circumstances;
  return (
    (scope.services === undefined || scope.services.includes(service)) &&
    (scope.exceptServices === undefined || !scope.exceptServices.includes(service)) &&
    (scope.provider === undefined || scope.provider === providerKind) &&
    (scope.connected === undefined || scope.connected === connected) &&
    (scope.urgency === undefined || scope.urgency === urgency)
  );
};

/** The names of facts that can be filed with a subject of a kind; a rule can open or close by no others. */
export const factsAbout: Readonly<Record<Subject['kind'], readonly FactName[]>> = {
  order: [
    'order.placedOrally',
    'order.sent',
    'provider.contacted',
    'order.queried',
    'order.recalled',
    'order.confirmed',
    'client.contacted',
    'start.agreed',
    'service.started',
    'start.registered',
    'service.notExecuted',
    'plan.submitted',
    'plan.revised',
    'service.changed',
    'change.requested',
    'deviation.reported',
    'absence.known',
    'service.paused',
    'service.resumed',
    'service.ended',
    'staffing.reported',
    'mail.sent',
    'mail.delivered',
    'mail.bounced',
  ],
  decision: [
    'decision.made',
    'decision.registered',
    'order.sent',
    'order.confirmed',
    'service.started',
    'service.ended',
  ],
  switch: [
    'switch.requested',
    'switch.dateAgreed',
    'switch.completed',
    'provider.contacted',
    'mail.sent',
    'mail.delivered',
    'mail.bounced',
  ],
};

const orderSubject = (order: OrderFile, routines: Routines): Subject | undefined => {
  const opening = order.sent ?? order.oral;
  if (opening === undefined) return undefined;
  const { fact } = opening;
  const written = fact.type === 'se.frist.order.sent.v1' ? fact.data : undefined;
  const routine = fact.routine ?? written?.routine;
  return {
    kind: 'order',
    id: order.id,
    routine: routine === undefined ? routines.forService(fact.data.service) : routines.named(routine),
    circumstances: {
      service: fact.data.service,
      provider: fact.data.provider,
      ...(fact.providerkind !== undefined && { providerKind: fact.providerkind }),
      ...(fact.providerconnected !== undefined && { connected: fact.providerconnected }),
      urgency: written?.urgency ?? 'normal',
    },
    entries: order.entries,
    orders: [order],
    ended: order.ended,
  };
};

const decisionSubject = ({ id, made, entries, orders }: DecisionFile, routines: Routines): Subject | undefined => {
  if (made === undefined) return undefined;
  const { service } = made.fact.data;
  const named = made.fact.routine ?? orders.find(({ sent }) => sent?.fact.data.routine)?.sent?.fact.data.routine;
  return {
    kind: 'decision',
    id,
    routine: named === undefined ? routines.forService(service) : routines.named(named),
    circumstances: { service, urgency: 'normal' },
    entries: [...entries, ...orders.flatMap((order) => order.entries)].toSorted(byTime),
    orders,
    ended: endingOf(orders),
  };
};

/** A decision has ended when all that was ordered on it has, and not only to be ordered anew: with the last of the endings. */
const endingOf = (orders: readonly OrderFile[]): Entry | undefined => {
  if (orders.some(({ ended }) => ended === undefined)) return undefined;
  return orders
    .flatMap(({ ended }) => (ended && endsDecision(ended) ? [ended] : []))
    .toSorted((a, b) => Temporal.Instant.compare(a.moment, b.moment) || byTime(a, b))
    .at(-1);
};

/** A recalled order is sent anew and a switch goes on with another provider: neither ends the decision. */
const endsDecision = ({ fact }: Entry): boolean =>
  fact.type === 'se.frist.service.ended.v1' && fact.data.reason !== 'switched';

const switchSubject = (
  { id, requested, entries }: SwitchFile,
  file: CaseFile,
  routines: Routines,
): Subject | undefined => {
  if (requested === undefined) return undefined;
  const leaving = file.orders.get(requested.fact.data.from);
  const named = requested.fact.routine ?? leaving?.sent?.fact.routine ?? leaving?.sent?.fact.data.routine;
  const { service } = requested.fact.data;
  return {
    kind: 'switch',
    id,
    routine: named === undefined ? routines.forService(service) : routines.named(named),
    circumstances: { service, urgency: 'normal' },
    entries,
    orders: leaving ? [leaving] : [],
    ended: leaving?.ended,
  };
};
