import { Temporal } from 'temporal-polyfill';
import { routinesOf, type Parameters } from '../../domain/routine/routines.ts';
import type { FactName } from '../../events/catalogue.ts';
import { ROLES } from '../../domain/routine/roles.ts';
import type { Officer, Provider, Role, RotationList } from '../../functions/shared/registers/registers.ts';
import exempelkommun from '../../infra/municipalities/exempelkommun.json' with { type: 'json' };
import { randomFrom } from '../../infra/local/random.ts';
import type { Act, Burst, Deploy, History, Step, Wire } from './history.ts';

/*
 * The random lives of a town: who is in it, and what its officers, providers and systems say about some cases. All of it is
 * drawn before anything runs, so that a part of it can be left out without changing the rest.
 */

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

// Who there is

export const PROVIDERS: readonly Provider[] = [
  {
    id: 'hemvard',
    name: 'Hemvård AB',
    mail: 'uppdrag@hemvard.example',
    kind: 'private',
    connected: false,
    services: [],
  },
  { id: 'omsorgen', name: 'Omsorgen AB', mail: 'hej@omsorgen.example', kind: 'private', connected: true, services: [] },
  { id: 'egenregi', name: 'Egen regi', mail: 'regi@kommun.example', kind: 'municipal', connected: true, services: [] },
  { id: 'utan-mejl', name: 'Utan Mejl AB', kind: 'private', connected: false, services: [] },
  {
    id: 'nattpatrullen',
    name: 'Nattpatrullen',
    mail: 'natt@kommun.example',
    kind: 'municipal',
    connected: true,
    services: [],
  },
];

/** A partner system that one of the providers works in. */
export const PARTNER = { id: 'carefox', name: 'Carefox', providers: ['hemvard'], url: 'https://carefox.example/frist' };

export const OFFICERS: readonly Officer[] = [
  { id: 'anna', name: 'Anna', mail: 'anna@kommun.example', substitute: 'bo', manager: 'eva' },
  { id: 'bo', name: 'Bo', mail: 'bo@kommun.example', manager: 'eva' },
  { id: 'eva', name: 'Eva', mail: 'eva@kommun.example' },
];

export const ROLE_MAILS: readonly Role[] = ROLES.map((id) => ({ id, mails: [`${id.toLowerCase()}@kommun.example`] }));

/** Rotation lists that nothing is changed on, and one that is. */
export const LISTS: readonly RotationList[] = [
  { id: 'personalCare', providers: [{ id: 'hemvard' }, { id: 'omsorgen' }, { id: 'egenregi' }] },
  { id: 'service', providers: [{ id: 'omsorgen' }, { id: 'hemvard' }] },
  { id: 'cleaning', providers: [{ id: 'hemvard' }, { id: 'omsorgen' }] },
  { id: 'companion', providers: [{ id: 'egenregi' }, { id: 'hemvard' }] },
];

/** The services, and the routine that each follows. */
export const SERVICES: Readonly<Record<string, string>> = exempelkommun.routines;
export const ROUTINES = routinesOf(SERVICES, exempelkommun.parameters as Parameters);

// What they say

export interface Size {
  /** How many cases, at least and at most. */
  readonly cases: readonly [number, number];
}

/** The history of a seed. Every tenth is calm: nothing fails. */
export const historyOf = (seed: number, { cases: [least, most] }: Size = { cases: [2, 5] }): History => {
  const dice = diceOf(seed);
  const start = Date.parse('2026-09-21T06:00:00Z') + dice.whole(0, 120) * DAY;
  const calm = seed % 10 === 0;
  const cases = dice.whole(least, most);
  const steps: Step[] = [];
  for (let number = 1; number <= cases; number += 1)
    steps.push(...caseOf(numberOf(seed, number), start + dice.whole(0, 10 * DAY), dice));
  if (dice.happens(0.3))
    steps.push({ id: 'list', at: start + dice.whole(0, 15 * DAY), act: { kind: 'list', list: lists(dice) } });
  if (!calm && dice.happens(0.3))
    steps.push({
      id: 'poison',
      at: start + dice.whole(0, 10 * DAY),
      act: {
        kind: 'poison',
        queue: dice.one(['record-fact', 'send-mail', 'receive-mail', 'call-partner', 'reconcile']),
        body: dice.one(['{"no": "fact"}', 'not even JSON', '{"wake": {"case": "2026-0001"}}']),
      },
    });
  const bursts = calm ? [] : burstsOf(dice, start);
  const deploy = !calm && dice.happens(0.4) ? deployOf(dice, start) : undefined;
  if (dice.happens(0.4)) steps.push(quietCase(numberOf(seed, cases + 1), start + dice.whole(0, 10 * DAY)));
  return {
    seed,
    start,
    calm,
    steps: steps.toSorted((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1)),
    bursts,
    ...(deploy !== undefined && { deploy }),
  };
};

