import { Temporal } from 'temporal-polyfill';
import type { Fact, FactData, FactOf } from '../../events/catalogue.ts';
import { routineOf, type Routines } from '../routine/routines.ts';
import type { Condition, EventName, Routine, SaidBy, Scope } from '../routine/schema.ts';
import {
  byTime,
  earliest,
  isA,
  type CaseFile,
  type DecisionFile,
  type Entry,
  type OrderFile,
  type ServiceFile,
  type SwitchFile,
} from './case-file.ts';

/** A fact in a subject's file, or something that follows from several of them under a name of its own. */
export interface SubjectEvent extends Omit<Entry, 'name'> {
  readonly name: EventName;
}

/** What an order is, as far as a rule's scope asks. */
export interface Circumstances {
  readonly service: string;
  readonly provider?: string;
  /** Unknown where the facts come from outside the journal. */
  readonly providerKind?: 'municipal' | 'private';
  readonly connected?: boolean;
  readonly urgency: 'normal' | 'urgent';
  readonly homeHealthCare: boolean;
  readonly consent: boolean;
}

/** Something that rules run on, with the routine that it follows: an order, a decision, a switch; for tasks also a service. */
export interface Subject {
  readonly kind: 'order' | 'decision' | 'switch' | 'service';
  readonly id: string;
  readonly routine: Routine | undefined;
  readonly circumstances: Circumstances;
  readonly entries: readonly SubjectEvent[];
  /** The order itself, the orders placed on the decision, or the order that a switch leaves. */
  readonly orders: readonly OrderFile[];
  /** The fact that ended it, after which nothing more is owed. */
  readonly ended: Entry | undefined;
}

/** Everything in the case that rules run on. An order that only waits for its `order.sent` is left out. */
export const subjectsOf = (file: CaseFile, routines: Routines): Subject[] => [
  ...[...file.orders.values()].flatMap((order) => orderSubject(order, routines) ?? []),
  ...[...file.decisions.values()].flatMap((decision) => decisionSubject(decision, routines) ?? []),
  ...[...file.switches.values()].flatMap((change) => switchSubject(change, routines) ?? []),
  ...[...file.services.values()].map((service) => serviceSubject(service, routines)),
];

/** Whether a rule or task is for an order of these circumstances. What is not known of a provider counts as private and connected. */
export const inScope = (scope: Scope | undefined, circumstances: Circumstances): boolean => {
  if (scope === undefined) return true;
  const { service, providerKind = 'private', connected = true, urgency, homeHealthCare, consent } = circumstances;
  return (
    (scope.services === undefined || scope.services.includes(service)) &&
    (scope.exceptServices === undefined || !scope.exceptServices.includes(service)) &&
    (scope.provider === undefined || scope.provider === providerKind) &&
    (scope.connected === undefined || scope.connected === connected) &&
    (scope.urgency === undefined || scope.urgency === urgency) &&
    (scope.homeHealthCare === undefined || scope.homeHealthCare === homeHealthCare) &&
    (scope.consent === undefined || scope.consent === consent)
  );
};

/** Circumstances of which nothing but the service is known. */
export const onlyService = (service: string): Circumstances => ({
  service,
  urgency: 'normal',
  homeHealthCare: false,
  consent: false,
});

/** Who said a fact: a provider has doors of its own; all else is said by the municipality. */
export const saidBy = ({ door }: Fact): SaidBy => (door === undefined ? 'officer' : 'provider');

/** Whether a fact meets the condition of a task or a mail. */
export const meets = (condition: Condition | undefined, { data }: Pick<Fact, 'data'>): boolean => {
  switch (condition) {
    case undefined:
      return true;
    case 'relayed':
      return 'toProvider' in data && (data.noContactWithLeaving === true || data.wishedDate !== undefined);
    case 'toProvider':
      return 'mail' in data && ['provider', 'incoming', 'leaving'].includes(data.audience);
    case 'unclear':
      return 'reading' in data && data.reading === 'unclear';
    case 'staffingBroken':
      return 'relativeHoursPerWeek' in data && isStaffingBroken(data);
    case 'staffingKept':
      return 'relativeHoursPerWeek' in data && !isStaffingBroken(data);
    case 'firstOrder':
      return !('replaces' in data);
  }
};

