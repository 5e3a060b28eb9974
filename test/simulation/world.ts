import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { createHash } from 'node:crypto';
import { setImmediate as turn } from 'node:timers/promises';
import { Webhook } from 'standardwebhooks';
import { Temporal } from 'temporal-polyfill';
import { formatInstant } from '../../domain/calendar/stockholm.ts';
import { keyOf } from '../../domain/case/case-file.ts';
import type { Routines } from '../../domain/routine/routines.ts';
import type { Routine } from '../../domain/routine/schema.ts';
import { nameOf, type Fact } from '../../events/catalogue.ts';
import { createHandler as providerPage } from '../../functions/provider-page/handler.ts';
import { createHandler as receiveFacts } from '../../functions/receive-facts/handler.ts';
import { createHandler as receiveMail } from '../../functions/receive-mail/handler.ts';
import { createHandler as receiveWebhook } from '../../functions/receive-webhook/handler.ts';
import { createHandler as eraseCases } from '../../functions/erase-cases/handler.ts';
import { memoryErasures } from '../../functions/shared/erasures/memory.ts';
import { createHandler as reconcile } from '../../functions/reconcile/handler.ts';
import { createHandler as callPartner } from '../../functions/call-partner/handler.ts';
import { createHandler as recordFact } from '../../functions/record-fact/handler.ts';
import { newsOf } from '../../functions/record-fact/mail-event.ts';
import { createHandler as sendMail } from '../../functions/send-mail/handler.ts';
import type { Bus, Mark } from '../../functions/shared/bus/bus.ts';
import type { Municipality } from '../../functions/shared/environment.ts';
import { TryAgain } from '../../functions/shared/errors.ts';
import { digest, type RecordedFact } from '../../functions/shared/facts.ts';
import { memoryJournal } from '../../functions/shared/journal/memory.ts';
import { memoryLinks } from '../../functions/shared/links/memory.ts';
import type { Link, Tokens } from '../../functions/shared/links/links.ts';
import { replyAddress, type ReplyTo } from '../../functions/shared/links/replies.ts';
import { memoryMessages, memoryStrays } from '../../functions/shared/messages/memory.ts';
import type { Stray } from '../../functions/shared/messages/strays.ts';
import { memoryMailProblems } from '../../functions/shared/registers/mail-problems-memory.ts';
import type { Log } from '../../functions/shared/log.ts';
import { mailOf } from '../../functions/shared/mail/bundles.ts';
import { MailRefused, type Mail, type Mailer } from '../../functions/shared/mail/mailer.ts';
import { memoryOutbox } from '../../functions/shared/mail/memory.ts';
import { memoryQuota } from '../../functions/shared/quota/memory.ts';
import type { Outcome } from '../../functions/shared/calls/calls.ts';
import { memoryDeliveries } from '../../functions/shared/deliveries/memory.ts';
import { memoryKeys } from '../../functions/shared/keys/memory.ts';
import { memoryPartnerStates } from '../../functions/shared/partners/memory.ts';
import { secretOf } from '../../functions/shared/partners/secrets.ts';
import { memoryReceipts } from '../../functions/shared/receipts/memory.ts';
import { memoryRegisters } from '../../functions/shared/registers/memory.ts';
import { memoryRotations } from '../../functions/shared/rotation/memory.ts';
import type { RotationState } from '../../functions/shared/rotation/rotations.ts';
import type { Handler } from '../../functions/shared/runtime.ts';
import { memorySchedules } from '../../functions/shared/schedules/memory.ts';
import { memoryOutcomes } from '../../functions/shared/outcomes/memory.ts';
import { memoryWatchList } from '../../functions/shared/watch-list/memory.ts';
import { wiring } from '../../infra/wiring.ts';
import { request } from '../support/messages.ts';
import { openAgenda } from './agenda.ts';
import { chanceOf } from './chance.ts';
import type { Deploy, History, Step } from './history.ts';
import { LISTS, OFFICERS, PARTNER, PROVIDERS, ROLE_MAILS, ROUTINES } from './lives.ts';
import type {
  Append,
  Armed,
  Bundled,
  DeadLetter,
  Heard,
  MailIn,
  Midway,
  Sent,
  SideSaid,
  Tell,
  Witness,
} from './witness.ts';

/*
 * The world around the real handlers: bus, queues, schedules, SES and the doors, on one thread and a clock of its own. Each
 * call of a port takes a little time, so functions that run at the same time get in each other's way, and each is a place
 * where something can fail. Chance follows from the seed and from what it is about alone.
 */

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How long what was last said is followed, past the limits of the law (three months). */
const FOLLOWED = 110 * DAY;
/** Nothing fails any more: long enough before the end that the nightly look has found what was lost. */
const MENDED = 100 * DAY;

const PUBLIC_URL = 'https://frist.example';
const COMMON_MAIL = 'gemensam@kommun.example';
const REPLY_DOMAIN = 'svar.kommun.example';
/** How far a function's clock may be off. */
const SKEW = 20 * SECOND;

export interface Run {
  readonly witness: Witness;
  /** The same for the same history: everything that happened, in order. */
  readonly digest: string;
  /** The single faults that befell it. */
  readonly faults: readonly string[];
  /** How often each kind of fault struck, and what came of some of them. */
  readonly kinds: ReadonlyMap<string, number>;
  /** Calls of ports that were made, by port and call. */
  readonly calls: ReadonlyMap<string, number>;
  /** What happened, a line each, where it was asked for. */
  readonly lines: readonly string[];
}

