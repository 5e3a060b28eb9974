/** Counts what an order's life asks of AWS, at the servers that stand in for it. */

import { createServer, request as forward, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { SQSEvent } from 'aws-lambda';
import { Temporal } from 'temporal-polyfill';
import { functions } from '../../../infra/local/functions.ts';
import { type Create, startSystem } from '../../../infra/local/system.ts';
import { type FunctionName, wiring } from '../../../infra/wiring.ts';

/** How often each was asked, by service and operation, as the price list names them. */
export type Counts = Readonly<Record<string, number>>;

export interface Life {
  /** What was asked for all the orders together. */
  readonly counts: Counts;
  /** The facts that stand in the journals at the end, by short name. */
  readonly facts: Readonly<Record<string, number>>;
  readonly mails: number;
  readonly orders: number;
}

/** One order in so many is started too late, so that its case officer is alerted. */
export const ORDERS = 20;

/**
 * Lives through the orders, each in a case of its own and apart in time, so that no batch holds more than its own: sent by
 * the operational system, mailed, confirmed by the link, its start reminded of to the provider and to the case officer,
 * started, planned; and all the wakes that come of it.
 */
export const countLives = async (orders = ORDERS): Promise<Life> => {
  const counts = new Map<string, number>();
  const count = (what: string, times = 1): void => void counts.set(what, (counts.get(what) ?? 0) + times);

  const counted = Object.fromEntries(
    Object.entries(functions).map(([name, create]): [string, Create] => [name, countedAs(name, create, count)]),
  ) as Record<FunctionName, Create>;
  const written = process.stderr.write.bind(process.stderr);
  process.stderr.write = () => true;
  const system = await startSystem({
    functions: counted,
    now: Temporal.Instant.from('2026-11-02T08:00:00Z'),
    backOff: [5],
    log: () => undefined,
  });
  const proxies = await Promise.all([
    between('AWS_ENDPOINT_URL_DYNAMODB', count),
    between('AWS_ENDPOINT_URL_EVENTBRIDGE', count),
    between('AWS_ENDPOINT_URL_SCHEDULER', count),
    between('AWS_ENDPOINT_URL_SESV2', count),
  ]);
  try {
    const ask = async (method: string, path: string, body?: object | string): Promise<string> => {
      const answer = await fetch(path.startsWith('http') ? path : system.web + path, {
        method,
        redirect: 'manual',
        headers:
          typeof body === 'string'
            ? { 'content-type': 'application/x-www-form-urlencoded', origin: 'null' }
            : { 'content-type': 'application/json', authorization: `Bearer ${system.token}` },
        ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      });
      const text = await answer.text();
      if (answer.status >= 400)
        throw new Error(
          `${method} ${path} at ${system.clock.now().toString()} was answered ${String(answer.status)}: ${text}`,
        );
      return text;
    };
    const moveTo = async (time: Temporal.ZonedDateTime): Promise<unknown> =>
      ask('POST', '/local/clock', { to: time.toInstant().toString() });
    const tell = async (name: string, order: string, data: object): Promise<void> => {
      await ask('POST', '/api/facts', {
        specversion: '1.0',
        id: `${name}-${order}`,
        source: '/treserva',
        type: `se.frist.${name}.v1`,
        subject: order,
        time: system.clock.now().toString(),
        data: { order, ...data },
      });
      await system.queues.idle();
    };

    await ask('PUT', '/api/providers/omsorg', {
      name: 'Omsorg AB',
      mail: 'uppdrag@omsorg.example',
      kind: 'private',
      services: ['personalCare'],
    });
    await ask('PUT', '/api/officers/anna', { name: 'Anna Lind', mail: 'anna.lind@exempelkommun.example' });
    counts.clear();

    const facts = new Map<string, number>();
    for (let index = 0; index < orders; index += 1) {
      const order = `2026-${String(index + 1).padStart(4, '0')}`;
      // A Monday each, the weeks from the first on.
      const monday = Temporal.ZonedDateTime.from('2026-11-09T10:00[Europe/Stockholm]').add({ weeks: 6 * index });
      const on = (days: number, time: string) => monday.add({ days }).withPlainTime(time);
      await moveTo(monday);
      await tell('order.sent', order, {
        service: 'personalCare',
        provider: 'omsorg',
        officer: 'anna',
        decision: `B-${order}`,
        period: { from: monday.toPlainDate().toString() },
        hours: { perMonth: 42, perWeek: 10 },
      });
      const mail = system.mails.all().findLast(({ to }) => to.includes('uppdrag@omsorg.example'));
      const link = /https?:\S+/u.exec(mail?.text ?? '')?.[0] ?? '';
      await moveTo(on(0, '14:00'));
      await ask('GET', link);
      await ask('POST', link, `start=${on(2, '09:00').toPlainDate().toString()}`);
      await system.queues.idle();
      const isLate = index % 20 === 19;
      await moveTo(isLate ? on(3, '09:00') : on(2, '09:30'));
      await tell('service.started', order, {
        date: system.clock.now().toZonedDateTimeISO('Europe/Stockholm').toPlainDate().toString(),
      });
      await moveTo(on(9, '10:00'));
      await tell('plan.submitted', order, {});
      await moveTo(on(35, '10:00'));
    }
    const before = new Map(counts);
    for (let index = 0; index < orders; index += 1) {
      const { journal } = JSON.parse(
        await ask('GET', `/api/cases/2026-${String(index + 1).padStart(4, '0')}/journal`),
      ) as { readonly journal: readonly { readonly type: string }[] };
      for (const { type } of journal) {
        const name = type.slice('se.frist.'.length, -'.v1'.length);
        facts.set(name, (facts.get(name) ?? 0) + 1);
      }
    }
    const mails = system.mails.all().filter(({ subject }) => subject.startsWith('Ärende')).length;
    return {
      counts: Object.fromEntries([...before].toSorted(([a], [b]) => (a < b ? -1 : 1))),
      facts: Object.fromEntries(facts),
      mails,
      orders,
    };
  } finally {
    await system.stop();
    for (const stop of proxies) stop();
    process.stderr.write = written;
  }
};

type Count = (what: string, times?: number) => void;

/** Whether a function has its queue for nothing but rounds. */
const goesRounds = (name: string): boolean => {
  const queue = wiring[name as FunctionName].queue;
  return queue !== undefined && !queue.facts && !queue.mailEvents && !queue.schedules;
};

/** A function whose invocations and the messages that started them are counted. */
const countedAs =
  (name: string, create: Create, count: Count): Create =>
  (runtime) => {
    const handler = create(runtime);
    return async (event) => {
      // The rounds of each hour, morning and day are the whole municipality's, however many orders there are.
      if (goesRounds(name) || /"(?:daily|hourly)\\":true/u.test(JSON.stringify(event))) return {};
      count(`Lambda invocation, ${name}`);
      const { Records } = event as Partial<SQSEvent>;
      if (Records === undefined) count('API Gateway request');
      else {
        count('SQS SendMessage', Records.length);
        count('SQS ReceiveMessage');
        count('SQS DeleteMessageBatch');
        count('Scheduler invocation', Records.filter(({ body }) => !body.includes('"detail-type"')).length);
      }
      return handler(event);
    };
  };

/** Puts a server between the SDK's clients and the local one, which counts what goes by. */
const between = async (variable: string, count: Count): Promise<() => void> => {
  const indexes = indexCounter(count);
  const to = new URL(process.env[variable] ?? '');
  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const body = Buffer.concat(chunks);
      const { method, url: path, headers } = incoming;
      const on = forward(
        { host: to.hostname, port: to.port, method, path, headers: { ...headers, host: to.host } },
        (answer) => {
          const parts: Buffer[] = [];
          answer.on('data', (part: Buffer) => parts.push(part));
          answer.on('end', () => {
            const said = Buffer.concat(parts);
            note(count, indexes, { headers, path: path ?? '', asked: body.toString(), said: said.toString() });
            outgoing.writeHead(answer.statusCode ?? 500, answer.headers).end(said);
          });
        },
      );
      on.on('error', () => outgoing.destroy());
      on.end(body);
    });
  });
  const { promise: listening, resolve } = Promise.withResolvers<void>();
  server.listen(0, '127.0.0.1', resolve);
  await listening;
  process.env[variable] = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  return () => {
    server.closeAllConnections();
    server.close();
  };
};

