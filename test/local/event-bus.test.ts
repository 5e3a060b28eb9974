import {
  EventBridgeClient,
  EventBridgeServiceException,
  PutEventsCommand,
  type PutEventsRequestEntry,
  ResourceNotFoundException,
} from '@aws-sdk/client-eventbridge';
import { expect, test } from 'vitest';
import { openServers, serveAws, type Servers } from './harness.ts';

const entry = (more: PutEventsRequestEntry = {}): PutEventsRequestEntry => ({
  EventBusName: 'frist',
  Source: 'frist.inbound',
  DetailType: 'se.frist.order.sent.v1',
  Detail: '{"id":"1"}',
  ...more,
});

const start = async (): Promise<{
  servers: Servers;
  put: (...Entries: PutEventsRequestEntry[]) => Promise<object>;
}> => {
  const servers = openServers();
  const client = new EventBridgeClient(await serveAws(servers));
  return { servers, put: async (...Entries) => client.send(new PutEventsCommand({ Entries })) };
};

test('an event reaches the queues whose rule matches its source, in the envelope of EventBridge', async () => {
  const { servers, put } = await start();

  const answer = await put(entry());
  await servers.queues.idle();

  expect(answer).toMatchObject({ FailedEntryCount: 0, Entries: [{ EventId: expect.any(String) }] });
  expect(Object.keys(servers.delivered)).toEqual(['record-fact']);
  expect(JSON.parse(servers.delivered['record-fact']?.[0] ?? '')).toEqual({
    version: '0',
    id: expect.any(String),
    'detail-type': 'se.frist.order.sent.v1',
    source: 'frist.inbound',
    account: '000000000000',
    time: '2026-12-21T08:00:00Z',
    region: 'eu-north-1',
    resources: [],
    detail: { id: '1' },
  });
});

test('a rule with names takes only those facts, and one with a mark only those that have it', async () => {
  const { servers, put } = await start();

  await put(
    entry({ Source: 'frist.recorded', Resources: ['frist:partners'] }),
    entry({ Source: 'frist.recorded', Detail: '{"id":"2"}' }),
    entry({
      Source: 'frist.recorded',
      DetailType: 'se.frist.choice.made.v1',
      Detail: '{"id":"3"}',
      Resources: ['frist:partners'],
    }),
    entry({ Source: 'somebody.else' }),
  );
  await servers.queues.idle();

  const idsIn = (queue: string) =>
    servers.delivered[queue]?.map((body) => (JSON.parse(body) as { detail: { id: string } }).detail.id).toSorted();
  expect(idsIn('send-mail')).toEqual(['1', '2']);
  expect(idsIn('call-partner')).toEqual(['1']);
});

test('entries are judged one by one, and the good ones are delivered', async () => {
  const { servers, put } = await start();

  const answer = await put(
    entry({ Source: undefined }),
    entry({ DetailType: undefined }),
    entry({ Detail: undefined }),
    entry({ Detail: '{"id":' }),
    entry({ Detail: '["id"]' }),
    entry({ Source: 'aws.ses' }),
    entry(),
  );
  await servers.queues.idle();

  expect(answer).toMatchObject({
    FailedEntryCount: 6,
    Entries: [
      { ErrorCode: 'InvalidArgument', ErrorMessage: expect.stringContaining('Source') },
      { ErrorCode: 'InvalidArgument', ErrorMessage: expect.stringContaining('DetailType') },
      { ErrorCode: 'InvalidArgument', ErrorMessage: expect.stringContaining('Detail') },
      { ErrorCode: 'MalformedDetail' },
      { ErrorCode: 'MalformedDetail' },
      { ErrorCode: 'NotAuthorizedForSourceException' },
      { EventId: expect.any(String) },
    ],
  });
  expect(servers.delivered['record-fact']).toHaveLength(1);
});

test('more than ten entries are refused', async () => {
  const { put } = await start();
  const refused = put(...Array.from({ length: 11 }, () => entry()));
  await expect(refused).rejects.toThrow(EventBridgeServiceException);
  await expect(refused).rejects.toMatchObject({ name: 'ValidationException' });
});

test('entries of more than 256 KB are refused', async () => {
  const { put } = await start();
  const Detail = JSON.stringify({ text: 'å'.repeat(128 * 1024) });
  await expect(put(entry({ Detail }))).rejects.toMatchObject({ name: 'ValidationException' });
});

test('a bus that is not there is refused', async () => {
  const { servers, put } = await start();
  await expect(put(entry(), entry({ EventBusName: 'other' }))).rejects.toThrow(ResourceNotFoundException);
  await expect(put(entry({ EventBusName: undefined }))).rejects.toThrow(ResourceNotFoundException);
  await servers.queues.idle();
  expect(servers.delivered).toEqual({});
});