interface Message {
  readonly id: string;
  readonly queue: string;
  readonly key: string;
  readonly body: string;
  readonly poison: boolean;
  receives: number;
  usedUp: boolean;
}

interface Invocation {
  readonly name: string;
  readonly key: string;
  readonly older: boolean;
  readonly skew: number;
  /** Marks of the mails it sent that it has not heard of. */
  readonly unmarked: Map<string, Sent>;
  readonly logged: string[];
  calls: number;
  /** Calls that it has no answer to yet. */
  waiting: number;
  over: boolean;
  onDeath: () => void;
}

type QueueHandler = Handler<SQSEvent, SQSBatchResponse>;
type Port = Readonly<Record<string, unknown>>;

/** Runs a history to its end. */
export const run = async (history: History, { tell = false }: { readonly tell?: boolean } = {}): Promise<Run> => {
  const chance = chanceOf(history.seed);
  const agenda = openAgenda();
  let now = history.start;
  const lastSaid = history.steps.at(-1)?.at ?? history.start;
  const end = lastSaid + FOLLOWED;
  const hash = createHash('sha256');
  const lines: string[] = [];
  const note = (line: string): void => {
    const whole = `${String(now)} ${line}\n`;
    hash.update(whole);
    if (tell) lines.push(`${instantOf(now).toString()} ${line}`);
  };

  // Fortune

  const listed = history.faults && new Set(history.faults);
  const befallen = new Set<string>();
  const kinds = new Map<string, number>();
  const count = (kind: string): void => void kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  /** Whether a single fault befalls, which happens about so often. */
  const befalls = (kind: string, key: string, probability: number): boolean => {
    if (history.calm || now > lastSaid + FOLLOWED - MENDED) return false;
    const name = `${kind} ${key}`;
    if (listed === undefined ? chance(name) >= probability : !listed.has(name)) return false;
    befallen.add(name);
    count(kind);
    note(`fault ${name}`);
    return true;
  };
  /** A number for a key, from and up to. */
  const between = (from: number, to: number, key: string): number => Math.floor(from + chance(key) * (to - from));
  const inBurst = (call: string): boolean =>
    history.bursts.some(
      ({ from, until, calls }) => now >= from && now < until && (call === calls || call.startsWith(`${calls}.`)),
    );

  // What is kept, on the doubles of the ports

  const instant = (): Temporal.Instant => instantOf(now);
  const journal = memoryJournal();
  const registers = memoryRegisters();
  for (const entry of PROVIDERS) await registers.put('provider', entry);
  for (const entry of OFFICERS) await registers.put('officer', entry);
  for (const entry of ROLE_MAILS) await registers.put('role', entry);
  for (const entry of LISTS) await registers.put('rotation', entry);
  const rotations = memoryRotations();
  const links = memoryLinks();
  const quota = memoryQuota();
  const messagesIn = memoryMessages();
  const strays = memoryStrays();
  const receipts = memoryReceipts();
  const outbox = memoryOutbox(() => now);
  const watchList = memoryWatchList();
  const outcomes = memoryOutcomes();
  const problems = memoryMailProblems();
  const schedules = {
    'record-fact': memorySchedules(instant),
    'send-mail': memorySchedules(instant),
    'call-partner': memorySchedules(instant),
  };
  const deliveries = memoryDeliveries(() => now);
  const partners = memoryPartnerStates();
  const keys = memoryKeys();
  await registers.put('partner', PARTNER);
  const [webhookKey] = await keys.of('webhooks');
  const told = { generations: [{ number: 1, key: webhookKey.version }], since: formatInstant(instantOf(0)) };
  await partners.put(PARTNER.id, told, undefined);
  const partnerSecret = secretOf(PARTNER.id, { number: 1 }, webhookKey);

  // What is seen

  const seen = {
    accepted: [] as { case: string; key: string }[],
    taken: [] as Fact[],
    appends: [] as Append[],
    cases: new Set<string>(),
    published: new Map<string, string>(),
    sent: [] as Sent[],
    bundled: [] as Bundled[],
    sides: [] as SideSaid[],
    tells: [] as Tell[],
    heard: [] as Heard[],
    mailsIn: [] as MailIn[],
    strays: new Set<string>(),
    kept: new Set<string>(),
    refusedMails: new Set<string>(),
    takenWebhooks: new Set<string>(),
    replies: new Map<string, ReplyTo>(),
    /** Wakes that were never to come. */
    lost: new Set<string>(),
    links: new Map<string, Link>(),
    rotations: new Map<string, RotationState>(),
    /** Mails that went to a side of a switch: `<case> <switch>`. */
    sidesMailed: new Map<string, Set<string>>(),
  };

  // Queues

  const visible = new Map<string, Message[]>();
  const polled = new Set<string>();
  const dead: Message[] = [];
  const copies = new Map<string, number>();
  let messages = 0;
  const calls = new Map<string, number>();

  const enqueue = (queue: string, key: string, body: string, at: number, poison = false): void => {
    const copy = (copies.get(`${queue} ${key}`) ?? 0) + 1;
    copies.set(`${queue} ${key}`, copy);
    const whole = copy === 1 ? key : `${key} (${String(copy)})`;
    messages += 1;
    const message: Message = {
      id: `m${String(messages)}`,
      queue,
      key: whole,
      body,
      poison,
      receives: 0,
      usedUp: false,
    };
    agenda.put(at, () => makeVisible(message));
  };

  const makeVisible = (message: Message): void => {
    const waiting = visible.get(message.queue) ?? [];
    waiting.push(message);
    visible.set(message.queue, waiting);
    if (polled.has(message.queue)) return;
    polled.add(message.queue);
    agenda.put(now + 20, () => poll(message.queue));
  };

  const poll = (queue: string): void => {
    polled.delete(queue);
    const waiting = visible.get(queue) ?? [];
    const { batchSize = 1 } = wired(queue).queue ?? {};
    // Once nothing fails, each message is alone, so that it is known which of them cannot be understood.
    const batch = waiting.splice(0, now > end ? 1 : batchSize);
    if (batch.length > 0) deliver(queue, batch);
    if (waiting.length > 0) {
      polled.add(queue);
      agenda.put(now + 20, () => poll(queue));
    }
  };

  const deliver = (queue: string, batch: readonly Message[]): void => {
    for (const message of batch) message.receives += 1;
    const key = `${queue} ${batch.map((message) => `${message.key}/${String(message.receives)}`).join(' + ')}`;
    const begun = now;
    const again = (message: Message): void => {
      const { maxReceives = 1 } = wired(queue).queue ?? {};
      note(`again ${queue} ${message.key} after ${String(message.receives)}`);
      // SQS hands it out again when six times the function's time is over, from when it was handed out.
      if (message.receives < maxReceives)
        agenda.put(Math.max(now, begun + 6 * wired(queue).timeoutSeconds * SECOND), () => makeVisible(message));
      else dead.push(message);
    };
    const event = { Records: batch.map(({ id, body }) => ({ messageId: id, body })) } as unknown as SQSEvent;
    note(`deliver ${key}`);
    invoke(queue, key, async (invocation) => queueHandlerOf(queue, invocation)(event), {
      ended: (answer, { logged }) => {
        const failed = new Set(
          (answer as SQSBatchResponse).batchItemFailures.map(({ itemIdentifier }) => itemIdentifier),
        );
        for (const message of batch) {
          message.usedUp = failed.has(message.id) && logged.includes('MAIL_ATTEMPTS_USED_UP');
          if (failed.has(message.id)) again(message);
          else if (befalls('doubled', `${queue} ${message.key}`, 0.02))
            enqueue(queue, message.key, message.body, now + between(SECOND, 2 * DAY, `doubled after ${message.key}`));
        }
      },
      died: () => {
        for (const message of batch) again(message);
      },
    });
  };

  // Functions

  const older = history.deploy && olderRoutines(ROUTINES, history.deploy);

  const isOlder = (key: string): boolean => {
    const { deploy } = history;
    if (deploy === undefined || now >= deploy.until) return false;
    return now < deploy.from || chance(`older ${key}`) < 0.5;
  };

  /** Those at work, whose next step depends on nothing but themselves while they wait for no answer. */
  const atWork = new Set<Invocation>();

  const invoke = (
    name: string,
    key: string,
    work: (invocation: Invocation) => Promise<unknown>,
    { ended, died }: { readonly ended: (answer: unknown, invocation: Invocation) => void; readonly died: () => void },
  ): void => {
    const invocation: Invocation = {
      name,
      key,
      older: isOlder(key),
      skew: history.calm ? 0 : between(-SKEW, SKEW, `skew ${key}`),
      unmarked: new Map(),
      logged: [],
      calls: 0,
      waiting: 0,
      over: false,
      onDeath: () => {
        if (invocation.over) return;
        invocation.over = true;
        atWork.delete(invocation);
        note(`died ${key}`);
        died();
      },
    };
    agenda.put(now + wired(name).timeoutSeconds * SECOND, invocation.onDeath);
    const answered = (answer: unknown): void => {
      if (invocation.over) return;
      invocation.over = true;
      atWork.delete(invocation);
      ended(answer, invocation);
    };
    atWork.add(invocation);
    if (history.deploy !== undefined && now >= history.deploy.from && now < history.deploy.until)
      count(invocation.older ? 'older version' : 'newer version beside it');
    if (invocation.skew !== 0) count('clock is off');
    work(invocation).then(answered, (error: unknown) => {
      note(`threw ${key} ${error instanceof Error ? error.name : ''}`);
      invocation.onDeath();
    });
  };

  /** A call of a port by an invocation: takes some time, and may fail in every way that a call over a network can. */
  const call = async (invocation: Invocation, name: string, perform: () => Promise<unknown>): Promise<unknown> =>
    new Promise((resolve, rejected) => {
      if (invocation.over) return;
      const reject = (error: unknown): void => {
        invocation.waiting -= 1;
        rejected(error);
      };
      invocation.waiting += 1;
      invocation.calls += 1;
      calls.set(name, (calls.get(name) ?? 0) + 1);
      const key = `${invocation.key} ${String(invocation.calls)} ${name}`;
      const slow = befalls('slow', key, 0.005) ? between(SECOND, 35 * SECOND, `slow for ${key}`) : 0;
      agenda.put(now + between(3, 15, `takes ${key}`) + slow, () => {
        if (invocation.over) return;
        note(name);
        if (befalls('dies before', key, 0.004)) {
          invocation.onDeath();
          return;
        }
        if (inBurst(name) && befalls('burst', key, 0.9)) {
          reject(new Failure('ServiceUnavailable'));
          return;
        }
        if (befalls('fails', key, 0.008)) {
          reject(new Failure('ThrottlingException'));
          return;
        }
        const diesAfter = befalls('dies after', key, 0.004);
        const unheard = befalls('unheard', key, 0.004);
        const answered = (answer: unknown): void => {
          if (diesAfter) invocation.onDeath();
          if (invocation.over) return;
          if (unheard) reject(new Failure('TimeoutError'));
          else {
            invocation.waiting -= 1;
            resolve(answer);
          }
        };
        void perform().then(answered, reject);
      });
    });

  const through = <P extends object>(invocation: Invocation, name: string, port: P): P =>
    Object.fromEntries(
      Object.entries(port as Port).map(([member, value]) => [
        member,
        typeof value === 'function'
          ? async (...given: unknown[]) =>
              call(invocation, `${name}.${member}`, async () => Reflect.apply(value, port, given) as Promise<unknown>)
          : value,
      ]),
    ) as P;

  /** The journal, and who writes in it. */
  const journalSeen = (invocation: Invocation, routines: Routines) => ({
    load: journal.load,
    append: async (fact: RecordedFact): Promise<boolean> => {
      const appended = await journal.append(fact);
      if (!appended) {
        count('a race for a place is lost');
        return false;
      }
      note(`append ${invocation.key}: ${fact.subject}#${String(fact.sequence)} ${nameOf(fact)} ${fact.id}`);
      seen.cases.add(fact.subject);
      seen.appends.push({ fact, text: JSON.stringify(fact), routines });
      if (invocation.name === 'send-mail') noteSides(fact);
      return true;
    },
  });

  const busSeen = (invocation: Invocation): Bus => ({
    publish: async (source, facts, marks = []) => {
      const partly = facts.length > 1 && befalls('partly', `${invocation.key} ${String(invocation.calls)}`, 0.05);
      for (const fact of partly ? facts.slice(0, Math.floor(facts.length / 2)) : facts) publish(source, fact, marks);
      if (partly) throw new TryAgain('the bus did not take all');
    },
  });

  let events = 0;
  const publish = (source: string, fact: Fact, marks: readonly Mark[]): void => {
    if (source === 'frist.inbound') {
      seen.taken.push(fact);
      noteSides(fact);
    } else seen.published.set(`${fact.subject}#${String(fact.sequence)}#${fact.id}`, fact.id);
    events += 1;
    const key = `${fact.subject} ${nameOf(fact)} ${fact.id}`;
    note(`publish ${source} ${key}`);
    const body = JSON.stringify(envelopeOf(events, source, fact.type, fact, instant()));
    for (const queue of QUEUES) {
      const { facts } = wired(queue).queue ?? {};
      if (!(facts?.sources as readonly string[] | undefined)?.includes(source)) continue;
      if (facts?.marked !== undefined && !marks.includes(facts.marked)) continue;
      if (facts?.names?.includes(nameOf(fact)) ?? true) send(queue, key, body);
    }
  };

  /** EventBridge delivers at least once, unordered, and at times much later. */
  const send = (queue: string, key: string, body: string): void => {
    const whole = `${queue} ${key}`;
    const copy = String((copies.get(whole) ?? 0) + 1);
    const late = befalls('late', `${whole} ${copy}`, 0.02) ? between(MINUTE, 3 * DAY, `late by ${whole} ${copy}`) : 0;
    enqueue(queue, key, body, now + between(20, 200, `on the bus ${whole} ${copy}`) + late);
    if (befalls('twice', `${whole} ${copy}`, 0.02))
      enqueue(queue, key, body, now + between(20, DAY, `twice after ${whole} ${copy}`));
  };

  /** Of a switch both sides are told, or none is said to have been. */
  const noteSides = (fact: Fact): void => {
    if (fact.type !== 'se.frist.mail.sent.v1' || fact.source !== '/frist/send-mail') return;
    const { audience, about, mail } = fact.data;
    if ((audience !== 'incoming' && audience !== 'leaving') || !mail.startsWith('switch.requested-')) return;
    seen.sides.push({
      case: fact.subject,
      change: about ?? '',
      side: audience,
      mailed: [...(seen.sidesMailed.get(`${fact.subject} ${about ?? ''}`) ?? [])],
    });
  };

  // Mail

  const mailerSeen = (invocation: Invocation): Mailer => ({
    send: async (mail) => {
      const id = untag(mail.tags['mail']);
      const key = `${id} ${invocation.key}`;
      if (befalls('SES is throttled', key, 0.03)) throw new MailRefused('TooManyRequestsException', false);
      if (befalls('SES refuses', id, 0.01)) {
        seen.refusedMails.add(id);
        throw new MailRefused('MessageRejected', true);
      }
      const one: Sent = {
        mail: id,
        to: mail.to,
        words: [mail.subject, mail.text, mail.html].join('\n'),
        at: now,
        marked: false,
      };
      seen.sent.push(one);
      invocation.unmarked.set(id, one);
      note(`mail ${id} to ${mail.to} ${createHash('sha256').update(one.words).digest('hex').slice(0, 16)}`);
      const [audience, about] = [untag(mail.tags['audience']), untag(mail.tags['about'])];
      if (id.startsWith('switch.requested-') && (audience === 'incoming' || audience === 'leaving')) {
        const sides = `${untag(mail.tags['case'])} ${about}`;
        seen.sidesMailed.set(sides, (seen.sidesMailed.get(sides) ?? new Set()).add(audience));
      }
      tellOfMail(mail, id, String(seen.sent.length));
      if (befalls('SES does not answer', key, 0.01)) throw new Failure('TimeoutError');
      return `ses-${String(seen.sent.length)}`;
    },
  });

  const tellOfMail = (mail: Mail, id: string, messageId: string): void => {
    if (befalls('SES says nothing', id, 0.02)) return;
    const bounces = befalls('bounces', id, 0.04);
    const at = now + between(SECOND, befalls('late delivery', id, 0.05) ? DAY : MINUTE, `delivered ${id} ${messageId}`);
    const timestamp = instantOf(at).toString();
    const detail = {
      eventType: bounces ? 'Bounce' : 'Delivery',
      mail: {
        messageId,
        timestamp: instant().toString(),
        tags: Object.fromEntries(Object.entries(mail.tags).map(([name, value]) => [name, [value]])),
      },
      ...(bounces ? { bounce: { timestamp, bounceType: 'Permanent' } } : { delivery: { timestamp } }),
    };
    const key = `SES ${detail.eventType} ${id}`;
    events += 1;
    const type = bounces ? 'Email Bounced' : 'Email Delivered';
    const body = JSON.stringify(envelopeOf(events, 'aws.ses', type, detail, instantOf(at)));
    agenda.put(at, () => {
      const fact = newsOf(detail)?.fact;
      if (fact !== undefined) seen.taken.push(fact);
      send('record-fact', key, body);
    });
  };

  const outboxSeen = (invocation: Invocation) => ({
    ...outbox,
    markSent: async (...given: Parameters<typeof outbox.markSent>): Promise<void> => {
      await outbox.markSent(...given);
      const one = invocation.unmarked.get(given[0].id);
      if (one !== undefined) one.marked = true;
    },
    add: async (bundle: string, entry: string): Promise<'held' | 'closed'> => {
      const added = await outbox.add(bundle, entry);
      if (added === 'held')
        seen.bundled.push({ bundle: mailOf(bundle).id, recipient: bundle.split('#')[1] ?? '', at: now, entry });
      return added;
    },
  });

  const linksSeen = {
    ...links,
    create: async (...given: Parameters<typeof links.create>): Promise<Tokens> => {
      const tokens = await links.create(...given);
      const [{ link, reply }] = given;
      if (link !== undefined) seen.links.set(tokens.page, link);
      if (reply !== undefined) seen.replies.set(tokens.reply, reply);
      return tokens;
    },
  };

  const messagesSeen = {
    ...messagesIn,
    keep: async (mail: string): Promise<void> => {
      await messagesIn.keep(mail);
      seen.kept.add(mail);
    },
  };

  const straysSeen = {
    ...strays,
    add: async (stray: Stray): Promise<void> => {
      await strays.add(stray);
      seen.strays.add(stray.mail);
    },
  };

  /** The partner system takes what it is told, but for the times when it does not answer. */
  const callsSeen = (invocation: Invocation) => ({
    post: async (_: string, __: object, body: string): Promise<Outcome> => {
      const { id, subject, sequence } = JSON.parse(body) as { id: string; subject: string; sequence: number };
      if (befalls('partner out of order', `${id} ${invocation.key}`, 0.15)) return { status: 503 };
      seen.tells.push({ event: id, case: subject, sequence });
      note(`told ${subject} ${String(sequence)}`);
      return { status: 204 };
    },
  });

  const rotationsSeen = {
    read: rotations.read,
    write: async (list: string, next: RotationState): Promise<boolean> => {
      const written = await rotations.write(list, next);
      if (written) seen.rotations.set(list, next);
      return written;
    },
  };

  // Schedules: whatever is created fires, early, late, twice, or not at all

  const schedulesSeen = (queue: keyof typeof schedules, { name: by }: Invocation) => ({
    create: async (name: string, at: Temporal.Instant, message: object): Promise<boolean> => {
      if (!(await schedules[queue].create(name, at, message))) return false;
      note(`armed ${name}`);
      if (by === 'reconcile' && seen.lost.delete(name)) count('a wake that was lost is found');
      const copy = String((copies.get(`fired ${name}`) ?? 0) + 1);
      copies.set(`fired ${name}`, Number(copy));
      const key = `${name} ${copy}`;
      if (befalls('lost', key, 0.02)) {
        // It is gone, and nobody hears of it.
        schedules[queue].complete(name);
        seen.lost.add(name);
        return true;
      }
      const early = befalls('early', key, 0.02) ? between(0, 90 * SECOND, `early by ${key}`) : 0;
      const late = befalls('overslept', key, 0.02)
        ? between(0, DAY, `overslept by ${key}`)
        : between(0, MINUTE, `within a minute ${key}`);
      const fire = (): void => {
        schedules[queue].complete(name);
        enqueue(queue, name, JSON.stringify(message), now + 50);
      };
      const due = Math.max(now, at.epochMilliseconds - early + late);
      agenda.put(due, fire);
      if (befalls('rings twice', key, 0.02)) agenda.put(due + between(SECOND, HOUR, `rings again ${key}`), fire);
      return true;
    },
  });

  // What each function is given

  const erasures = memoryErasures();

  const municipalityOf = (routines: Routines): Municipality => ({
    name: 'Exempelkommun',
    officersMail: COMMON_MAIL,
    replyDomain: REPLY_DOMAIN,
    routines,
  });

  const partsFor = (invocation: Invocation) => {
    const routines = invocation.older && older !== undefined ? older : ROUTINES;
    const log: Log = (code) => void invocation.logged.push(code);
    const port = <P extends object>(name: string, its: P): P => through(invocation, name, its);
    return {
      journal: port('journal', journalSeen(invocation, routines)),
      registers: port('registers', registers),
      rotations: port('rotations', rotationsSeen),
      links: port('links', linksSeen),
      messages: port('messages', messagesSeen),
      strays: port('strays', straysSeen),
      receipts: port('receipts', receipts),
      quota: port('quota', quota),
      outbox: port('outbox', outboxSeen(invocation)),
      mailer: port('mailer', mailerSeen(invocation)),
      watchList: port('watchList', watchList),
      outcomes: port('outcomes', outcomes),
      deliveries: port('deliveries', deliveries),
      partners: port('partners', partners),
      keys: port('keys', keys),
      calls: port('calls', callsSeen(invocation)),
      problems: port('problems', problems),
      bus: port('bus', busSeen(invocation)),
      routines,
      municipality: municipalityOf(routines),
      publicUrl: PUBLIC_URL,
      clock: () => instantOf(now + invocation.skew),
      log,
    };
  };

  const queueHandlerOf = (name: string, invocation: Invocation): QueueHandler => {
    const parts = partsFor(invocation);
    const port = <P extends object>(called: string, its: P): P => through(invocation, called, its);
    const armed = (queue: keyof typeof schedules) => through(invocation, 'schedules', schedulesSeen(queue, invocation));
    switch (name) {
      case 'record-fact':
        return unlessTooOld(recordFact({ ...parts, schedules: armed('record-fact') }), invocation);
      case 'send-mail':
        return unlessTooOld(sendMail({ ...parts, schedules: armed('send-mail') }), invocation);
      case 'receive-mail':
        return receiveMail({ ...parts, office: parts.municipality });
      case 'call-partner':
        return callPartner({ ...parts, schedules: armed('call-partner') });
      case 'reconcile':
        return reconcile({ ...parts, schedules: armed('record-fact') });
      case 'erase-cases':
        // Nothing here is as old as that, and so nothing may be erased.
        return eraseCases({ ...parts, erasures: port('erasures', erasures), messages: undefined, years: 5 });
      default:
        throw new Error(`nobody reads the queue of ${name}`);
    }
  };

  /** The older version fails on what it does not know yet. */
  const unlessTooOld = (handler: QueueHandler, { older: isOld }: Invocation): QueueHandler => {
    const unreadable = history.deploy?.unreadable ?? [];
    if (!isOld || unreadable.length === 0) return handler;
    return async (event) => {
      const unknown = event.Records.filter(({ body }) => unreadable.some((type) => body.includes(`"${type}"`)));
      const known = event.Records.filter((record) => !unknown.includes(record));
      const { batchItemFailures } = await handler({ ...event, Records: known });
      return {
        batchItemFailures: [...batchItemFailures, ...unknown.map(({ messageId }) => ({ itemIdentifier: messageId }))],
      };
    };
  };

  // The doors

  const ask = (
    name: 'receive-facts' | 'provider-page' | 'receive-webhook',
    key: string,
    asked: Parameters<typeof request>,
    answered: (status: number, headers: object) => void,
  ): void =>
    invoke(
      name,
      key,
      async (invocation) => {
        const parts = partsFor(invocation);
        const doors = {
          'receive-facts': receiveFacts,
          'provider-page': providerPage,
          'receive-webhook': receiveWebhook,
        };
        return doors[name](parts)(request(...asked));
      },
      {
        ended: (answer) => {
          const { statusCode = 500, headers = {} } = answer as { statusCode?: number; headers?: object };
          note(`answer ${key} ${String(statusCode)}`);
          answered(statusCode, headers);
        },
        died: () => answered(504, {}),
      },
    );

  /** The partner says a fact now, or is answered. */
  const hear = (subject: string, key: string, since = now): void => {
    const heard = seen.heard.find((one) => one.case === subject && one.key === key);
    if (heard === undefined) seen.heard.push({ case: subject, key, from: since - SKEW, until: now + SKEW });
    else heard.until = now + SKEW;
  };

  /** SES takes a mail that comes in: it lays the message down, at times late, and notifies of it. */
  const takeMail = ({ mail, case: subject, about, audience, text, from: by, astray }: Reply): void => {
    const found = [...seen.replies].findLast(
      ([, reply]) => reply.case === subject && reply.about === about && reply.audience === audience,
    );
    if (found === undefined && astray !== true) return;
    if (seen.mailsIn.some((one) => one.mail === mail)) return;
    const [token, { provider }] = astray === true || found === undefined ? NOBODYS : found;
    const from = by ?? PROVIDERS.find((one) => one.id === provider)?.mail ?? 'someone@else.example';
    const raw = [`From: ${from}`, 'Subject: Sv', `Message-ID: <${mail}@provider.example>`, '', text, ''].join('\r\n');
    const to = replyAddress(token, REPLY_DOMAIN);
    const at = instant().toString();
    const verdict = { status: 'PASS' };
    const body = {
      notificationType: 'Received',
      mail: { messageId: mail, timestamp: at, source: from, destination: [to] },
      receipt: {
        recipients: [to],
        spfVerdict: verdict,
        dmarcVerdict: verdict,
        spamVerdict: verdict,
        virusVerdict: verdict,
      },
    };
    const key = keyOf({ source: '/frist/receive-mail', id: `mail.received-${digest(mail, about, audience)}` });
    if (token === NOBODYS[0]) seen.mailsIn.push({ mail, case: undefined, at: now });
    else {
      seen.mailsIn.push({ mail, case: subject, at: now });
      seen.accepted.push({ case: subject, key });
      seen.heard.push({ case: subject, key, from: now, until: now });
    }
    const late = befalls('laid down late', mail, 0.15) ? between(SECOND, 4 * HOUR, `laid down late by ${mail}`) : 0;
    agenda.put(now + late, () => void messagesIn.arrive(mail, Buffer.from(raw)));
    send('receive-mail', `mail ${mail}`, JSON.stringify(body));
  };

  const take = ({ id, act }: Step, attempt = 1, since = now): void => {
    const again = (step: Step): void => {
      if (attempt < 15) agenda.put(now + attempt * 2 * MINUTE, () => take(step, attempt + 1, since));
    };
    switch (act.kind) {
      case 'tell':
        ask('receive-facts', `${id} try ${String(attempt)}`, ['POST /api/facts', { json: act.facts }], (status) => {
          if (status >= 500) again({ id, at: now, act });
          if (status !== 202) return;
          for (const fact of act.facts) seen.accepted.push({ case: fact.subject, key: keyOf(fact) });
        });
        return;
      case 'answer': {
        const token = [...seen.links].findLast(([, link]) => isFor(link, act))?.[0];
        if (token === undefined) return;
        const asked = {
          path: { token },
          body: new URLSearchParams(act.form).toString(),
          headers: { 'content-type': 'application/x-www-form-urlencoded', origin: 'null' },
        };
        ask('provider-page', `${id} try ${String(attempt)}`, ['POST /p/{token}', asked], (status, headers) => {
          if (status >= 500) again({ id, at: now, act });
          const location = 'location' in headers ? String(headers.location) : undefined;
          const said = location === undefined ? null : new URL(location, PUBLIC_URL).searchParams.get('tack');
          if (said === null) return;
          const key = keyOf({ source: '/frist/provider-page', id: said });
          seen.accepted.push({ case: act.case, key });
          hear(act.case, key, since);
        });
        return;
      }
      case 'webhook': {
        const { fact, message } = act;
        const key = keyOf({ ...fact, partner: PARTNER.id });
        // What is sent again once it was taken was heard before.
        const isNews = !seen.takenWebhooks.has(message);
        if (isNews) hear(fact.subject, key);
        const body = JSON.stringify(fact);
        const headers = {
          'content-type': 'application/cloudevents+json',
          'webhook-id': message,
          'webhook-timestamp': String(Math.floor(now / SECOND)),
          'webhook-signature': new Webhook(partnerSecret).sign(message, new Date(now), body),
        };
        const asked = { path: { partner: PARTNER.id }, body, headers };
        ask('receive-webhook', `${id} try ${String(attempt)}`, ['POST /webhooks/{partner}', asked], (status) => {
          if (isNews) hear(fact.subject, key);
          // An order that is not known yet may be so later.
          if (status >= 500 || status === 403) again({ id, at: now, act });
          if (status !== 202) return;
          seen.takenWebhooks.add(message);
          seen.accepted.push({ case: fact.subject, key });
        });
        return;
      }
      case 'reply':
        takeMail(act);
        return;
      case 'list':
        void registers.put('rotation', act.list);
        return;
      case 'poison':
        enqueue(act.queue, `poison ${id}`, act.body, now, true);
    }
  };

  // What comes by the calendar

  const daily = (at: number): void => {
    agenda.put(at, () => {
      for (const queue of QUEUES)
        if (wired(queue).queue?.daily === true) enqueue(queue, `daily ${String(at)}`, '{"daily":true}', now + 50);
      // The operator looks into the dead-letter queues each morning.
      if (now < end) redrive();
      if (at + DAY < end) daily(at + DAY);
    });
  };

  /** The sweeps, while anything can be lost. */
  const hourly = (at: number): void => {
    agenda.put(at, () => {
      for (const queue of QUEUES)
        if (wired(queue).queue?.hourly === true) enqueue(queue, `hourly ${String(at)}`, '{"hourly":true}', now + 50);
      if (at < lastSaid + FOLLOWED - MENDED) hourly(at + HOUR);
    });
  };

  const redrive = (): void => {
    for (const message of dead.splice(0)) {
      count('redriven');
      message.receives = 0;
      agenda.put(now + 100, () => makeVisible(message));
    }
  };

  // The run

  const journalsNow = async (): Promise<Map<string, readonly RecordedFact[]>> => {
    const journals = new Map<string, readonly RecordedFact[]>();
    for (const subject of [...seen.cases].toSorted()) journals.set(subject, await journal.load(subject));
    return journals;
  };
  const armedNow = (): Armed[] => Array.from(schedules['record-fact'].created, ([name, one]) => ({ name, ...one }));
  let midway: Midway | undefined;
  const look = async (): Promise<void> => {
    midway = { at: instant(), journals: await journalsNow(), wakes: armedNow() };
  };

  for (const step of history.steps) agenda.put(step.at, () => take(step));
  agenda.put(lastSaid + FOLLOWED - MENDED + 2 * DAY, () => void look());
  daily(Math.ceil(history.start / DAY) * DAY + 6 * HOUR);
  hourly(Math.ceil(history.start / HOUR) * HOUR + 30 * MINUTE);
  for (let redriven = false; ;) {
    const next = agenda.next();
    if (next === undefined || (next.at > end && !redriven)) {
      if (redriven) break;
      redriven = true;
      now = Math.max(now, end) + 1;
      if (next !== undefined) agenda.put(next.at, next.act);
      // What is armed beyond the end stays armed; all else is worked through to the last.
      redrive();
      continue;
    }
    if (next.at > end + DAY) break;
    now = Math.max(now, next.at);
    next.act();
    await settled(atWork);
  }

  const { deadlines } = await watchList.page({ statuses: ['open', 'met', 'breached', 'cancelled'], limit: 1e9 });
  const { tasks } = await watchList.tasks({ statuses: ['open', 'done'], limit: 1e9 });
  const deadLetters: DeadLetter[] = dead.map(({ queue, body, poison, usedUp }) => ({ queue, body, poison, usedUp }));
  return {
    witness: {
      calm: history.calm,
      end: instant(),
      routines: ROUTINES,
      older,
      providers: PROVIDERS,
      officers: OFFICERS,
      roles: ROLE_MAILS,
      partners: [PARTNER],
      commonMail: COMMON_MAIL,
      ...seen,
      journals: await journalsNow(),
      deadlines,
      tasks,
      wakes: armedNow(),
      midway,
      deadLetters,
      steadyLists: new Map(LISTS.map(({ id, providers }) => [id, providers.map((place) => place.id)])),
    },
    digest: hash.digest('hex'),
    faults: [...befallen],
    kinds,
    calls,
    lines,
  };
};

