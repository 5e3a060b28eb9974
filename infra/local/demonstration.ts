import type { Temporal } from 'temporal-polyfill';
import { dayOfInstant, formatDay, formatInstant } from '../../domain/calendar/stockholm.ts';
import { PEOPLE } from './people.ts';
import type { LocalSystem } from './system.ts';

/**
 * Fills a new system with a municipality at work, through the same API as everybody: three providers, four case officers
 * and six orders in different states, one of them past its limit.
 */
export const seedDemonstration = async (system: LocalSystem): Promise<void> => {
  for (const { id, ...provider } of PROVIDERS) await send(system, 'PUT', `/api/providers/${id}`, provider);
  for (const { id, ...officer } of OFFICERS) await send(system, 'PUT', `/api/officers/${id}`, officer);
  // What was done comes before the orders, which then are not late for what has long been done.
  const [orders, done] = factsAt(system.clock.now());
  for (const facts of [done, orders]) {
    await send(system, 'POST', '/api/facts', facts);
    await system.queues.idle();
  }
};

const PROVIDERS = [
  {
    id: 'hemvard-vast',
    name: 'Hemvård Väst',
    mail: 'uppdrag@hemvardvast.example',
    kind: 'private',
    connected: false,
    services: ['personalCare', 'service', 'cleaning', 'companion'],
  },
  {
    id: 'omsorg-ab',
    name: 'Omsorg AB',
    mail: 'bestallning@omsorgab.example',
    kind: 'private',
    connected: true,
    services: ['personalCare', 'service'],
  },
  {
    id: 'kommunens-hemtjanst',
    name: 'Kommunens hemtjänst',
    mail: 'hemtjanst@exempelkommun.example',
    kind: 'municipal',
    connected: true,
    services: ['personalCare', 'service', 'careHome'],
  },
];

/** Those whom the local issuer lets in as case officers. */
const OFFICERS = PEOPLE.filter(({ roles }) => roles.includes('officer')).map(({ id, name, mail, unit }) => ({
  id,
  name,
  mail,
  unit,
  ...(id === 'anna' && { substitute: 'bo' }),
  ...(id !== 'eva' && { manager: 'eva' }),
}));

/** The orders, and what was done on them. */
const factsAt = (now: Temporal.Instant): readonly [orders: object[], done: object[]] => {
  const hoursAgo = (hours: number): Temporal.Instant => now.subtract({ hours });
  const fact = (subject: string, name: string, time: Temporal.Instant, data: object): object => ({
    specversion: '1.0',
    id: `${subject}-${name}`,
    source: '/demonstration',
    type: `se.frist.${name}.v1`,
    subject,
    time: formatInstant(time),
    data,
  });
  const order = (subject: string, time: Temporal.Instant, data: object): object =>
    fact(subject, 'order.sent', time, {
      order: `U-${subject}`,
      officer: 'anna',
      period: { from: dateOf(time) },
      ...data,
    });
  const about = (subject: string, data: object): object => ({ order: `U-${subject}`, ...data });
  return [
    [
      // Just sent: open its mail and confirm.
      order('2026-0417', now, { service: 'personalCare', provider: 'hemvard-vast' }),
      // Confirmed, and to be started.
      order('2026-0421', hoursAgo(20), { service: 'service', provider: 'omsorg-ab' }),
      // Confirmed in time and never started: the limit has passed.
      order('2026-0398', hoursAgo(70), { service: 'personalCare', provider: 'omsorg-ab' }),
      // Started; the plan is awaited.
      order('2026-0389', hoursAgo(240), { service: 'careHome', provider: 'kommunens-hemtjanst', routine: 'paraply' }),
      // Recalled: nothing is owed any more.
      order('2026-0402', hoursAgo(6), { service: 'personalCare', provider: 'hemvard-vast' }),
      // Home care of the municipality's own, within 24 hours with the cutoff at 14:00.
      order('2026-0425', hoursAgo(2), {
        service: 'personalCare',
        provider: 'kommunens-hemtjanst',
        routine: 'hemtjanst',
      }),
    ],
    [
      fact('2026-0421', 'order.confirmed', hoursAgo(18), about('2026-0421', { channel: 'api' })),
      fact('2026-0398', 'order.confirmed', hoursAgo(66), about('2026-0398', { channel: 'api' })),
      fact('2026-0389', 'order.confirmed', hoursAgo(236), about('2026-0389', { channel: 'api' })),
      fact('2026-0389', 'service.started', hoursAgo(216), about('2026-0389', { date: dateOf(hoursAgo(216)) })),
      fact('2026-0398', 'note.written', hoursAgo(1), { text: 'Ringde utföraren, som återkommer i eftermiddag.' }),
      fact('2026-0421', 'deadline.snoozed', hoursAgo(1), {
        ...about('2026-0421', { rule: 'start' }),
        until: dateOf(now.add({ hours: 48 })),
        reason: 'De börjar på måndag.',
      }),
      fact('2026-0402', 'order.recalled', hoursAgo(4), about('2026-0402', { reason: 'Fel omfattning.' })),
    ],
  ];
};

const dateOf = (instant: Temporal.Instant): string => formatDay(dayOfInstant(instant));

const send = async ({ web, token }: LocalSystem, method: string, path: string, body: object): Promise<void> => {
  const answer = await fetch(`${web}${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!answer.ok)
    throw new Error(`the demonstration was refused: ${path} ${String(answer.status)} ${await answer.text()}`);
};