const numberOf = (seed: number, place: number): string => `2026-${String(1000 * (seed % 9) + place).padStart(4, '0')}`;

/** An order of a service that has no limits (K8), and nothing more is said of it. */
const quietCase = (subject: string, at: number): Step => {
  const data = {
    order: 'O-1',
    service: 'cleaning',
    provider: 'hemvard',
    officer: 'anna',
    period: { from: dateAt(at + DAY) },
  };
  const time = Temporal.Instant.fromEpochMilliseconds(at).toString();
  const said = { specversion: '1.0' as const, id: `${subject}-1`, source: '/treserva', type: 'se.frist.order.sent.v1' };
  return { id: `${subject} 01`, at, act: { kind: 'tell', facts: [{ ...said, subject, time, data }] } };
};

const burstsOf = (dice: Dice, start: number): Burst[] =>
  Array.from({ length: dice.whole(0, 3) }, () => {
    const from = start + dice.whole(0, 20 * DAY);
    return {
      from,
      until: from + dice.whole(5 * MINUTE, dice.one([20 * MINUTE, 6 * HOUR])),
      calls: dice.one([
        'journal',
        'journal.append',
        'bus',
        'schedules',
        'mailer',
        'outbox',
        'watchList',
        'outcomes',
        'registers',
        'links',
        'replies',
        'messages',
        'receipts',
        'keys',
      ]),
    };
  });

const deployOf = (dice: Dice, start: number): Deploy => {
  const from = start + dice.whole(0, 15 * DAY);
  return {
    from,
    until: from + dice.whole(MINUTE, 6 * HOUR),
    unreadable: dice.happens(0.4) ? ['se.frist.staffing.reported.v1', 'se.frist.service.paused.v1'] : [],
    ...(dice.happens(0.7) && {
      routine: dice.one([
        { id: 'kundval', rule: 'confirm', longer: 1 },
        { id: 'kundval', rule: 'start', longer: -1 },
        { id: 'hemtjanst', rule: 'start', longer: 12 },
        { id: 'paraply', rule: 'confirm', longer: -2 },
        { id: 'paraply', rule: 'plan', longer: -5 },
        { id: 'lov-hemtjanst', rule: 'contact', longer: 2 },
      ]),
    }),
  };
};

/** One who is paused for a while, or back. */
const lists = (dice: Dice): RotationList => ({
  id: 'personalCare/norr',
  area: 'norr',
  providers: [
    { id: 'hemvard', paused: dice.happens(0.5) },
    { id: 'egenregi' },
    { id: 'omsorgen', cap: dice.whole(0, 3) },
  ],
});

type Say = (name: FactName, data: object, at: number, happened?: number) => void;