/** What a call over the network fails with. */
class Failure extends Error {
  constructor(name: string) {
    super(name);
    this.name = name;
  }
}

const QUEUES = Object.keys(wiring).filter((name) => wired(name).queue !== undefined);

function wired(name: string) {
  return wiring[name as keyof typeof wiring];
}

/**
 * All that was asked of the run so far has happened: promises are settled before Node's next turn, and who reads a message
 * takes some turns more.
 */
const settled = async (atWork: ReadonlySet<Invocation>): Promise<void> => {
  do await turn();
  while ([...atWork].some(({ waiting }) => waiting === 0));
};

/** Where nobody is, and whom it is from. */
const NOBODYS = ['f'.repeat(32), { provider: '' }] as const;

type Reply = Extract<Step['act'], { readonly kind: 'reply' }>;

const instantOf = (ms: number): Temporal.Instant => Temporal.Instant.fromEpochMilliseconds(ms);

const envelopeOf = (id: number, source: string, type: string, detail: object, time: Temporal.Instant): object => ({
  version: '0',
  id: `event-${String(id)}`,
  'detail-type': type,
  source,
  account: '000000000000',
  time: time.toString({ smallestUnit: 'second' }),
  region: 'eu-north-1',
  resources: [],
  detail,
});

const untag = (value: string | undefined): string =>
  value === undefined ? '' : Buffer.from(value, 'base64url').toString('utf8');

const isFor = (
  link: Link,
  { case: subject, about, audience }: { readonly case: string; readonly about: string; readonly audience: string },
): boolean =>
  link.case === subject && link.audience === audience && ('order' in link ? link.order : link.switch) === about;

/** The routines as the older version had them. */
const olderRoutines = (routines: Routines, { routine: change }: Deploy): Routines => {
  if (change === undefined) return routines;
  const older = (routine: Routine | undefined): Routine | undefined =>
    routine?.id === change.id ? { ...routine, rules: routine.rules.map((rule) => olderRule(rule, change)) } : routine;
  return {
    named: (id) => older(routines.named(id)),
    forService: (service) => older(routines.forService(service)),
    inForce: routines.inForce.flatMap((routine) => older(routine) ?? []),
  };
};

const olderRule = (rule: Routine['rules'][number], change: NonNullable<Deploy['routine']>): Routine['rules'][number] =>
  rule.id === change.rule && rule.within !== undefined
    ? { ...rule, within: { ...rule.within, amount: Math.max(1, rule.within.amount + change.longer) } }
    : rule;
