/** The local system under orders, in a process of its own: one line of JSON on standard output, its log on standard error. */

import { BatchWriteCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { Temporal } from 'temporal-polyfill';
import { formatInstant } from '../../../domain/calendar/stockholm.ts';
import { partitionOf } from '../../../functions/shared/journal/table-reader.ts';
import { openTable } from '../../../functions/shared/table.ts';
import { functions } from '../../../infra/local/functions.ts';
import { TABLE } from '../../../infra/local/names.ts';
import { startSystem, type LocalSystem } from '../../../infra/local/system.ts';
import { quantile } from '../figures.ts';

/** What the run found. Times are in milliseconds, from the moment at which an order was posted. */
export interface Found {
  readonly orders: number;
  /** From the first post until the last order stood in its journal. */
  readonly ordersPerSecond: number;
  /** From the first post until nothing was left to be done: mails, schedules and watch list too. */
  readonly settledPerSecond: number;
  /** CPU milliseconds of the whole process for an order, from the first post until all had settled. */
  readonly cpuMs: number;
  readonly alone: Latency;
  readonly loaded: Latency;
}

export interface Latency {
  readonly p50: number;
  readonly p99: number;
}

/** So many senders at once, each waiting for the answer before its next order. */
const SENDERS = 8;

const main = async (open: number, alone: number, loaded: number): Promise<Found> => {
  const system = await startSystem({ functions, backOff: [100], log: () => undefined });
  try {
    await register(system);
    await fill(system, open);
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
    const usedBefore = process.cpuUsage();
    const beganAt = system.clock.now();
    const postedLoaded = await postAll(system, many);
    await settle(system);
    const settled = performance.now() - began;
    const used = process.cpuUsage(usedBefore);
    const recorded = await Promise.all(many.map(async (order) => recordedAt(system, order)));
    const journaled = Math.max(...recorded.map((at) => msBetween(beganAt, at)));

    return {
      orders: loaded,
      ordersPerSecond: (loaded * 1000) / journaled,
      settledPerSecond: (loaded * 1000) / settled,
      cpuMs: (used.user + used.system) / 1000 / loaded,
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

/**
 * Fills the table with open cases, so many as there are to be: one that was lived through, copied item by item under other
 * numbers, the rows of the watch list with it.
 */
const fill = async (system: LocalSystem, open: number): Promise<void> => {
  const [first] = ordersOf('OPEN', 1);
  if (first === undefined) return;
  await post(system, first);
  await settle(system);
  const { client } = openTable(TABLE);
  try {
    const { Items = [] } = await client.send(
      new QueryCommand({
        TableName: TABLE,
        KeyConditionExpression: 'pk = :case',
        ExpressionAttributeValues: { ':case': partitionOf(first) },
      }),
    );
    const text = JSON.stringify(Items);
    const copies = Array.from({ length: open - 1 }, (_, index) => `OPEN-${String(index + 1)}`).values();
    await Promise.all(
      Array.from({ length: 4 }, async () => {
        for (const copy of copies) {
          const items = JSON.parse(text.replaceAll(first, copy)) as Record<string, unknown>[];
          await client.send(
            new BatchWriteCommand({ RequestItems: { [TABLE]: items.map((Item) => ({ PutRequest: { Item } })) } }),
          );
        }
      }),
    );
  } finally {
    client.destroy();
  }
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

const [open = '', alone = '', loaded = ''] = process.argv.slice(2);
process.stdout.write(`${JSON.stringify(await main(Number(open), Number(alone), Number(loaded)))}\n`);
