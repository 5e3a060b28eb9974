import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { keyOf } from '../../domain/case/case-file.ts';
import type { RecordedFact } from '../../functions/shared/facts.ts';
import type { WatchedDeadline, WatchedTask } from '../../functions/shared/watch-list/watch-list.ts';
import * as invariants from '../simulation/invariants.ts';
import { ROUTINES } from '../simulation/lives.ts';
import type { Sent, Witness } from '../simulation/witness.ts';
import { ANNA, BO, COMMON_MAIL, EVA, HEMVARD, KOMMUNEN, moment, orderWire, UTAN_MEJL, wire } from '../support/facts.ts';
import { reply, replyAddressOf } from '../support/mail-program.ts';
import { sign } from '../support/partner.ts';
import { randomFrom } from '../../infra/local/random.ts';
import { linkIn, type Letter } from '../support/visit.ts';
import { startHardy, type Hardy } from './hardy.ts';

/*
 * The program itself, on the wire: 200 orders and what becomes of them, told by every door, while its services are throttled,
 * fail, hang and are cut off, messages are delivered twice, and the program is killed at random moments and started again on
 * what it had kept. In the end what can be seen of it from outside is held to the invariants of the simulation.
 */

const ORDERS = 200;
const SENDERS = 6;

const FAULTS = [
  { service: 'dynamodb', kind: 'throttle', probability: 0.004 },
  { service: 'dynamodb', operation: 'PutItem', kind: 'error', when: 'after', probability: 0.01 },
  { service: 'dynamodb', operation: 'UpdateItem', kind: 'error', probability: 0.01 },
  { service: 'dynamodb', operation: 'Query', kind: 'cut', probability: 0.004 },
  { service: 'dynamodb', kind: 'cut', when: 'after', probability: 0.002 },
  { service: 'dynamodb', kind: 'hang', seconds: 0.3, probability: 0.001 },
  { service: 'events', kind: 'error', probability: 0.02 },
  { service: 'events', kind: 'throttle', probability: 0.01 },
  { service: 'events', kind: 'cut', when: 'after', probability: 0.02 },
  { service: 'scheduler', kind: 'throttle', probability: 0.02 },
  { service: 'scheduler', kind: 'error', when: 'after', probability: 0.02 },
  { service: 'scheduler', kind: 'cut', probability: 0.02 },
  { service: 'ses', kind: 'throttle', probability: 0.03 },
  { service: 'ses', kind: 'error', probability: 0.005 },
  { service: 'ses', kind: 'cut', when: 'after', probability: 0.01 },
  // Longer than the function that sends may take.
  { service: 'ses', kind: 'hang', seconds: 11, times: 1 },
  { service: 's3', kind: 'error', probability: 0.05 },
  { service: 's3', kind: 'cut', when: 'after', probability: 0.02 },
  { service: 'secretsmanager', kind: 'throttle', probability: 0.2 },
  { service: 'sqs', kind: 'duplicate', probability: 0.02 },
  { service: 'sqs', kind: 'error', probability: 0.01 },
  { service: 'sqs', kind: 'error', when: 'after', probability: 0.02 },
  { service: 'sqs', kind: 'hang', seconds: 0.2, probability: 0.005 },
] as const;

const PROVIDERS = [HEMVARD, KOMMUNEN, UTAN_MEJL];
const PARTNER = 'carefox';

/** A mail as the mailbox keeps it, with what it was tagged with. */
interface Kept extends Letter {
  readonly tags: Readonly<Record<string, string>>;
}

interface Told {
  readonly case: string;
  readonly key: string;
}

/** Has so many at once work at what is to be done, each in its own order, while the program is killed now and then. */
const amidKills = async (
  hardy: Hardy,
  kills: number,
  random: () => number,
  jobs: readonly (() => Promise<void>)[],
): Promise<void> => {
  const left = [...jobs];
  let done = 0;
  const reached = Array.from({ length: kills }, (_, kill) => ({
    at: Math.floor(((kill + random()) / kills) * jobs.length),
    moment: Promise.withResolvers<void>(),
  }));
  const work = async (): Promise<void> => {
    for (let job = left.shift(); job !== undefined; job = left.shift()) {
      await job();
      done += 1;
      for (const { at, moment: here } of reached) if (done > at) here.resolve();
    }
  };
  const workers = Promise.all(Array.from({ length: SENDERS }, work));
  for (const { moment: here } of reached) {
    await here.promise;
    await hardy.kill();
  }
  await workers;
};

/** Moves the clock, and kills the program at a random moment on the way. */
const moveAndKill = async (hardy: Hardy, time: string, random: () => number): Promise<void> => {
  const moved = hardy.moveTo(time);
  await after(50 + 700 * random());
  await hardy.kill();
  await moved;
};

