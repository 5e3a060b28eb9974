import { Temporal } from 'temporal-polyfill';
import { fileCase, keyOf, type CaseFile } from '../../domain/case/case-file.ts';
import { partiesToOrder, partiesToSwitch, type Party } from '../../domain/case/concerns.ts';
import { objectionsTo } from '../../domain/case/decide.ts';
import { viewCase } from '../../domain/case/view.ts';
import { dayOfDate, dayOfInstant, formatInstant } from '../../domain/calendar/stockholm.ts';
import type { Routines } from '../../domain/routine/routines.ts';
import { nameOf, type Fact, type FactName } from '../../events/catalogue.ts';
import type { FactError } from '../../events/errors.ts';
import type { Bus } from '../shared/bus/bus.ts';
import { readFact } from '../shared/doors.ts';
import type { RecordedFact } from '../shared/facts.ts';
import {
  httpHandler,
  json,
  parseJson,
  pathParameter,
  Problem,
  requireType,
  textOf,
  type Request,
  type Response,
} from '../shared/http.ts';
import type { Journal } from '../shared/journal/journal.ts';
import type { Keys } from '../shared/keys/keys.ts';
import type { Log } from '../shared/log.ts';
import type { PartnerStates } from '../shared/partners/partners.ts';
import { activeSecrets } from '../shared/partners/secrets.ts';
import { verify, type Signed } from '../shared/partners/signature.ts';
import type { Quota } from '../shared/quota/quota.ts';
import type { Receipts } from '../shared/receipts/receipts.ts';
import type { Partner, Registers } from '../shared/registers/registers.ts';
import type { Clock } from '../shared/runtime.ts';

export interface Dependencies {
  readonly bus: Bus;
  readonly journal: Pick<Journal, 'load'>;
  readonly keys: Keys;
  readonly partners: Pick<PartnerStates, 'find'>;
  readonly quota: Quota;
  readonly receipts: Receipts;
  readonly registers: Pick<Registers, 'find'>;
  readonly routines: Routines;
  readonly clock: Clock;
  readonly log: Log;
}

/** Webhooks that one partner system is let through with in a minute. */
export const MOST_A_MINUTE = 300;

const TYPES = ['application/cloudevents+json', 'application/json'];

/**
 * `POST /webhooks/{partner}`: one fact from a partner system, signed by the Standard Webhooks specification (row B4). It may
 * speak of its own providers' orders and switches, and say what a provider can say. The fact's time is that of the door.
 *
 * 202 when it went on the bus, also when the same webhook comes again, signed anew: that is how senders make sure. 401 for a
 * partner that is not known as for a signature that is not its own; 403 for an order that is not its own as for one that there
 * is not; 409 when an attempt is replayed, or its id used for something else; 422 with a pointer for each error.
 */
export const createHandler = (deps: Dependencies) =>
  httpHandler({ 'POST /webhooks/{partner}': async (request) => logged(request, deps) }, deps.log);

const logged = async (request: Request, deps: Dependencies): Promise<Response> => {
  try {
    return await receive(request, deps);
  } catch (error) {
    if (error instanceof Problem) deps.log('WEBHOOK_REFUSED', { status: error.status });
    throw error;
  }
};

