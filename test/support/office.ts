import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { Temporal } from 'temporal-polyfill';
import type { Fact } from '../../events/catalogue.ts';
import { nameOf } from '../../events/catalogue.ts';
import { createHandler as recordFact } from '../../functions/record-fact/handler.ts';
import { createHandler as sendMail } from '../../functions/send-mail/handler.ts';
import { memoryBus } from '../../functions/shared/bus/memory.ts';
import type { Municipality } from '../../functions/shared/environment.ts';
import type { RecordedFact } from '../../functions/shared/facts.ts';
import { memoryJournal } from '../../functions/shared/journal/memory.ts';
import { memoryLinks } from '../../functions/shared/links/memory.ts';
import type { Log, LogCode } from '../../functions/shared/log.ts';
import type { Mail } from '../../functions/shared/mail/mailer.ts';
import { memoryMailer, memoryOutbox } from '../../functions/shared/mail/memory.ts';
import { memoryOutcomes } from '../../functions/shared/outcomes/memory.ts';
import { memoryMailProblems } from '../../functions/shared/registers/mail-problems-memory.ts';
import { memoryRegisters } from '../../functions/shared/registers/memory.ts';
import type { Handler } from '../../functions/shared/runtime.ts';
import { memoryRotations } from '../../functions/shared/rotation/memory.ts';
import { memorySchedules } from '../../functions/shared/schedules/memory.ts';
import { memoryWatchList } from '../../functions/shared/watch-list/memory.ts';
import { routinesOf, type Parameters } from '../../domain/routine/routines.ts';
import { wiring } from '../../infra/wiring.ts';
import exempelkommun from '../../infra/municipalities/exempelkommun.json' with { type: 'json' };
import { ANNA, BO, COMMON_MAIL, EVA, HEMVARD, KOMMUNEN, moment, UTAN_MEJL } from './facts.ts';
import { batch, envelope, failedIn, onBus } from './messages.ts';

/*
 * Functions at work on doubles of all that they are given, called as Lambda calls them: for what a function does, and for
 * what has to be broken on the way. What users meet on the whole system is in `town.ts`.
 */

/** A clock that stands still until it is moved. */
export const standingClock = (start: string) => {
  let now = moment(start);
  return {
    now: (): Temporal.Instant => now,
    moveTo: (time: string | Temporal.Instant): void => {
      now = typeof time === 'string' ? moment(time) : time;
    },
  };
};

export const municipality: Municipality = {
  name: 'Exempelkommun',
  officersMail: COMMON_MAIL,
  routines: routinesOf(exempelkommun.routines, exempelkommun.parameters as Parameters),
};

/** Everything the functions are given, on doubles, with the registers filled. */
export const openDesk = async (start: string) => {
  const clock = standingClock(start);
  /** Elapsed milliseconds, for leases. */
  const wall = { now: 0 };
  const lines: { readonly code: LogCode; readonly ids: object }[] = [];
  const log: Log = (code, ids = {}) => lines.push({ code, ids });
  const registers = memoryRegisters();
  for (const provider of [HEMVARD, KOMMUNEN, UTAN_MEJL]) await registers.put('provider', provider);
  for (const officer of [ANNA, BO, EVA]) await registers.put('officer', officer);
  return {
    clock,
    wall,
    lines,
    log,
    registers,
    journal: memoryJournal(),
    rotations: memoryRotations(),
    problems: memoryMailProblems(),
    bus: memoryBus(),
    wakes: memorySchedules(clock.now),
    bundles: memorySchedules(clock.now),
    links: memoryLinks(),
    outbox: memoryOutbox(() => wall.now),
    mailer: memoryMailer(),
    watchList: memoryWatchList(),
    outcomes: memoryOutcomes(),
  };
};

export type Desk = Awaited<ReturnType<typeof openDesk>>;

/** The function record-fact on a desk, some of whose ports may be others. */
export const recorderOf = (desk: Desk, ports: Partial<Desk> = {}) => {
  const { wakes, clock, ...rest } = { ...desk, ...ports };
  return recordFact({
    ...rest,
    schedules: wakes,
    routines: municipality.routines,
    clock: clock.now,
  });
};

/** The function send-mail on a desk, some of whose ports may be others. */
export const mailroomOf = (desk: Desk, ports: Partial<Desk> = {}) => {
  const { bundles, clock, ...rest } = { ...desk, ...ports };
  return sendMail({
    ...rest,
    schedules: bundles,
    clock: clock.now,
    municipality,
    publicUrl: 'https://frist.example',
  });
};

type QueueHandler = Handler<SQSEvent, SQSBatchResponse>;

