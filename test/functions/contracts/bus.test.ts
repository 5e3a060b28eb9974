import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { describe, expect, test } from 'vitest';
import type { Fact } from '../../../events/catalogue.ts';
import { eventBridgeBus } from '../../../functions/shared/bus/eventbridge.ts';
import { memoryBus } from '../../../functions/shared/bus/memory.ts';
import { AwsError } from '../../../infra/local/aws.ts';
import { openServers, serveAws } from '../../local/harness.ts';
import { serveAnswers } from '../../support/aws.ts';
import { fact, MONDAY_10, order, recorded } from '../../support/facts.ts';

const openEventBridge = async () => {
  const servers = openServers();
  const bus = eventBridgeBus('frist', new EventBridgeClient(await serveAws(servers)));
  const deliveredTo = async (queue: string): Promise<Fact[]> => {
    await servers.queues.idle();
    return (servers.delivered[queue] ?? []).map((body) => (JSON.parse(body) as { detail: Fact }).detail);
  };
  return {
    bus,
    received: async (source: string) => deliveredTo(source === 'frist.inbound' ? 'record-fact' : 'send-mail'),
    toPartners: async () => deliveredTo('call-partner'),
  };
};

const openMemory = async () => {
  const bus = memoryBus();
  const received = async (source: string): Promise<Fact[]> =>
    bus.published.filter((event) => event.source === source).map((event) => event.fact);
  const toPartners = async (): Promise<Fact[]> =>
    bus.published.filter(({ marks }) => marks.includes('frist:partners')).map((event) => event.fact);
  return { bus, received, toPartners };
};

const byId = (facts: readonly Fact[]): Fact[] => facts.toSorted((a, b) => (a.id < b.id ? -1 : 1));

describe.each([
  { name: 'in memory', open: openMemory },
  { name: 'on EventBridge', open: openEventBridge },
])('the bus $name', ({ open }) => {
  test('takes facts as they came in to those who record, and recorded ones to those who react', async () => {
    const { bus, received } = await open();
    const inbound = order(MONDAY_10, { goals: 'Å, ä och ö.\n”Citat” 🙂' }, { partnerref: '0042', partnernumber: 1.5 });
    const known = recorded(order(MONDAY_10), 1);
    await bus.publish('frist.inbound', [inbound]);
    await bus.publish('frist.recorded', [known]);

    expect(await received('frist.inbound')).toEqual([inbound]);
    expect(await received('frist.recorded')).toEqual([known]);
  });

  test('brings those who follow marked facts no others', async () => {
    const { bus, toPartners } = await open();
    const [one, other] = [1, 2].map((place) => recorded(order(MONDAY_10, {}, { id: String(place) }), place));
    if (one === undefined || other === undefined) throw new Error('there are two');
    await bus.publish('frist.recorded', [one], ['frist:partners']);
    await bus.publish('frist.recorded', [other]);
    expect(await toPartners()).toEqual([one]);
  });

  test('takes no fact without harm', async () => {
    const { bus, received } = await open();
    await bus.publish('frist.inbound', []);
    expect(await received('frist.inbound')).toEqual([]);
  });

  test('takes more facts, and larger ones, than one request to the service holds', async () => {
    const { bus, received } = await open();
    const text = 'Ö'.repeat(4000);
    const facts = Array.from({ length: 45 }, (_, index) =>
      index % 2 === 0
        ? order(MONDAY_10, { order: `O-${String(index)}`, goals: text, purpose: text })
        : fact('deviation.reported', MONDAY_10, { order: 'O-1', text }),
    );
    await bus.publish('frist.inbound', facts);
    expect(byId(await received('frist.inbound'))).toEqual(byId(facts));
  });

  test('takes a fact twice without harm', async () => {
    const { bus, received } = await open();
    const one = order(MONDAY_10);
    await bus.publish('frist.inbound', [one, one]);
    expect(await received('frist.inbound')).toEqual([one, one]);
  });
});

test('a bus that took some of the facts says so by an error', async () => {
  const options = await serveAnswers({
    putEvents: () => ({ FailedEntryCount: 1, Entries: [{ EventId: '1' }, { ErrorCode: 'ThrottlingException' }] }),
  });
  const bus = eventBridgeBus('frist', new EventBridgeClient(options));
  await expect(bus.publish('frist.inbound', [order(MONDAY_10), order(MONDAY_10)])).rejects.toThrow('1 of 2');
});

test('what several publish at once goes in few requests, and each hears of its own facts alone', async () => {
  const requests: string[][] = [];
  const options = await serveAnswers({
    putEvents: ({ body }) => {
      const { Entries } = body as { Entries: { Detail: string }[] };
      const ids = Entries.map(({ Detail }) => (JSON.parse(Detail) as Fact).id);
      requests.push(ids);
      return { Entries: ids.map((id) => (id === 'bad' ? { ErrorCode: 'InternalFailure' } : { EventId: id })) };
    },
  });
  const bus = eventBridgeBus('frist', new EventBridgeClient(options));
  const ids = ['a', 'b', 'bad', ...Array.from({ length: 20 }, (_, index) => `c${String(index)}`)];
  const outcomes = await Promise.allSettled(
    ids.map(async (id) => bus.publish('frist.inbound', [order(MONDAY_10, {}, { id })])),
  );

  expect(requests.flat().toSorted()).toEqual(ids.toSorted());
  expect(requests.map(({ length }) => length).toSorted((a, b) => a - b)).toEqual([1, 2, 10, 10]);
  expect(ids.filter((_, index) => outcomes[index]?.status === 'rejected')).toEqual(['bad']);
});

test('a batch does not wait for its requests one after the other, and no more than four are under way', async () => {
  const options = await serveAnswers({
    putEvents: ({ body }) => ({ Entries: (body as { Entries: unknown[] }).Entries.map(() => ({ EventId: '1' })) }),
  });
  const client = new EventBridgeClient(options);
  let underWay = 0;
  let most = 0;
  client.middlewareStack.add((next) => async (args) => {
    underWay += 1;
    most = Math.max(most, underWay);
    const answer = await next(args);
    underWay -= 1;
    return answer;
  });
  const facts = Array.from({ length: 100 }, () => order(MONDAY_10));
  await eventBridgeBus('frist', client).publish('frist.inbound', facts);
  expect(most).toBe(4);
});

test('a request that fails is an error to all whose facts were in it, and to nobody else', async () => {
  const options = await serveAnswers({
    putEvents: ({ body }) => {
      const { Entries } = body as { Entries: unknown[] };
      if (Entries.length === 10) throw new AwsError('InternalException', 'not now', 500);
      return { Entries: Entries.map(() => ({ EventId: '1' })) };
    },
  });
  const bus = eventBridgeBus('frist', new EventBridgeClient(options));
  const outcomes = await Promise.allSettled(
    Array.from({ length: 12 }, async () => bus.publish('frist.inbound', [order(MONDAY_10)])),
  );
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', ...Array(10).fill('rejected'), 'fulfilled']);
});

test('a bus that is not there is an error', async () => {
  const bus = eventBridgeBus('other', new EventBridgeClient(await serveAws(openServers())));
  await expect(bus.publish('frist.inbound', [order(MONDAY_10)])).rejects.toThrow('other');
});
