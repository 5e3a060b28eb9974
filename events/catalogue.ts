import * as z from 'zod/mini';

import type { FactOfType } from './define.ts';
import { envelope, extensionName } from './define.ts';
import type { FactError } from './errors.ts';
import { errorsOf, messageOf, pointer } from './errors.ts';
import { absenceKnown } from './facts/absence-known.v1.ts';
import { certificateIssued } from './facts/certificate-issued.v1.ts';
import { changeRequested } from './facts/change-requested.v1.ts';
import { choiceAbstained } from './facts/choice-abstained.v1.ts';
import { choiceMade } from './facts/choice-made.v1.ts';
import { clientContacted } from './facts/client-contacted.v1.ts';
import { deadlineAnnulled } from './facts/deadline-annulled.v1.ts';
import { deadlineBreached } from './facts/deadline-breached.v1.ts';
import { deadlineEscalated } from './facts/deadline-escalated.v1.ts';
import { deadlinePostponed } from './facts/deadline-postponed.v1.ts';
import { deadlineReminded } from './facts/deadline-reminded.v1.ts';
import { deadlineSnoozed } from './facts/deadline-snoozed.v1.ts';
import { decisionMade } from './facts/decision-made.v1.ts';
import { decisionRegistered } from './facts/decision-registered.v1.ts';
import { deviationReported } from './facts/deviation-reported.v1.ts';
import { factRefused } from './facts/fact-refused.v1.ts';
import { mailBounced } from './facts/mail-bounced.v1.ts';
import { mailDelayed } from './facts/mail-delayed.v1.ts';
import { mailDelivered } from './facts/mail-delivered.v1.ts';
import { mailOverdue } from './facts/mail-overdue.v1.ts';
import { mailReceived } from './facts/mail-received.v1.ts';
import { mailSent } from './facts/mail-sent.v1.ts';
import { noteWritten } from './facts/note-written.v1.ts';
import { orderConfirmed } from './facts/order-confirmed.v1.ts';
import { orderPlacedOrally } from './facts/order-placed-orally.v1.ts';
import { orderQueried } from './facts/order-queried.v1.ts';
import { orderRecalled } from './facts/order-recalled.v1.ts';
import { orderSent } from './facts/order-sent.v1.ts';
import { placementAccepted } from './facts/placement-accepted.v1.ts';
import { placementOffered } from './facts/placement-offered.v1.ts';
import { placementRequested } from './facts/placement-requested.v1.ts';
import { planRevised } from './facts/plan-revised.v1.ts';
import { planSubmitted } from './facts/plan-submitted.v1.ts';
import { providerAssigned } from './facts/provider-assigned.v1.ts';
import { providerContacted } from './facts/provider-contacted.v1.ts';
import { queueEntered } from './facts/queue-entered.v1.ts';
import { serviceChanged } from './facts/service-changed.v1.ts';
import { serviceEnded } from './facts/service-ended.v1.ts';
import { serviceNotExecuted } from './facts/service-not-executed.v1.ts';
import { servicePaused } from './facts/service-paused.v1.ts';
import { serviceResumed } from './facts/service-resumed.v1.ts';
import { serviceStarted } from './facts/service-started.v1.ts';
import { staffingReported } from './facts/staffing-reported.v1.ts';
import { startAgreed } from './facts/start-agreed.v1.ts';
import { startRegistered } from './facts/start-registered.v1.ts';
import { switchCompleted } from './facts/switch-completed.v1.ts';
import { switchDateAgreed } from './facts/switch-date-agreed.v1.ts';
import { switchRequested } from './facts/switch-requested.v1.ts';
import { taskDone } from './facts/task-done.v1.ts';

