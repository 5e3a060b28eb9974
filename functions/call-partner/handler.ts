import { Temporal } from 'temporal-polyfill';
import { randomUUID } from 'node:crypto';
import * as z from 'zod/mini';
import { formatInstant } from '../../domain/calendar/stockholm.ts';
import { fileCase } from '../../domain/case/case-file.ts';
import type { Routines } from '../../domain/routine/routines.ts';
import { parseFact } from '../../events/catalogue.ts';
import type { Calls, Outcome } from '../shared/calls/calls.ts';
import type { Deliveries, Failure } from '../shared/deliveries/deliveries.ts';
import { armDelivery, nextAttempt, soonest, takenUp } from '../shared/deliveries/retries.ts';
import type { RecordedFact } from '../shared/facts.ts';
import type { Journal } from '../shared/journal/journal.ts';
import type { Keys } from '../shared/keys/keys.ts';
import type { Log } from '../shared/log.ts';
import type { KeptState, PartnerStates } from '../shared/partners/partners.ts';
import { activeSecrets } from '../shared/partners/secrets.ts';
import { headersOf } from '../shared/partners/signature.ts';
import { detailOf, queueHandler, type Message } from '../shared/queue.ts';
import type { Partner, Registers } from '../shared/registers/registers.ts';
import type { Clock } from '../shared/runtime.ts';
import type { Schedules } from '../shared/schedules/schedules.ts';
import { isTold, type ThinEvent } from '../shared/partners/told.ts';
import { eventsFor, type PlacedEvent } from './events.ts';

export interface Dependencies {
  readonly calls: Calls;
  readonly deliveries: Deliveries;
  readonly journal: Pick<Journal, 'load'>;
  readonly keys: Keys;
  readonly partners: PartnerStates;
  readonly registers: Pick<Registers, 'find' | 'list'>;
  readonly routines: Routines;
  readonly schedules: Schedules;
  readonly clock: Clock;
  readonly log: Log;
}

/** What schedules put in the queue: tell a partner of a case again, or of all cases in which it stands still. */
const deliverSchema = z.strictObject({ deliver: z.strictObject({ partner: z.string(), case: z.string() }) });
const resumeSchema = z.strictObject({ resume: z.string() });
const dailySchema = z.strictObject({ daily: z.literal(true) });

/** Told in one go; what is left of a long silence comes a minute later. Together they fit in the function's time limit. */
const MOST_AT_ONCE = 5;

/** Cases that are taken up again in one minute when a partner has another address. */
const CASES_A_MINUTE = 30;

/**
 * Tells partner systems what was recorded of their providers' orders and switches (row B4), in the order of the journal: what
 * was not taken is told again before anything that came after it in its case. A message only says where to look; how far a
 * partner has been told of a case is kept, so a message that comes twice, late or out of turn does no harm (ADR 0012).
 */
export const createHandler = (deps: Dependencies) =>
  queueHandler((body) => work(detailOf(body), deps), { groupOf: caseOf, log: deps.log });

const work = async (body: unknown, deps: Dependencies): Promise<void> => {
  const again = deliverSchema.safeParse(body);
  if (again.success) {
    const { partner: id, case: caseNumber } = again.data.deliver;
    const partner = await deps.registers.find('partner', id);
    if (partner !== undefined) await tell(partner, caseNumber, deps);
    return;
  }
  const back = resumeSchema.safeParse(body);
  if (back.success) {
    await resume(back.data.resume, deps);
    return;
  }
  if (dailySchema.safeParse(body).success) {
    await takeUpLost(deps);
    return;
  }
  const parsed = parseFact(body);
  if (!parsed.ok) {
    deps.log('FACT_UNREADABLE');
    throw new TypeError('the message holds no fact');
  }
  const told = (await deps.registers.list('partner')).filter(({ url }) => url !== undefined);
  if (told.length === 0) return;
  const journal = await deps.journal.load(parsed.fact.subject);
  const file = fileCase(journal, deps.routines);
  for (const partner of told)
    if (journal.some((fact) => isTold(fact, partner, file))) await tell(partner, parsed.fact.subject, deps);
};