/** What is said about one case: an order or two, and all that can become of them. */
const caseOf = (subject: string, begins: number, dice: Dice): Step[] => {
  const steps: Step[] = [];
  let serial = 0;
  const put = (at: number, act: Act): void => {
    serial += 1;
    steps.push({ id: `${subject} ${String(serial).padStart(2, '0')}`, at: Math.round(at), act });
  };
  const wire = (name: FactName, data: object, happened: number): Wire => ({
    specversion: '1.0',
    id: `${subject}-${String(serial + 1)}`,
    source: '/treserva',
    type: `se.frist.${name}.v1`,
    subject,
    time: Temporal.Instant.fromEpochMilliseconds(Math.round(happened)).toString(),
    data,
  });
  const say: Say = (name, data, at, happened = at) => {
    const act: Act = { kind: 'tell', facts: [wire(name, data, happened)] };
    put(at, act);
    // The same again: the operational system sends its queue once more after a fault of its own.
    if (dice.happens(0.07)) put(at + dice.span(MINUTE, 3 * DAY), act);
  };
  const answer = (
    about: string,
    audience: 'provider' | 'incoming' | 'leaving',
    form: Readonly<Record<string, string>>,
    at: number,
  ): void => put(at, { kind: 'answer', case: subject, about, audience, form });
  /** The provider's own system says so, often again, and claims to have done it earlier. */
  const system = (name: FactName, data: object, at: number): void => {
    const fact = { ...wire(name, data, at - dice.span(0, 2 * DAY)), source: '/carefox' };
    const act: Act = { kind: 'webhook', message: `msg-${fact.id}`, fact };
    put(at, act);
    if (dice.happens(0.2)) put(at + dice.span(MINUTE, 3 * DAY), act);
    if (dice.happens(0.1)) put(at + dice.span(0, HOUR), { ...act, message: `${act.message}-anew` });
  };
  /** A mail back, now and then two, or to nowhere. */
  const reply = (about: string, audience: 'provider' | 'incoming' | 'leaving', at: number): void => {
    do {
      put(at + dice.span(0, HOUR), {
        kind: 'reply',
        mail: `${subject}-in-${String(serial + 1)}`,
        case: subject,
        about,
        audience,
        text: dice.one(['Bekräftar', 'Bekräftar', 'Mottaget!', 'Hur många timmar?', '']),
        ...(dice.happens(0.1) && { from: 'someone@else.example' }),
        ...(dice.happens(0.15) && { astray: true }),
      });
    } while (dice.happens(0.15));
  };
  const provides: Provides = { answer, system, reply };

  // The one routine that tells both sides of a switch in one step has one service here.
  const service = dice.one([...Object.keys(SERVICES), 'alarm', 'alarm']);
  const provider = dice.one(['hemvard', 'hemvard', 'omsorgen', 'egenregi', 'utan-mejl']);
  const life = {
    subject,
    service,
    provider,
    routine: SERVICES[service] ?? '',
    officer: dice.one(['anna', 'anna', 'bo', 'nobody']),
  };
  beforeOrder(life, begins, dice, say);
  const sent = begins + dice.span(HOUR, 3 * DAY);
  orderLife('O-1', life, sent, dice, say, provides);
  if (dice.happens(0.25)) switchLife(life, sent + dice.span(HOUR, 6 * DAY), dice, say, provides);
  if (dice.happens(0.2)) {
    // The order is put right and sent anew, or the same service to another provider beside it.
    const anew = sent + dice.span(HOUR, 4 * DAY);
    const replaces = dice.happens(0.6) ? 'O-1' : undefined;
    if (dice.happens(0.5)) say('order.queried', { order: 'O-1', question: 'Hur många timmar?' }, anew - HOUR);
    if (replaces === undefined || dice.happens(0.5))
      say('order.recalled', { order: 'O-1', reason: 'Fel omfattning.' }, anew - 10 * MINUTE);
    orderLife('O-2', { ...life, officer: dice.one(['anna', 'bo']) }, anew, dice, say, provides, replaces);
  }
  return steps;
};

interface Life {
  readonly subject: string;
  readonly service: string;
  readonly provider: string;
  readonly routine: string;
  readonly officer: string;
}

const beforeOrder = ({ service }: Life, begins: number, dice: Dice, say: Say): void => {
  if (dice.happens(0.5)) {
    say('decision.made', { decision: 'B-1', service, legalBasis: 'SoL', on: dateAt(begins) }, begins);
    if (dice.happens(0.6)) say('decision.registered', { decision: 'B-1' }, begins + dice.span(MINUTE, 2 * DAY));
  }
  if (dice.happens(0.5)) {
    if (dice.happens(0.5))
      say('choice.abstained', { service, ...(dice.happens(0.3) && { area: 'norr' }) }, begins + dice.span(0, DAY));
    else say('choice.made', { service, provider: 'hemvard', form: 'oral' }, begins + dice.span(0, DAY));
  }
  if (['careHome', 'shortTerm', 'dayActivity'].includes(service) && dice.happens(0.7)) {
    const day = dateAt(begins + 3 * DAY);
    if (service === 'dayActivity') say('queue.entered', { service }, begins);
    else
      say(
        'placement.requested',
        { service, location: 'Avdelning 3.', dischargeReadyOn: day, paymentLiabilityFrom: day },
        begins,
      );
    if (dice.happens(0.8)) say('placement.offered', { service, home: 'ekgarden' }, begins + dice.span(HOUR, DAY));
    if (dice.happens(0.7)) say('placement.accepted', { service, home: 'ekgarden' }, begins + dice.span(DAY, 2 * DAY));
  }
  if (service === 'cleaning' && dice.happens(0.4)) say('certificate.issued', { service }, begins + dice.span(0, DAY));
};

type Side = 'provider' | 'incoming' | 'leaving';

/** How a provider speaks: by the page, by its own system, and by answering the mail. */
interface Provides {
  readonly answer: (about: string, audience: Side, form: Readonly<Record<string, string>>, at: number) => void;
  readonly system: (name: FactName, data: object, at: number) => void;
  readonly reply: (about: string, audience: Side, at: number) => void;
}