/**
 * Counts what a write of an item writes in the two indexes of the watch list too: one where it comes in, goes or changes in
 * its place, two where its place becomes another, which is taken away and written anew.
 */
const indexCounter = (count: Count): ((request: TableRequest) => void) => {
  const places = new Map<string, string>();
  return ({ Item, Key }) => {
    const named = JSON.stringify([(Item ?? Key)?.['pk'], (Item ?? Key)?.['sk']]);
    for (const index of ['watch', 'officer']) {
      const key = `${index} ${named}`;
      const before = places.get(key);
      const place = Item?.[index] && JSON.stringify([Item[index], Item['due']]);
      if (place === undefined) places.delete(key);
      else places.set(key, place);
      const writes = Number(before !== undefined) + Number(place !== undefined);
      if (writes > 0) count('DynamoDB write unit, index', before === place ? 1 : writes);
    }
  };
};

/** An item, or a part of one, as it goes over the wire: each value under the name of its type. */
type Attributes = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

interface TableRequest {
  readonly Item?: Attributes;
  readonly Key?: Attributes;
  readonly ConsistentRead?: boolean;
  readonly ProjectionExpression?: string;
}

/** `case#2026-0001` and `fact#0000000001` under `pk` and `sk`. */
const KEY_BYTES = 34;