test('200 orders through faults and kills end as if nothing had been', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'frist-wire-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const random = randomFrom(20_261_122);
  const happens = (probability: number): boolean => random() < probability;
  const one = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)] as T;
  const hardy = await startHardy(folder, FAULTS);
  for (const { id, ...entry } of PROVIDERS) await hardy.api('PUT', `/api/providers/${id}`, entry);
  for (const { id, ...entry } of [ANNA, BO, EVA]) await hardy.api('PUT', `/api/officers/${id}`, entry);
  // Also again where the answer was lost, and with it the secret.
  const { secret } = (await hardy.api('PUT', `/api/partners/${PARTNER}?rotate=1`, {
    name: 'Carefox',
    providers: [HEMVARD.id],
  })) as { secret: string };

  const accepted: Told[] = [];
  const said: Told[] = [];
  const tell = async (...facts: readonly ReturnType<typeof wire>[]): Promise<void> => {
    for (const fact of facts) {
      const told = { case: String(fact['subject']), key: keyOf(fact as never) };
      said.push(told);
      await hardy.api('POST', '/api/facts', fact);
      accepted.push(told);
    }
  };

  // Each order is sent, now and then after what is said of it, or twice.
  const orders = Array.from({ length: ORDERS }, (_, index) => ({
    subject: `2026-${String(4000 + index)}`,
    provider: one([HEMVARD, HEMVARD, HEMVARD, KOMMUNEN, UTAN_MEJL]),
    service: one(['personalCare', 'personalCare', 'alarm', 'palliative', 'careHome', 'cleaning']),
    early: happens(0.1),
    doubled: happens(0.1),
    confirms: one(['link', 'link', 'api', 'mail', 'webhook', 'late', 'never', 'recalled']),
    starts: one(['link', 'api', 'webhook', 'late', 'never']),
    plans: happens(0.6),
  }));
  type Order = (typeof orders)[number];
  const fact = (name: string, { subject }: Order, time: string, data: object = {}) =>
    wire(name, time, { order: 'O-1', ...data }, { subject });

  await amidKills(
    hardy,
    2,
    random,
    orders.map((order) => async () => {
      const { subject, provider, service } = order;
      const sent = orderWire('2026-11-23 10:00', { provider: provider.id, service }, { subject });
      const contacted = fact('client.contacted', order, '2026-11-23 10:00');
      await tell(...(order.early ? [contacted, sent] : [sent]), ...(order.doubled ? [sent, contacted, contacted] : []));
    }),
  );
  await moveAndKill(hardy, '2026-11-23 15:00', random);

  // The doors of the providers: the link in the mail, a reply to it, a signed webhook.
  const mailbox = async (): Promise<Kept[]> => (await hardy.api('GET', '/local/mails')) as Kept[];
  const tagOf = ({ tags }: Kept, name: string): string => Buffer.from(tags[name] ?? '', 'base64url').toString('utf8');
  let letters = await mailbox();
  const letterOf = ({ subject, provider }: Order): Kept | undefined =>
    letters.findLast((mail) => mail.to.includes(provider.mail ?? '') && tagOf(mail, 'case') === subject);
  const answerByLink = async (order: Order, form: Readonly<Record<string, string>>): Promise<void> => {
    const letter = letterOf(order);
    if (letter === undefined) return;
    const { status, headers, attempts } = await hardy.insist('POST', new URL(linkIn(letter)).pathname, {
      headers: { 'content-type': 'application/x-www-form-urlencoded', origin: 'null', 'sec-fetch-site': 'same-origin' },
      body: new URLSearchParams(form).toString(),
    });
    // What was heard before its answer was lost may stand in the journal when it is said again: there is nothing more to do.
    if (status === 200 && attempts > 1) return;
    const id = new URL(headers.get('location') ?? '', 'http://frist.example').searchParams.get('tack');
    expect(status === 303 && id !== null, `${order.subject}: ${String(status)}`).toBe(true);
    accepted.push({ case: order.subject, key: keyOf({ source: '/frist/provider-page', id: id ?? '' }) });
  };
  let webhooks = 0;
  const answerByWebhook = async (order: Order, now: string, name: string, data: object): Promise<void> => {
    if (order.provider !== HEMVARD) return;
    const told = { ...fact(name, order, now, data), source: '/carefox' };
    const body = JSON.stringify(told);
    const key = { case: order.subject, key: keyOf({ ...told, partner: PARTNER }) };
    said.push(key);
    webhooks += 1;
    const id = `msg_${String(webhooks)}`;
    // Signed anew for each attempt, as a sender does that heard no answer.
    for (let attempt = 0; ; attempt += 1) {
      const signed = sign(body, secret, { id, at: moment(now).add({ seconds: attempt }) });
      const program = await hardy.program();
      const headers = { 'content-type': 'application/cloudevents+json', ...signed };
      const answer = await program.ask('POST', `/webhooks/${PARTNER}`, { headers, body }).catch(() => undefined);
      if (answer?.status === 202) break;
      if (answer !== undefined && answer.status < 500) throw new Error(`${order.subject}: ${answer.text}`);
    }
    accepted.push(key);
  };
  const mailed: string[] = [];
  const answerByMail = async (order: Order): Promise<void> => {
    const letter = letterOf(order);
    const from = order.provider.mail;
    if (letter === undefined || from === undefined) return;
    await hardy.mail(reply('Bekräftar', from), { from, to: replyAddressOf(letter) });
    mailed.push(order.subject);
  };
  const confirm = async (order: Order): Promise<void> => {
    if (order.service === 'cleaning') return;
    switch (order.confirms) {
      case 'link':
        return answerByLink(order, { answer: 'order.confirmed', start: 'other', date: '2026-11-25' });
      case 'mail':
        return answerByMail(order);
      case 'webhook':
        return answerByWebhook(order, '2026-11-23 15:00', 'order.confirmed', { order: 'O-1', channel: 'webhook' });
      case 'api':
        return tell(fact('order.confirmed', order, '2026-11-23 14:00', { channel: 'api' }));
      case 'recalled':
        return tell(fact('order.recalled', order, '2026-11-23 15:00', { reason: 'Fel omfattning.' }));
      case 'late':
      case 'never':
        return;
    }
  };
  await amidKills(
    hardy,
    2,
    random,
    orders.map((order) => async () => confirm(order)),
  );
  await moveAndKill(hardy, '2026-11-24 16:00', random);
  await moveAndKill(hardy, '2026-11-25 08:00', random);

  // What was done in time and told of late has alerts taken back; the rest is told of again, or begins.
  letters = await mailbox();
  await amidKills(
    hardy,
    1,
    random,
    orders.map((order) => async () => {
      if (order.confirms === 'recalled') return;
      if (order.confirms === 'late')
        await tell(fact('order.confirmed', order, '2026-11-24 13:00', { channel: 'officer' }));
      switch (order.starts) {
        case 'link':
          return answerByLink(order, { answer: 'service.started', date: '2026-11-25' });
        case 'webhook':
          return answerByWebhook(order, '2026-11-25 08:00', 'service.started', { date: '2026-11-25' });
        case 'api':
          return tell(fact('service.started', order, '2026-11-25 08:00', { date: '2026-11-24' }));
        case 'late':
        case 'never':
          return;
      }
    }),
  );
  await moveAndKill(hardy, '2026-11-26 12:00', random);
  await amidKills(
    hardy,
    1,
    random,
    orders.map((order) => async () => {
      if (order.confirms === 'recalled') return;
      if (order.starts === 'late')
        await tell(fact('service.started', order, '2026-11-26 12:00', { date: '2026-11-26' }));
      if (order.plans && order.starts !== 'never') await tell(fact('plan.submitted', order, '2026-11-26 12:00'));
    }),
  );
  await moveAndKill(hardy, '2026-11-27 10:00', random);

  // Nothing fails any more. Redriven, what was given up goes through; the limits that are left pass.
  await hardy.clearFaults();
  await hardy.moveTo('2026-11-27 10:01');
  const state = async () =>
    (await hardy.api('GET', '/local/queues')) as Record<string, { deadLetters: { body: string; error: string }[] }>;
  for (const queue of Object.keys(await state())) await hardy.api('POST', `/local/queues/${queue}/redrive`);
  await hardy.moveTo('2026-11-30 10:00');

  const journals = new Map<string, readonly RecordedFact[]>();
  for (const { subject } of orders)
    journals.set(
      subject,
      ((await hardy.api('GET', `/api/cases/${subject}/journal`)) as { journal: RecordedFact[] }).journal,
    );
  const everyPage = async <Row>(path: string, name: string): Promise<Row[]> => {
    const rows: Row[] = [];
    for (let cursor = ''; ;) {
      const page = (await hardy.api('GET', `${path}&limit=500${cursor}`)) as Record<string, Row[]> & { next?: string };
      rows.push(...(page[name] ?? []));
      if (page.next === undefined) return rows;
      cursor = `&cursor=${encodeURIComponent(page.next)}`;
    }
  };
  letters = await mailbox();
  const told = letters.filter(({ subject }) => !/^(?:Rutinen|Att göra i dag) ?/u.test(subject));
  const witness: Witness = {
    calm: false,
    end: moment('2026-11-30 10:00'),
    routines: ROUTINES,
    older: undefined,
    providers: PROVIDERS,
    officers: [ANNA, BO, EVA],
    roles: [],
    partners: [],
    commonMail: COMMON_MAIL,
    accepted,
    taken: [],
    appends: [...journals.values()].flatMap((journal) =>
      journal.map((noted) => ({ fact: noted, text: JSON.stringify(noted), routines: ROUTINES })),
    ),
    journals,
    published: new Map(),
    deadlines: await everyPage<WatchedDeadline>('/api/deadlines?status=open,met,breached,cancelled', 'deadlines'),
    tasks: await everyPage<WatchedTask>('/api/tasks?status=open,done', 'tasks'),
    sent: told.map((mail): Sent => ({
      mail: tagOf(mail, 'mail'),
      to: mail.to[0] ?? '',
      words: [mail.subject, mail.text, mail.html].join('\n'),
      at: Date.parse(mail.at),
      marked: true,
    })),
    bundled: [],
    sides: [],
    tells: [],
    heard: [],
    mailsIn: [],
    strays: new Set(),
    kept: new Set(),
    refusedMails: new Set(),
    links: new Map(),
    wakes: [],
    midway: undefined,
    deadLetters: Object.entries(await state()).flatMap(([queue, { deadLetters }]) =>
      deadLetters.map(({ body }) => ({ queue, body, poison: false, usedUp: false })),
    ),
    rotations: new Map(),
    steadyLists: new Map(),
  };

  const seen = [
    'acceptedOnce',
    'journalGaplessAndUnchanged',
    'watchListIsTheFold',
    'breachedIsAlertedOnce',
    'everyLimitEnds',
    'noFalseAlert',
    'neverAlertedTwice',
    'ordersAreMailed',
    'sentIsInTheJournal',
    'mailsTellNothing',
    'onlyTheUnreadableIsGivenUp',
  ] as const;
  expect(Object.fromEntries(seen.map((name) => [name, invariants.invariants[name]?.(witness)]))).toEqual(
    Object.fromEntries(seen.map((name) => [name, []])),
  );

  // Nothing stands there that nobody said and Frist did not conclude.
  const known = new Set(said.map(({ case: subject, key }) => `${subject} ${key}`));
  const invented = [...journals.values()]
    .flat()
    .filter((noted) => !noted.source.startsWith('/frist/') && !known.has(`${noted.subject} ${keyOf(noted)}`));
  expect(invented).toEqual([]);

  // A reply confirms, and is journaled once.
  for (const subject of new Set(mailed)) {
    const heard = (journals.get(subject) ?? []).filter(({ type }) => type === 'se.frist.mail.received.v1');
    expect(heard.length, subject).toBe(mailed.filter((other) => other === subject).length);
  }

  // Every mail that the journals say was sent is in the mailbox, and no more often than it may be tried.
  const times = Map.groupBy(witness.sent, ({ mail }) => mail);
  const unsent = [...journals.values()]
    .flat()
    .flatMap((noted) => (noted.type === 'se.frist.mail.sent.v1' ? [noted.data.mail] : []))
    .filter((mail) => !times.has(mail));
  expect(unsent).toEqual([]);
  expect([...times.values()].filter((its) => its.length > 3)).toEqual([]);

  // Each case officer was mailed of each alert.
  const untold = [...journals].flatMap(([subject, journal]) =>
    journal.some(({ type, data }) => type === 'se.frist.deadline.breached.v1' && data.audience === 'officer') &&
    !told.some(({ to, text, subject: title }) => to.includes(ANNA.mail) && `${title}\n${text}`.includes(subject))
      ? [subject]
      : [],
  );
  expect(untold).toEqual([]);

  // It was a life with something in it: each kind of fault struck, limits were kept, missed, dropped and annulled.
  const struck = await hardy.struck();
  const never = [...new Set(FAULTS.map(({ service, kind }) => `${service} ${kind}`))].filter(
    (name) => (struck.get(name) ?? 0) === 0,
  );
  expect(never).toEqual([]);
  const outcomes = new Set(witness.deadlines.map(({ status }) => status));
  expect([...outcomes].toSorted()).toEqual(['breached', 'cancelled', 'met', 'open']);
  expect(witness.appends.some(({ fact: noted }) => noted.type === 'se.frist.deadline.annulled.v1')).toBe(true);
  expect(await (await hardy.program()).terminate()).toBe(0);
});