const receive = async (request: Request, deps: Dependencies): Promise<Response> => {
  const { receipts, journal, bus, log } = deps;
  const now = deps.clock();
  const body = bodyOf(request);
  requireType(request, TYPES);
  const { partner, ...signed } = await senderOf(request, body, now, deps);
  const taken = await deps.quota.take(`webhook#${partner.id}`, MOST_A_MINUTE, now);
  if (!taken.ok)
    throw new Problem(429, 'Too many webhooks in a minute', [], { 'retry-after': String(taken.retryAfter) });

  const read = readFact(parseJson(body));
  if (!read.ok) throw refused(read.errors);
  const known = await journal.load(read.fact.subject);
  const parties = partiesSpokenFor(read.fact, known, partner, now, deps);
  const fact = heard(read.fact, partner, now);
  refuseIfAny([...reservedSource(fact), ...beyondProvider(fact, parties, now)]);
  // What the domain says may tell of the case: only of what is the partner's to say.
  refuseIfAny(objectionsTo(fact, known, deps.routines));
  refuseIfAny(refusalOf(fact, known));

  const receipt = await receipts.take({ partner: partner.id, ...signed, body }, now);
  if (receipt.kind === 'replayed') throw new Problem(409, 'This very attempt has been here before');
  if (receipt.kind === 'reused') throw new Problem(409, 'The webhook-id has been used for another body');
  // What a sender sends again was heard when it first came.
  await bus.publish('frist.inbound', [heard(read.fact, partner, receipt.at)]);
  log('WEBHOOK_TAKEN', { partner: partner.id, type: fact.type });
  return json(202, { accepted: [{ source: fact.source, id: fact.id }] });
};

/** The body as its bytes say it: what is not UTF-8 cannot have been signed as text. */
const bodyOf = (request: Request): string => {
  const text = textOf(request);
  if (!request.isBase64Encoded) return text;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.from(request.body ?? '', 'base64'));
  } catch {
    throw new Problem(400, 'The body is not in UTF-8');
  }
};

/** @throws {Problem} 401, the same whether there is no such partner or it did not sign this */
const senderOf = async (
  request: Request,
  body: string,
  now: Temporal.Instant,
  { registers, partners, keys }: Dependencies,
): Promise<Signed & { readonly partner: Partner }> => {
  const id = pathParameter(request, 'partner');
  const [partner, state] = PARTNER_ID.test(id)
    ? await Promise.all([registers.find('partner', id), partners.find(id)])
    : [undefined, undefined];
  // Nobody's secrets are tried as well, so that the answer takes as long.
  const secrets = await activeSecrets(id, state ?? { generations: [{ number: 0, key: '' }] }, keys, now);
  const verdict = verify(body, request.headers, secrets.length > 0 ? secrets : [NOBODYS], now);
  if (partner === undefined || secrets.length === 0 || !verdict.ok)
    throw new Problem(401, 'The webhook is not signed, now, by a partner known here', [], {
      'www-authenticate': 'StandardWebhooks',
    });
  return { partner, id: verdict.id, timestamp: verdict.timestamp };
};

const PARTNER_ID = /^[a-z0-9][a-z0-9-]{0,62}$/u;

/** Verifies nothing: whatever it seems to have signed is refused. */
const NOBODYS = `whsec_${Buffer.alloc(32).toString('base64')}`;

/** The fact as the door hears it: now, by this partner. An earlier time that it claims is kept and decides nothing. */
const heard = (fact: Fact, partner: Partner, now: Temporal.Instant): Fact => ({
  ...fact,
  time: formatInstant(now),
  ...(Temporal.Instant.compare(Temporal.Instant.from(fact.time), now) < 0 && { claimedtime: fact.time }),
  door: 'webhook',
  partner: partner.id,
});

/**
 * In what part the partner speaks: for which of its providers, of an order or a side of a switch.
 *
 * @throws {Problem} 403 when it has none, whether or not there is such an order
 */
const partiesSpokenFor = (
  fact: Fact,
  known: readonly RecordedFact[],
  partner: Partner,
  now: Temporal.Instant,
  { routines }: Dependencies,
): readonly Party[] => {
  const file = fileCase(known, routines);
  const parties =
    fact.type === 'se.frist.task.done.v1'
      ? partiesToTask(fact.data.task, known, now, routines)
      : partiesNamed(fact, file);
  const own = parties.filter(({ provider }) => partner.providers.includes(provider));
  if (own.length === 0) throw new Problem(403, 'The fact is about no order or switch of a provider of yours');
  return own;
};

const partiesNamed = ({ data }: Fact, { orders, switches }: CaseFile): Party[] => {
  if ('switch' in data && data.switch !== undefined) return partiesToSwitch(switches.get(data.switch));
  return 'order' in data && data.order !== undefined ? partiesToOrder(orders.get(data.order)) : [];
};