/** Every version of every type of fact; of one name the newest version stands last. */
export const definitions = [
  choiceMade,
  choiceAbstained,
  providerAssigned,
  decisionMade,
  decisionRegistered,
  orderPlacedOrally,
  orderSent,
  providerContacted,
  orderQueried,
  orderRecalled,
  orderConfirmed,
  clientContacted,
  startAgreed,
  serviceStarted,
  startRegistered,
  serviceNotExecuted,
  planSubmitted,
  planRevised,
  serviceChanged,
  changeRequested,
  deviationReported,
  absenceKnown,
  servicePaused,
  serviceResumed,
  serviceEnded,
  staffingReported,
  switchRequested,
  switchDateAgreed,
  switchCompleted,
  certificateIssued,
  placementRequested,
  placementOffered,
  placementAccepted,
  queueEntered,
  taskDone,
  deadlinePostponed,
  deadlineSnoozed,
  noteWritten,
  mailSent,
  mailDelivered,
  mailBounced,
  mailDelayed,
  mailOverdue,
  mailReceived,
  deadlineReminded,
  deadlineBreached,
  deadlineEscalated,
  deadlineAnnulled,
  factRefused,
] as const;

type Defined = (typeof definitions)[number];

/** The short name of a type, such as `order.sent`. */
export type FactName = Defined['name'];

/** The fact of one short name, or of several. */
export type FactOf<N extends FactName> = { [D in Defined as D['type']]: FactOfDefinition<D> }[TypeNamed<N>];

type TypeNamed<N extends FactName> = Extract<Defined, { name: N }>['type'];

type FactOfDefinition<D extends Defined> = FactOfType<D['type'], z.output<D['data']>>;

/** Any fact; `type` tells which. */
export type Fact = FactOf<FactName>;

/** What a fact of this name says. */
export type FactData<N extends FactName> = FactOf<N>['data'];

/** The definition of each fact by its short name, in its newest version. */
export const catalogue = Object.fromEntries(definitions.map((definition) => [definition.name, definition])) as {
  readonly [N in FactName]: Extract<Defined, { name: N }>;
};

const byType: ReadonlyMap<string, Defined> = new Map(definitions.map((definition) => [definition.type, definition]));

export type { FactError };

export type ParseResult = { ok: true; fact: Fact } | { ok: false; errors: FactError[] };

/**
 * Reads anything as a fact: the envelope, its type and that type's data, strictly.
 *
 * @param input a parsed JSON value
 * @returns the fact, a copy of its own, or all that is wrong with it
 */
export const parseFact = (input: unknown): ParseResult => {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    return { ok: false, errors: [{ path: '', message: 'must be an object: a CloudEvents 1.0 fact' }] };
  }
  const type = 'type' in input ? input.type : undefined;
  const definition = typeof type === 'string' ? byType.get(type) : undefined;
  const parsed = z.safeParse(definition?.schema ?? envelope, input, { error: messageOf });
  const errors = [...nameErrors(input), ...(parsed.success ? [] : errorsOf(parsed.error.issues))];
  if (definition === undefined && typeof type === 'string') {
    errors.unshift({
      path: '/type',
      message: `is not a type of fact known here: ${JSON.stringify(type.slice(0, 128))}`,
    });
  }
  if (errors.length > 0) return { ok: false, errors };
  return { ok: true, fact: parsed.data as unknown as Fact };
};

const nameErrors = (input: object): FactError[] =>
  Object.keys(input)
    .filter((name) => !extensionName.test(name))
    .map((name) => ({ path: pointer([name]), message: 'must have a name of 1 to 20 letters a to z and digits' }));

/**
 * The short name of a fact's type.
 *
 * @throws TypeError when the type is not in the catalogue, which no parsed fact's is
 */
export const nameOf = ({ type }: Pick<Fact, 'type'>): FactName => {
  const definition = byType.get(type);
  if (definition === undefined) throw new TypeError(`not a type of fact: ${type}`);
  return definition.name;
};

/** The CloudEvents `type` of a fact of this name, in its newest version. */
export function typeOf<N extends FactName>(name: N): TypeNamed<N>;
export function typeOf(name: FactName): Fact['type'] {
  return catalogue[name].type;
}