/** Messages of one case are worked on in turn. */
const caseOf = ({ id, body }: Message): string => {
  const detail = detailOf(body);
  const again = deliverSchema.safeParse(detail);
  if (again.success) return again.data.deliver.case;
  return typeof detail === 'object' && detail !== null && 'subject' in detail ? String(detail.subject) : id;
};

/** Tells a partner all that it has not been told of a case, one at a time: whoever comes meanwhile has it looked at again. */
const tell = async (partner: Partner, caseNumber: string, deps: Dependencies): Promise<void> => {
  const turn = { partner: partner.id, case: caseNumber, holder: randomUUID() };
  if (!(await deps.deliveries.takeTurn(turn))) {
    // Whose turn it is may have died, and then nobody looks again before the turn is over.
    await armDelivery(deps.schedules, turn, soonest(deps.clock()).add({ minutes: 1 }));
    return;
  }
  try {
    do await tellInTurn(partner, await deps.journal.load(caseNumber), deps);
    while (!(await deps.deliveries.endTurn(turn)));
  } catch (error) {
    // The message comes again, and must find the turn free.
    while (!(await deps.deliveries.endTurn(turn))) continue;
    throw error;
  }
};

const tellInTurn = async (partner: Partner, journal: readonly RecordedFact[], deps: Dependencies): Promise<void> => {
  const { deliveries, partners, schedules } = deps;
  const caseNumber = journal[0]?.subject;
  const state = await partners.find(partner.id);
  if (caseNumber === undefined || partner.url === undefined || state?.since === undefined) return;
  const waiting = await untold(partner, state.since, journal, deps);
  const failure = await deliveries.failure(partner.id, caseNumber);
  const [first] = waiting;
  if (first === undefined) {
    if (failure !== undefined) await deliveries.clearFailure(partner.id, caseNumber);
    return;
  }
  const now = deps.clock();
  if (state.disabled !== undefined) {
    await deliveries.putFailure(failureOf(partner, first.event, failure, { status: 'disabled', why: '410' }, now));
    return;
  }
  const next = failure?.next === undefined ? undefined : Temporal.Instant.from(failure.next);
  if (next !== undefined && Temporal.Instant.compare(now, next) < 0) {
    // Its time will come. A schedule may fire early, and must not have been the last one.
    await armDelivery(schedules, { partner: partner.id, case: caseNumber }, next);
    return;
  }
  for (const { event, position } of waiting.slice(0, MOST_AT_ONCE)) {
    const outcome = await call(partner, partner.url, event, state, deps);
    if (!('status' in outcome) || outcome.status < 200 || outcome.status > 299) {
      await failed(partner, event, event === first.event ? failure : undefined, outcome, deps);
      return;
    }
    await deliveries.markTold(partner.id, caseNumber, position);
    deps.log('PARTNER_TOLD', { partner: partner.id, type: event.type });
  }
  if (waiting.length > MOST_AT_ONCE)
    await armDelivery(schedules, { partner: partner.id, case: caseNumber }, soonest(now));
  if (failure !== undefined) await deliveries.clearFailure(partner.id, caseNumber);
};

const untold = async (
  partner: Partner,
  since: string,
  journal: readonly RecordedFact[],
  { deliveries, routines }: Dependencies,
): Promise<readonly PlacedEvent[]> => {
  const told = await deliveries.told(partner.id, journal[0]?.subject ?? '');
  const from = Temporal.Instant.from(since);
  return eventsFor(journal, partner, routines).filter(
    ({ position, since: its }) => position > told && Temporal.Instant.compare(Temporal.Instant.from(its), from) >= 0,
  );
};

const call = async (
  { id }: Partner,
  url: string,
  event: ThinEvent,
  state: KeptState,
  { calls, keys, clock }: Dependencies,
): Promise<Outcome> => {
  const timestamp = clock();
  const secrets = await activeSecrets(id, state, keys, timestamp);
  // Whatever is told is signed: a partner whose secret's key is gone has to be given a new one.
  if (secrets.length === 0) return { failed: 'unsigned' };
  const body = JSON.stringify(event);
  const headers = {
    'content-type': 'application/cloudevents+json; charset=utf-8',
    'user-agent': 'frist',
    ...headersOf({ id: event.id, timestamp }, body, secrets),
  };
  return calls.post(url, headers, body);
};