const orderLife = (
  order: string,
  life: Life,
  sent: number,
  dice: Dice,
  say: Say,
  { answer, system, reply }: Provides,
  replaces?: string,
): void => {
  const { service, provider, officer, routine } = life;
  const urgent = dice.happens(0.15);
  const late = dice.happens(0.15) ? { startNotBefore: dateAt(sent + dice.span(DAY, 10 * DAY)) } : {};
  const written = {
    order,
    service,
    provider,
    officer,
    period: { from: dateAt(sent + DAY), ...(dice.happens(0.2) && { to: dateAt(sent + 40 * DAY) }) },
    ...(routine === 'ledsagning' &&
      dice.happens(0.95) && { goals: 'Ett mål.', purpose: 'Ett syfte.', hours: { perMonth: 20, perWeek: 5 } }),
    ...(urgent && { urgency: 'urgent', startWithinHours: dice.whole(1, 8) }),
    ...(dice.happens(0.2) && { shifts: ['day', 'night'] }),
    ...(dice.happens(0.4) && { consent: dice.happens(0.7) }),
    ...(dice.happens(0.3) && { homeHealthCare: true }),
    ...late,
    ...(replaces !== undefined && { replaces }),
  };
  const told = sent + (dice.happens(0.2) ? dice.span(HOUR, 2 * DAY) : dice.span(0, MINUTE));
  if (routine === 'paraply' && dice.happens(0.3))
    say('order.placedOrally', { order, provider, service }, sent - 2 * HOUR);
  if (dice.happens(0.06)) say('order.sent', { ...written, provider: 'nobody-knows' }, told - MINUTE, sent - MINUTE);
  say('order.sent', written, told, sent);

  // Near the limits, which lie at midnights and at the minute of the order, as often as anywhere.
  const when = (days: number): number =>
    dice.one([
      sent + dice.span(MINUTE, days * DAY),
      midnightAfter(sent + dice.span(0, days * DAY)) + dice.whole(-3, 3) * MINUTE,
      sent + dice.whole(1, days) * DAY + dice.whole(-2, 2) * MINUTE,
    ]);
  const confirmed = when(3);
  /** Its system is that of the partner. */
  const hasSystem = PARTNER.providers.includes(provider);
  if (dice.happens(0.7)) {
    if (hasSystem && dice.happens(0.3)) system('order.confirmed', { order, channel: 'webhook' }, confirmed);
    else if (dice.happens(0.3)) reply(order, 'provider', confirmed);
    else if (dice.happens(0.6))
      answer(
        order,
        'provider',
        { answer: 'order.confirmed', start: 'other', date: dateAt(confirmed + DAY) },
        confirmed,
      );
    else
      say(
        'order.confirmed',
        { order, channel: dice.one(['api', 'officer']), plannedStart: dateAt(confirmed + DAY) },
        confirmed,
      );
    if (dice.happens(0.15))
      say(
        'order.confirmed',
        { order, channel: 'officer' },
        confirmed + dice.span(0, DAY),
        confirmed - dice.span(0, DAY),
      );
  }
  if (dice.happens(0.2))
    say('provider.contacted', { order, provider, channel: 'phone', delivery: 'post' }, sent + dice.span(0, DAY));
  if (dice.happens(0.3)) say('client.contacted', { order }, when(4));
  if (dice.happens(0.15))
    say(
      'start.agreed',
      { order, date: dateAt(sent + dice.span(DAY, 10 * DAY)), agreedWith: 'client' },
      sent + dice.span(0, 3 * DAY),
    );
  if (dice.happens(0.1))
    say(
      'deadline.postponed',
      {
        order,
        rule: dice.one(['start', 'confirm', 'plan']),
        until: dateAt(sent + dice.span(DAY, 12 * DAY)),
        by: 'client',
        reason: 'Är bortrest.',
      },
      sent + dice.span(0, 3 * DAY),
    );
  const started = when(6);
  const begun = dice.happens(0.7);
  if (begun) {
    const form = { answer: 'service.started', date: dateAt(started) };
    if (hasSystem && dice.happens(0.3))
      system('service.started', { order, date: dateAt(started - dice.span(0, DAY)) }, started);
    else if (dice.happens(0.5)) answer(order, 'provider', form, started);
    else
      say(
        'service.started',
        { order, date: dateAt(started) },
        started + (dice.happens(0.3) ? dice.span(0, 5 * DAY) : 0),
      );
    if (dice.happens(0.4)) say('start.registered', { order, date: dateAt(started) }, started + dice.span(HOUR, DAY));
    if (dice.happens(0.6)) say('plan.submitted', { order }, started + dice.span(DAY, 25 * DAY));
  } else if (dice.happens(0.3)) say('service.notExecuted', { order, reason: 'Kunde inte nås.' }, started);
  const later = started + dice.span(DAY, 12 * DAY);
  if (dice.happens(0.1)) say('service.changed', { order, reason: 'increased' }, later);
  if (dice.happens(0.1)) {
    const data = { order, text: 'Ett besök uteblev.' };
    if (hasSystem) system('deviation.reported', data, later);
    else say('deviation.reported', data, later);
  }
  if (dice.happens(0.05)) reply(order, 'provider', later);
  if (dice.happens(0.08)) say('change.requested', { order, text: 'Mer tid.' }, later);
  if (dice.happens(0.08)) say('staffing.reported', { order, relativeHoursPerWeek: 12, otherEmployees: 0 }, later);
  if (dice.happens(0.15)) {
    if (dice.happens(0.5)) say('absence.known', { order, from: dateAt(later) }, later - DAY);
    say('service.paused', { order, from: dateAt(later), reason: 'Sjukhus.' }, later + dice.span(0, 9 * DAY));
    if (dice.happens(0.6)) say('service.resumed', { order, on: dateAt(later + 10 * DAY) }, later + 10 * DAY);
  }
  if (dice.happens(0.1)) say('task.done', { task: `obtainConsent:${order}` }, later);
  if (dice.happens(0.6))
    say(
      'service.ended',
      { order, on: dateAt(later + 2 * DAY), reason: dice.one(['ended', 'moved', 'deceased']) },
      later + dice.span(2 * DAY, 6 * DAY),
    );
};