/**
 * The functions behind the bus at work on one desk: what is told is recorded, mailed and shown on the watch list, and what
 * comes of that in turn. A message is delivered as the wiring routes it, one at a time; one that fails is delivered again.
 */
export const openOffice = async (start = '2026-11-23 10:00', ports: Partial<Desk> = {}) => {
  const desk: Desk = { ...(await openDesk(start)), ...ports };
  const { bus, clock, journal, wakes, bundles, mailer } = desk;
  const handlers: Readonly<Record<string, QueueHandler>> = {
    'record-fact': recorderOf(desk),
    'send-mail': mailroomOf(desk),
  };
  const deadLetters: { readonly queue: string; readonly body: unknown }[] = [];
  const fired = new Set<string>();
  let delivered = 0;
  let arrived = 0;

  const deliver = async (queue: string, body: unknown): Promise<void> => {
    for (let receives = 0; receives < 5; receives += 1) {
      const answer = await handlers[queue]?.(batch(body));
      if (answer === undefined || failedIn(answer).length === 0) return;
      // The next delivery comes when the lease of a dead attempt is over.
      desk.wall.now += 60_000;
    }
    deadLetters.push({ queue, body });
  };

  /** Delivers all that is on the bus, and what comes of it. */
  const settle = async (): Promise<void> => {
    while (delivered < bus.published.length) {
      const event = bus.published[delivered];
      delivered += 1;
      if (event === undefined) continue;
      for (const queue of queuesOf(event)) await deliver(queue, onBus(event.fact, event.source));
    }
    for (; arrived < mailer.sent.length; arrived += 1) {
      const mail = mailer.sent[arrived];
      if (mail !== undefined) await deliver('record-fact', deliveryOf(mail, arrived, clock.now()));
    }
    if (delivered < bus.published.length) await settle();
  };

  const nextSchedule = (until: Temporal.Instant) =>
    [
      ...[...wakes.created].map(([name, one]) => ({ name, queue: 'record-fact', ...one })),
      ...[...bundles.created].map(([name, one]) => ({ name, queue: 'send-mail', ...one })),
    ]
      .filter(({ name, at }) => !fired.has(name) && Temporal.Instant.compare(at, until) <= 0)
      .toSorted((a, b) => Temporal.Instant.compare(a.at, b.at))
      .at(0);

  return {
    ...desk,
    deadLetters,
    deliver,
    settle,
    /** Facts come in at the time on the clock. */
    tell: async (...facts: readonly Fact[]): Promise<void> => {
      await bus.publish('frist.inbound', facts);
      await settle();
    },
    /** Time goes by, and every schedule on the way fires when it is due. */
    moveTo: async (time: string): Promise<void> => {
      const target = moment(time);
      for (let next = nextSchedule(target); next !== undefined; next = nextSchedule(target)) {
        fired.add(next.name);
        clock.moveTo(next.at);
        await deliver(next.queue, next.message);
        await settle();
      }
      clock.moveTo(target);
    },
    /** The journal of the case, a line a fact: `order.sent`, `deadline.breached confirm officer`. */
    story: async (caseNumber = '2026-0417'): Promise<string[]> => (await journal.load(caseNumber)).map(lineOf),
    /** The mails that went to an address. */
    mailsTo: (address: string | undefined): Mail[] => mailer.sent.filter(({ to }) => to === address),
  };
};

export type Office = Awaited<ReturnType<typeof openOffice>>;

const queuesOf = ({ source, fact, marks }: Desk['bus']['published'][number]): string[] =>
  Object.entries(wiring).flatMap(([name, { queue }]) =>
    queue?.facts?.sources.some((one) => one === source) &&
    (queue.facts.names?.includes(nameOf(fact)) ?? true) &&
    (queue.facts.marked === undefined || marks.includes(queue.facts.marked))
      ? [name]
      : [],
  );

/** What SES tells of a mail that arrives at once. */
const deliveryOf = ({ to, tags }: Mail, place: number, at: Temporal.Instant): object =>
  envelope('aws.ses', 'Email Delivered', {
    eventType: 'Delivery',
    mail: {
      messageId: `message-${String(place + 1)}`,
      timestamp: at.toString(),
      tags: Object.fromEntries(Object.entries(tags).map(([name, value]) => [name, [value]])),
    },
    delivery: { timestamp: at.toString(), recipients: [to] },
  });

/** A fact in few words. */
export const lineOf = (fact: RecordedFact): string => {
  const { rule, audience } = fact.data as { readonly rule?: string; readonly audience?: string };
  return [nameOf(fact), rule, audience].filter((part) => part !== undefined).join(' ');
};
