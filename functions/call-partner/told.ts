import { Temporal } from 'temporal-polyfill';
import { createHash } from 'node:crypto';
import { formatInstant } from '../../domain/calendar/stockholm.ts';
import { partiesConcerned, type Party } from '../../domain/case/concerns.ts';
import { fileCase, type CaseFile } from '../../domain/case/case-file.ts';
import type { Routines } from '../../domain/routine/routines.ts';
import { nameOf, type FactName } from '../../events/catalogue.ts';
import type { RecordedFact } from '../shared/facts.ts';
import type { Partner } from '../shared/registers/registers.ts';

/*
 * What a partner system is told of a fact: that it was recorded, of which case and order. Nothing of what it says (row B9).
 */

/** A thin CloudEvent: ids and times alone. */
export interface ThinEvent {
  readonly specversion: '1.0';
  readonly id: string;
  readonly source: '/frist';
  readonly type: RecordedFact['type'];
  readonly subject: string;
  readonly time: string;
  readonly recordedtime: string;
  readonly sequence: number;
  readonly datacontenttype: 'application/json';
  readonly data: {
    /** The partner's order that it concerns; of several, the first. */
    readonly order?: string;
    readonly orders?: readonly string[];
    /** The partner's order that was replaced. */
    readonly replaces?: string;
    readonly switch?: string;
    /** The partner's own fact, as it named it: it is recorded now. */
    readonly said?: { readonly source: string; readonly id: string };
    /** The partner's own fact that was refused when it was to be recorded, and why. */
    readonly refused?: { readonly source: string; readonly id: string; readonly type: string };
    readonly reasons?: readonly { readonly path: string; readonly message: string }[];
  };
}

/** The facts that partner systems are told of. */
export const TOLD_OF: readonly FactName[] = [
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
  'switch.requested',
  'switch.dateAgreed',
  'switch.completed',
  'task.done',
  'deadline.postponed',
  'deadline.reminded',
  'deadline.breached',
  'deadline.escalated',
  'deadline.annulled',
  'fact.refused',
];

/** What a partner is told of a recorded fact; `undefined` when it does not concern a provider of its own. */
export const thinEvent = (fact: RecordedFact, partner: Partner, file: CaseFile): ThinEvent | undefined => {
  if (!TOLD_OF.includes(nameOf(fact))) return undefined;
  const own = partiesConcerned(fact, file).filter(({ provider }) => partner.providers.includes(provider));
  if (own.length === 0 && fact.partner !== partner.id) return undefined;
  return {
    specversion: '1.0',
    id: eventId(fact, partner),
    source: '/frist',
    type: fact.type,
    subject: fact.subject,
    time: formatted(fact.time),
    recordedtime: fact.recordedtime,
    sequence: fact.sequence,
    datacontenttype: 'application/json',
    data: { ...aboutOf(fact, own), ...ownOf(fact, partner) },
  };
};

/** An event in its place among all that a partner is told of a case. */
export interface PlacedEvent {
  readonly event: ThinEvent;
  /** Grows from event to event, and is never another's. */
  readonly position: number;
  /** When it came to concern the partner: RFC 3339. */
  readonly since: string;
}

/**
 * What a partner is told of a case, in order: each fact in its place in the journal, but what came before the order or the
 * switch that it is about after that one. Until then nobody could know whose it was, and a recall that is told before its
 * order would leave the order standing. What is appended to the journal changes nothing of what stands here already.
 */
export const eventsFor = (
  journal: readonly RecordedFact[],
  partner: Partner,
  routines: Routines,
): readonly PlacedEvent[] => {
  const file = fileCase(journal, routines);
  const openings = journal.filter((fact) => OPENINGS.has(nameOf(fact)));
  const known = new Map<number, CaseFile>();
  const isOwnAt = (fact: RecordedFact, sequence: number): boolean => {
    const then = known.get(sequence) ?? fileCase(journal.slice(0, sequence), routines);
    known.set(sequence, then);
    return thinEvent(fact, partner, then) !== undefined;
  };
  const placeOf = (fact: RecordedFact): RecordedFact => {
    const later = openings.filter(({ sequence }) => sequence > fact.sequence);
    if (later.length === 0 || isOwnAt(fact, fact.sequence)) return fact;
    return later.find(({ sequence }) => isOwnAt(fact, sequence)) ?? fact;
  };
  const placed = journal.flatMap((fact) => {
    const event = thinEvent(fact, partner, file);
    return event === undefined ? [] : [{ event, fact, place: placeOf(fact) }];
  });
  return [...Map.groupBy(placed, ({ place }) => place.sequence)]
    .toSorted(([one], [other]) => one - other)
    .flatMap(([sequence, its]) =>
      its
        .toSorted((one, other) => Number(other.fact === other.place) - Number(one.fact === one.place))
        .map(({ event, place }, index) => ({
          event: { ...event, sequence },
          position: sequence + index / MOST_AT_A_PLACE,
          since: place.recordedtime,
        })),
    );
};

/** More than can be said of an order before it is sent; a power of two, so that a position is a number to the letter. */
const MOST_AT_A_PLACE = 1024;

/** What makes an order or a switch a provider's. */
const OPENINGS: ReadonlySet<FactName> = new Set(['order.placedOrally', 'order.sent', 'switch.requested']);

const aboutOf = (fact: RecordedFact, own: readonly Party[]): ThinEvent['data'] => {
  const replaced = fact.type === 'se.frist.order.sent.v1' ? fact.data.replaces : undefined;
  const ids = [...new Set(own.flatMap(({ about }) => ('order' in about ? [about.order] : [])))];
  const orders = ids.filter((id) => id !== replaced);
  const change = own.flatMap(({ about }) => ('switch' in about ? [about.switch] : []))[0];
  return {
    ...(orders[0] !== undefined && { order: orders[0] }),
    ...(orders.length > 1 && { orders }),
    ...(replaced !== undefined && ids.includes(replaced) && { replaces: replaced }),
    ...(change !== undefined && { switch: change }),
  };
};

const ownOf = (fact: RecordedFact, partner: Partner): ThinEvent['data'] => {
  if (fact.partner !== partner.id) return {};
  return fact.type === 'se.frist.fact.refused.v1'
    ? { refused: fact.data.refused, reasons: fact.data.reasons }
    : { said: { source: fact.source, id: fact.id } };
};

/** The same at each attempt, and another for each partner: it tells nobody a case number. */
const eventId = ({ subject, sequence }: RecordedFact, { id }: Partner): string =>
  `evt_${createHash('sha256')
    .update([id, subject, String(sequence)].join('\n'))
    .digest('hex')
    .slice(0, 32)}`;

const formatted = (time: string): string => formatInstant(Temporal.Instant.from(time));