const switchLife = (
  { service, provider }: Life,
  at: number,
  dice: Dice,
  say: Say,
  { answer, system, reply }: Provides,
): void => {
  const toProvider = dice.one(['hemvard', 'omsorgen', 'egenregi', 'utan-mejl'].filter((one) => one !== provider));
  say(
    'switch.requested',
    { switch: 'X-1', service, from: 'O-1', toProvider, ...(dice.happens(0.3) && { noContactWithLeaving: true }) },
    at,
  );
  const day = dateAt(at + dice.span(5 * DAY, 16 * DAY));
  if (dice.happens(0.3))
    say('provider.contacted', { switch: 'X-1', provider: 'leaving', channel: 'phone' }, at + dice.span(0, 2 * DAY));
  if (dice.happens(0.15)) reply('X-1', dice.one(['incoming', 'leaving']), at + dice.span(HOUR, 3 * DAY));
  if (dice.happens(0.6)) {
    const hasSystem = PARTNER.providers.includes(toProvider);
    if (hasSystem && dice.happens(0.4))
      system('switch.dateAgreed', { switch: 'X-1', date: day, by: 'incoming' }, at + dice.span(HOUR, 4 * DAY));
    else if (dice.happens(0.5))
      answer(
        'X-1',
        dice.one(['incoming', 'leaving']),
        { answer: 'switch.dateAgreed', date: day, consent: 'yes' },
        at + dice.span(HOUR, 4 * DAY),
      );
    else
      say(
        'switch.dateAgreed',
        { switch: 'X-1', date: day, by: dice.one(['incoming', 'leaving', 'officer']) },
        at + dice.span(HOUR, 4 * DAY),
      );
  }
  if (dice.happens(0.15))
    say(
      'switch.requested',
      { switch: 'X-2', service, from: 'O-1', toProvider: provider },
      at + dice.span(HOUR, 3 * DAY),
    );
  else if (dice.happens(0.5)) say('switch.completed', { switch: 'X-1', on: day }, at + dice.span(6 * DAY, 17 * DAY));
};

// Chance and time

const diceOf = (seed: number) => {
  const random = randomFrom(seed * 2_654_435_761 + 97);
  const whole = (from: number, to: number): number => from + Math.floor(random() * (to - from + 1));
  return {
    happens: (probability: number): boolean => random() < probability,
    whole,
    span: (from: number, to: number): number => whole(from, Math.max(from, to)),
    one: <T>(all: readonly T[]): T => all[whole(0, all.length - 1)] as T,
  };
};

type Dice = ReturnType<typeof diceOf>;

const inStockholm = (ms: number): Temporal.ZonedDateTime =>
  Temporal.Instant.fromEpochMilliseconds(Math.round(ms)).toZonedDateTimeISO('Europe/Stockholm');

const dateAt = (ms: number): string => inStockholm(ms).toPlainDate().toString();

const midnightAfter = (ms: number): number => inStockholm(ms).add({ days: 1 }).startOfDay().epochMilliseconds;