/** Above so many hours a week with a relative, another employee must be in the team (row S13). */
const RELATIVE_HOURS = 10;

const isStaffingBroken = ({ relativeHoursPerWeek, otherEmployees }: FactData<'staffing.reported'>): boolean =>
  relativeHoursPerWeek > RELATIVE_HOURS && otherEmployees === 0;

/** The names of facts that can be filed with a subject of a kind; a rule can open or close by no others. */
export const factsAbout: Readonly<Record<Subject['kind'], readonly EventName[]>> = {
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
    'mail.delayed',
    'mail.overdue',
    'mail.received',
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
    'mail.delayed',
    'mail.overdue',
    'mail.received',
    'switch.told',
    'switch.leavingReached',
    'switch.takeoverTold',
  ],
  service: [
    'choice.made',
    'choice.abstained',
    'provider.assigned',
    'decision.made',
    'order.placedOrally',
    'order.sent',
    'switch.requested',
    'certificate.issued',
    'placement.requested',
    'placement.offered',
    'placement.accepted',
    'queue.entered',
  ],
};

const orderSubject = (order: OrderFile, routines: Routines): Subject | undefined => {
  const opening = order.sent ?? order.oral;
  if (opening === undefined) return undefined;
  const { fact } = opening;
  const written = fact.type === 'se.frist.order.sent.v1' ? fact.data : undefined;
  return {
    kind: 'order',
    id: order.id,
    routine: routineOf(fact, routines),
    circumstances: {
      service: fact.data.service,
      provider: fact.data.provider,
      ...(fact.providerkind !== undefined && { providerKind: fact.providerkind }),
      ...(fact.providerconnected !== undefined && { connected: fact.providerconnected }),
      urgency: written?.urgency ?? 'normal',
      homeHealthCare: written?.homeHealthCare ?? false,
      consent: written?.consent ?? false,
    },
    entries: order.entries,
    orders: [order],
    ended: order.ended,
  };
};

const decisionSubject = ({ id, made, entries, orders }: DecisionFile, routines: Routines): Subject | undefined => {
  if (made === undefined) return undefined;
  const { service } = made.fact.data;
  const written = orders.filter(({ sent }) => sent !== undefined);
  const named = made.fact.routine ?? orders.find(({ sent }) => sent?.fact.data.routine)?.sent?.fact.data.routine;
  return {
    kind: 'decision',
    id,
    routine: named === undefined ? routines.forService(service) : routines.named(named),
    circumstances: onlyService(service),
    entries: [...entries, ...orders.flatMap((order) => order.entries)].toSorted(byTime),
    orders,
    ended: endingOf(written.length === 0 ? orders : written),
  };
};

/**
 * A decision has ended when all that was ordered on it has, and not only to be ordered anew: with the last of what ended the
 * orders, so that it ran as long as one of them did.
 */
const endingOf = (orders: readonly OrderFile[]): Entry | undefined => {
  const endings = orders.map((order) => endedForGood(order) ?? order.ended);
  const stopped = endings.filter((entry) => entry !== undefined);
  if (stopped.length < orders.length || !stopped.some(endsDecision)) return undefined;
  return stopped.toSorted((a, b) => Temporal.Instant.compare(a.moment, b.moment) || byTime(a, b)).at(-1);
};

/** An order that was recalled or replaced, and of which there is nothing more to give, has that told of it too. */
const endedForGood = ({ entries, ended }: OrderFile): Entry | undefined =>
  ended?.name === 'order.recalled' || ended?.name === 'order.sent' ? entries.find(endsDecision) : undefined;

