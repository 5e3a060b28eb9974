import { Temporal } from 'temporal-polyfill';
import { createHash } from 'node:crypto';
import { formatInstant } from '../../../domain/calendar/stockholm.ts';
import { partiesConcerned, type Party } from '../../../domain/case/concerns.ts';
import type { CaseFile } from '../../../domain/case/case-file.ts';
import { nameOf, type FactName } from '../../../events/catalogue.ts';
import type { RecordedFact } from '../facts.ts';
import type { Partner } from '../registers/registers.ts';

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

/** Whether a partner is told of a recorded fact: it concerns a provider of its own, or is its own. */
export const isTold = (fact: RecordedFact, partner: Partner, file: CaseFile): boolean =>
  TOLD_OF.includes(nameOf(fact)) && (fact.partner === partner.id || ownParties(fact, partner, file).length > 0);

/** What a partner is told of a recorded fact, if it is told of it. */
export const thinEvent = (fact: RecordedFact, partner: Partner, file: CaseFile): ThinEvent | undefined => {
  if (!isTold(fact, partner, file)) return undefined;
  const own = ownParties(fact, partner, file);
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

const ownParties = (fact: RecordedFact, partner: Partner, file: CaseFile): readonly Party[] =>
  partiesConcerned(fact, file).filter(({ provider }) => partner.providers.includes(provider));

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
    ? { refused: fact.data.refused, reasons: fact.data.reasons.map(({ path, message }) => ({ path, message })) }
    : { said: { source: fact.source, id: fact.id } };
};

/** The same at each attempt, and another for each partner: it tells nobody a case number. */
const eventId = ({ subject, sequence }: RecordedFact, { id }: Partner): string =>
  `evt_${createHash('sha256')
    .update([id, subject, String(sequence)].join('\n'))
    .digest('hex')
    .slice(0, 32)}`;

const formatted = (time: string): string => formatInstant(Temporal.Instant.from(time));
