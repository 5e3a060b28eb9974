/** What the wiring's `may` becomes in IAM: the calls named there on the things meant there, and nothing more. */

import type { EventBus } from 'aws-cdk-lib/aws-events';
import type { PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import { wiring, type FactSource, type FunctionName } from '../wiring.ts';
import { allow } from './allow.ts';
import type { DeadLetterQueues } from './dead-letters.ts';
import type { Journal } from './journal.ts';
import type { Mail } from './mail.ts';
import type { Replies } from './replies.ts';
import type { Schedules } from './schedules.ts';
import type { Secrets } from './secrets.ts';

/** The things that functions share and act on. */
export interface Shared {
  readonly journal: Journal;
  readonly bus: EventBus;
  readonly mail: Mail;
  readonly schedules: Schedules;
  readonly secrets: Secrets;
  readonly deadLetters: DeadLetterQueues;
  /** Where the municipality takes replies in. */
  readonly replies: Replies | undefined;
}

/** Adds to a function's role all that its wiring says it may call. */
export const permit = (role: Role, name: FunctionName, shared: Shared): void => {
  const { journal, bus, mail, schedules, secrets, deadLetters, replies } = shared;
  const { may } = wiring[name];
  if (may.table) journal.allow(role, may.table);
  if (may.index) journal.allowWatchList(role);
  if (may.bus) role.addToPolicy(putFacts(name, bus));
  if (may.mail) mail.allowSending(role);
  if (may.secrets) secrets.allowReading(role, may.secrets);
  if (may.rotates) secrets.allowRotating(role, may.rotates);
  if (may.deadLetters) deadLetters.allowRedriving(role);
  if (may.schedules) schedules.allowCreating(role);
  if (may.messages) replies?.allow(role, may.messages);
};

/**
 * Only the function that takes inbound facts into the journal can say that a fact was recorded; the others can only hand
 * facts in. Nothing more is needed to keep everybody else out: the bus has no policy of its own that lets anybody in.
 */
const putFacts = (name: FunctionName, bus: EventBus): PolicyStatement => {
  const records = wiring[name].queue?.facts?.sources.includes('frist.inbound') ?? false;
  const source: FactSource = records ? 'frist.recorded' : 'frist.inbound';
  return allow(['events:PutEvents'], [bus.eventBusArn], {
    'ForAllValues:StringEquals': { 'events:source': [source] },
    Null: { 'events:source': 'false' },
  });
};