/** A recalled order is sent anew and a switch goes on with another provider: neither ends the decision. */
const endsDecision = ({ fact }: Pick<Entry, 'fact'>): boolean =>
  fact.type === 'se.frist.service.ended.v1' && fact.data.reason !== 'switched';

const switchSubject = (change: SwitchFile, routines: Routines): Subject | undefined => {
  const { id, requested, entries, leaving, ended, until, completed } = change;
  if (requested === undefined) return undefined;
  const { service } = requested.fact.data;
  const order = leaving?.sent?.fact;
  return {
    kind: 'switch',
    id,
    routine: order === undefined ? routineOf(requested.fact, routines) : routineOf(order, routines),
    circumstances: {
      ...onlyService(service),
      ...(order && { provider: order.data.provider, homeHealthCare: order.data.homeHealthCare ?? false }),
    },
    entries: [...entries, ...followsFrom(change, requested)],
    orders: leaving ? [leaving] : [],
    // What is still open when a switch is done is owed no more.
    ended: earliest([ended, until, completed]),
  };
};

/** What follows from the facts of a switch: whom they show to have been told or reached, and when. */
const followsFrom = (change: SwitchFile, requested: Entry<FactOf<'switch.requested'>>): SubjectEvent[] => {
  const sides = sidesOf(change, requested);
  const bounced = new Set(
    change.entries.flatMap((entry) => (isA(entry, 'mail.bounced') ? [entry.fact.data.mail] : [])),
  );
  const told = (['incoming', 'leaving'] as const).map((side) =>
    change.entries.find(
      (entry) =>
        sides.get(side)?.(entry, ['mail.sent', 'mail.delivered']) === true &&
        // Nobody was told by a mail that did not arrive.
        !(isA(entry, 'mail.sent') && bounced.has(entry.fact.data.mail)),
    ),
  );
  const later = told.every((entry) => entry !== undefined) ? told.toSorted(byTime).at(-1) : undefined;
  const reached = change.entries.find((entry) => sides.get('leaving')?.(entry, ['mail.delivered']));
  const takeover = change.entries.find((entry) => isA(entry, 'switch.dateAgreed') && entry.fact.data.by === 'incoming');
  return [
    ...(later ? [{ ...later, name: 'switch.told' as const }] : []),
    ...(reached ? [{ ...reached, name: 'switch.leavingReached' as const }] : []),
    ...(takeover ? [{ ...takeover, name: 'switch.takeoverTold' as const }] : []),
  ];
};

type Reaches = (entry: Entry, mails: readonly EventName[]) => boolean;

/** Whether an entry shows that a side was reached: spoken to, or by one of the kinds of mail news. */
const sidesOf = ({ leaving }: SwitchFile, { fact }: Entry<FactOf<'switch.requested'>>): Map<string, Reaches> => {
  const providers = { incoming: fact.data.toProvider, leaving: leaving?.sent?.fact.data.provider };
  return new Map(
    (['incoming', 'leaving'] as const).map((side) => [
      side,
      (entry, mails) => {
        if (isA(entry, 'provider.contacted')) {
          const { provider } = entry.fact.data;
          if (provider === side || provider === providers[side]) return true;
          // As long as the order that is left is not known, only who comes is: anybody else is who leaves.
          return (
            side === 'leaving' &&
            providers.leaving === undefined &&
            !['incoming', providers.incoming].includes(provider)
          );
        }
        return (
          (isA(entry, 'mail.sent') || isA(entry, 'mail.delivered')) &&
          mails.includes(entry.name) &&
          entry.fact.data.audience === side
        );
      },
    ]),
  );
};

const serviceSubject = ({ service, entries }: ServiceFile, routines: Routines): Subject => ({
  kind: 'service',
  id: service,
  routine: routines.forService(service),
  circumstances: onlyService(service),
  entries,
  orders: [],
  ended: undefined,
});