/** Whose a task is, where it is a provider's. */
const partiesToTask = (
  id: string,
  known: readonly RecordedFact[],
  now: Temporal.Instant,
  routines: Routines,
): Party[] => {
  const { tasks, file } = viewCase(known, routines, now);
  const task = tasks.find((one) => one.id === id);
  if (task === undefined) return [];
  const { kind, id: about } = task.subject;
  const parties =
    kind === 'switch' ? partiesToSwitch(file.switches.get(about)) : partiesToOrder(file.orders.get(about));
  return parties.filter(({ side }) => side === task.rule.owner);
};

/** What a provider says of its own duties; all else is for the municipality to say. */
const PROVIDERS_FACTS: ReadonlySet<FactName> = new Set([
  'order.confirmed',
  'order.queried',
  'client.contacted',
  'start.agreed',
  'service.started',
  'service.notExecuted',
  'service.changed',
  'service.paused',
  'service.resumed',
  'service.ended',
  'plan.submitted',
  'plan.revised',
  'change.requested',
  'deviation.reported',
  'absence.known',
  'staffing.reported',
  'switch.dateAgreed',
  'switch.completed',
  'task.done',
]);

/** What speaks against a provider's saying this: it is not its own to say, not by this channel, or has not happened yet. */
const beyondProvider = (fact: Fact, parties: readonly Party[], now: Temporal.Instant): FactError[] => {
  if (!PROVIDERS_FACTS.has(nameOf(fact)))
    return [{ path: '/type', message: `${fact.type} is not for a provider to say` }];
  switch (fact.type) {
    case 'se.frist.order.confirmed.v1':
      return [
        ...(fact.data.channel === 'webhook' ? [] : [{ path: '/data/channel', message: 'must be "webhook" here' }]),
        ...(fact.data.onBehalfOf === undefined
          ? []
          : [{ path: '/data/onBehalfOf', message: 'is for a case officer to say' }]),
      ];
    case 'se.frist.switch.dateAgreed.v1':
      return parties.some(({ side }) => side === fact.data.by)
        ? []
        : [{ path: '/data/by', message: 'must be the side of the switch that your provider is on' }];
    case 'se.frist.service.started.v1':
      return fact.data.at !== undefined && Temporal.Instant.compare(Temporal.Instant.from(fact.data.at), now) > 0
        ? [{ path: '/data/at', message: NOT_YET }]
        : notYet('date', fact.data.date, now);
    case 'se.frist.service.resumed.v1':
    case 'se.frist.service.ended.v1':
    case 'se.frist.switch.completed.v1':
      return notYet('on', fact.data.on, now);
    default:
      return [];
  }
};

const NOT_YET = 'must not lie ahead: it tells what has happened';

const notYet = (field: string, date: string, now: Temporal.Instant): FactError[] =>
  dayOfDate(date) > dayOfInstant(now) ? [{ path: `/data/${field}`, message: NOT_YET }] : [];

/** What Frist's own doors and functions say has their names as its source. */
const reservedSource = ({ source }: Fact): FactError[] =>
  /^\/frist(?:[/?#]|$)/u.test(source)
    ? [{ path: '/source', message: 'is a source of Frist itself: use your own' }]
    : [];

/** Why the fact was refused when it was to be recorded, where it was: whoever sends it again is told. */
const refusalOf = (fact: Fact, known: readonly RecordedFact[]): readonly FactError[] => {
  for (const other of known)
    if (
      other.type === 'se.frist.fact.refused.v1' &&
      other.partner === fact.partner &&
      keyOf(other.data.refused) === keyOf({ source: fact.source, id: fact.id })
    )
      return other.data.reasons;
  return [];
};

const refuseIfAny = (errors: readonly FactError[]): void => {
  if (errors.length > 0) throw refused(errors);
};

const refused = (errors: readonly FactError[]): Problem => new Problem(422, 'The fact is refused', errors);
