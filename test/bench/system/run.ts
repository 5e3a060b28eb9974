/** The local system under orders, in a process of its own: one line of JSON on standard output, its log on standard error. */

import { Temporal } from 'temporal-polyfill';
import { formatInstant } from '../../../domain/calendar/stockholm.ts';
import { functions } from '../../../infra/local/functions.ts';
import { startSystem, type LocalSystem } from '../../../infra/local/system.ts';
import { quantile } from '../figures.ts';

/** What the run found. Times are in milliseconds, from the moment at which an order was posted. */
export interface Found {
  readonly orders: number;
  /** From the first post until the last order stood in its journal. */
  readonly ordersPerSecond: number;
  /** From the first post until nothing was left to be done: mails, schedules and watch list too. */
  readonly settledPerSecond: number;
  readonly alone: Latency;
  readonly loaded: Latency;
}

export interface Latency {
  readonly p50: number;
  readonly p99: number;
}

/** So many senders at once, each waiting for the answer before its next order. */
const SENDERS = 8;

const main = async (alone: number, loaded: number): Promise<Found> => {
  const system = await startSystem({ functions, backOff: [100], log: () => undefined });
  try {
    await register(system);
    const warmUp = ordersOf('W', Math.ceil(loaded / 10));
    await postAll(system, warmUp);
    await settle(system);

    const single = ordersOf('A', alone);
    const postedAlone = new Map<string, Temporal.Instant>();
    for (const order of single) {
      postedAlone.set(order, await post(system, order));
      await settle(system);
    }

    const many = ordersOf('L', loaded);
    const began = performance.now();
    const beganAt = system.clock.now();
    const postedLoaded = await postAll(system, many);
    await settle(system);
    const settled = performance.now() - began;
    const recorded = await Promise.all(many.map(async (order) => recordedAt(system, order)));
    const journaled = Math.max(...recorded.map((at) => msBetween(beganAt, at)));

    return {
      orders: loaded,
      ordersPerSecond: (loaded * 1000) / journaled,
      settledPerSecond: (loaded * 1000) / settled,
      alone: mailLatency(system, postedAlone),
      loaded: mailLatency(system, postedLoaded),
    };
  } finally {
    await system.stop();
  }
};

const ordersOf = (prefix: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => `${prefix}-${String(index)}`);

const register = async (system: LocalSystem): Promise<void> => {
  const provider = { name: 'Omsorg AB', mail: 'uppdrag@omsorg.example', kind: 'private', services: ['personalCare'] };
  await send(system, 'PUT', '/api/providers/omsorg', provider);
  await send(system, 'PUT', '/api/officers/anna', { name: 'Anna Lind', mail: 'anna.lind@exempelkommun.example' });
};

/** Posts an order in a case of its own; answers when it began to. */
const post = async (system: LocalSystem, order: string): Promise<Temporal.Instant> => {
  const at = system.clock.now();
  await send(system, 'POST', '/api/facts', {
    specversion: '1.0',
    id: order,
    source: '/bench',
    type: 'se.frist.order.sent.v1',
    subject: order,
    time: formatInstant(at),
    data: { order, service: 'personalCare', provider: 'omsorg', officer: 'anna', period: { from: '2026-01-01' } },
  });
  return at;
};

const postAll = async (system: LocalSystem, orders: readonly string[]): Promise<Map<string, Temporal.Instant>> => {
  const posted = new Map<string, Temporal.Instant>();
  const left = orders.values();
  await Promise.all(
    Array.from({ length: SENDERS }, async () => {
      for (const order of left) posted.set(order, await post(system, order));
    }),
  );
  return posted;
};

/** Waits until nothing is left to be done. @throws when something could not be done, so that its speed means nothing */
const settle = async ({ queues }: LocalSystem): Promise<void> => {
  await queues.idle();
  for (const [queue, { deadLetters }] of Object.entries(queues.state()))
    if (deadLetters.length > 0) throw new Error(`${queue} gave up on a message: ${deadLetters[0]?.error ?? ''}`);
};

const recordedAt = async (system: LocalSystem, order: string): Promise<Temporal.Instant> => {
  const answer = await request(system, 'GET', `/api/cases/${order}/journal`);
  const { journal } = (await answer.json()) as { readonly journal: readonly { readonly recordedtime: string }[] };
  return Temporal.Instant.from(journal[0]?.recordedtime ?? '');
};

/** How long after their posts the orders' mails were handed to SES. */
const mailLatency = ({ mails }: LocalSystem, posted: ReadonlyMap<string, Temporal.Instant>): Latency => {
  const waits = mails.all().flatMap(({ tags, at }) => {
    const from = posted.get(Buffer.from(tags['case'] ?? '', 'base64url').toString());
    return from === undefined ? [] : [msBetween(from, Temporal.Instant.from(at))];
  });
  if (waits.length !== posted.size) throw new Error(`${String(waits.length)} mails for ${String(posted.size)} orders`);
  const sorted = waits.toSorted((a, b) => a - b);
  return { p50: quantile(sorted, 0.5), p99: quantile(sorted, 0.99) };
};

const msBetween = (from: Temporal.Instant, to: Temporal.Instant): number => to.since(from).total('milliseconds');

const send = async (system: LocalSystem, method: string, path: string, body: object): Promise<void> => {
  const { status } = await request(system, method, path, body);
  if (status >= 300) throw new Error(`${method} ${path} was answered ${String(status)}`);
};

const request = async ({ web, token }: LocalSystem, method: string, path: string, body?: object): Promise<Response> =>
  fetch(`${web}${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  });

const [alone = '', loaded = ''] = process.argv.slice(2);
process.stdout.write(`${JSON.stringify(await main(Number(alone), Number(loaded)))}\n`);