/** As DynamoDB counts: names and values in UTF-8, numbers by half their digits, 3 for a map or a list and 1 for each in it. */
const bytesOf = (attributes: Attributes): number =>
  Object.entries(attributes).reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + bytesOfValue(value), 0);

const bytesOfValue = (value: Readonly<Record<string, unknown>>): number => {
  const [[type, inner] = ['NULL', true]] = Object.entries(value);
  switch (type) {
    case 'S':
      return Buffer.byteLength(String(inner));
    case 'N':
      return 1 + Math.ceil(String(inner).length / 2);
    case 'M': {
      const map = inner as Attributes;
      return 3 + Object.keys(map).length + bytesOf(map);
    }
    case 'L':
      return 3 + (inner as Attributes[string][]).reduce((sum, one) => sum + 1 + bytesOfValue(one), 0);
    default:
      return Array.isArray(inner) ? inner.reduce((sum: number, one) => sum + String(one).length, 0) : 1;
  }
};

const note = (
  count: Count,
  countIndexes: (request: TableRequest) => void,
  { headers, path, asked, said }: { headers: IncomingHttpHeaders; path: string; asked: string; said: string },
): void => {
  const target = headers['x-amz-target']?.toString();
  const operation = target?.split('.').at(-1) ?? '';
  if (operation === 'PutEvents') {
    count('EventBridge PutEvents');
    count('EventBridge event', (JSON.parse(asked) as { Entries: unknown[] }).Entries.length);
  } else if (target?.startsWith('DynamoDB') === true) {
    count(`DynamoDB ${operation}`);
    const request = JSON.parse(asked) as TableRequest;
    if (operation === 'Query' || operation === 'GetItem') {
      const { Item, Items = Item ? [Item] : [] } = JSON.parse(said) as { Item?: Attributes; Items?: Attributes[] };
      // What a projection leaves out was read all the same: in a journal, the keys.
      const bytes = Items.reduce(
        (sum, item) => sum + bytesOf(item) + (request.ProjectionExpression ? KEY_BYTES : 0),
        0,
      );
      count('DynamoDB read unit', Math.max(1, Math.ceil(bytes / 4096)) * (request.ConsistentRead === true ? 1 : 0.5));
    } else {
      count('DynamoDB write unit', Math.max(1, Math.ceil(bytesOf(request.Item ?? {}) / 1024)));
      if (operation !== 'UpdateItem') countIndexes(request);
    }
  } else if (path.startsWith('/schedules')) count('Scheduler CreateSchedule');
  else count('SES SendEmail');
};