/** Has what was not taken told again later, and keeps where it stands for people to see. */
const failed = async (
  partner: Partner,
  event: ThinEvent,
  before: Failure | undefined,
  outcome: Outcome,
  deps: Dependencies,
): Promise<void> => {
  const { deliveries, schedules, log } = deps;
  const now = deps.clock();
  const why = 'status' in outcome ? String(outcome.status) : outcome.failed;
  if (why === '410') {
    await disable(partner, deps);
    await deliveries.putFailure(failureOf(partner, event, before, { status: 'disabled', why }, now));
    log('PARTNER_DISABLED', { partner: partner.id });
    return;
  }
  const failure = failureOf(partner, event, before, { status: 'retrying', why }, now);
  const next = nextAttempt(failure, now, 'status' in outcome ? outcome.retryAfterSeconds : undefined);
  if (next === undefined) {
    await deliveries.putFailure({ ...failure, status: 'stopped' });
    log('PARTNER_GIVEN_UP', { partner: partner.id, type: event.type, why });
    return;
  }
  // The schedule comes first: whoever finds the failure can trust that somebody tries again.
  await armDelivery(schedules, failure, next);
  await deliveries.putFailure({ ...failure, next: formatInstant(next) });
  log('PARTNER_NOT_TOLD', { partner: partner.id, type: event.type, why, attempts: failure.attempts });
};

/** The failure with one more attempt; the first of a new series when the last one was given up. */
const failureOf = (
  { id: partner }: Partner,
  { subject, sequence, type }: ThinEvent,
  before: Failure | undefined,
  { status, why }: Pick<Failure, 'status' | 'why'>,
  now: Temporal.Instant,
): Failure => {
  const same = before?.sequence === sequence && before.status !== 'stopped' ? before : undefined;
  const last = formatInstant(now);
  const attempts = (same?.attempts ?? 0) + (status === 'disabled' && same?.status === 'disabled' ? 0 : 1);
  return { partner, case: subject, sequence, type, status, attempts, why, first: same?.first ?? last, last };
};

const disable = async ({ id }: Partner, { partners, clock }: Dependencies): Promise<void> => {
  for (;;) {
    const state = await partners.find(id);
    if (state === undefined || state.disabled !== undefined) return;
    if (await partners.put(id, { ...state, disabled: formatInstant(clock()) }, state.revision)) return;
  }
};

/** So long after an attempt was to be made, its schedule is taken for lost. */
const OVERDUE = Temporal.Duration.from({ minutes: 10 });

/** Takes up again, each night, what was to be told by now and was not: a schedule may be lost, and its case may have no more news. */
const takeUpLost = async ({ registers, deliveries, schedules, clock, log }: Dependencies): Promise<void> => {
  const now = clock();
  const overdue = now.subtract(OVERDUE);
  for (const { id } of await registers.list('partner')) {
    const lost = (await deliveries.failures(id)).filter(
      ({ status, next }) =>
        status === 'retrying' &&
        next !== undefined &&
        Temporal.Instant.compare(Temporal.Instant.from(next), overdue) < 0,
    );
    for (const [index, failure] of lost.entries())
      await armDelivery(schedules, failure, soonest(now).add({ minutes: Math.floor(index / CASES_A_MINUTE) }));
    if (lost.length > 0) log('RECONCILED', { partner: id, overdue: lost.length });
  }
};

/** Takes up the cases in which a partner stands still, some at a time: it has an address again, or another. */
const resume = async (partner: string, { deliveries, schedules, clock }: Dependencies): Promise<void> => {
  const now = clock();
  const first = soonest(now);
  for (const [index, failure] of (await deliveries.failures(partner)).entries()) {
    const at = first.add({ minutes: Math.floor(index / CASES_A_MINUTE) });
    await armDelivery(schedules, failure, at);
    await deliveries.putFailure(takenUp(failure, now, at));
  }
};
