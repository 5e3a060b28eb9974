import { Temporal } from 'temporal-polyfill';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { metricAges } from '../../../functions/shared/dead-letters/ages.ts';
import { memoryDeadLetters } from '../../../functions/shared/dead-letters/memory.ts';
import { sqsDeadLetters } from '../../../functions/shared/dead-letters/sqs.ts';
import { awsListener } from '../../../infra/local/aws.ts';
import { pointAwsClientsAt } from '../../../infra/local/environment.ts';
import { listen } from '../../../infra/local/http.ts';
import { placesOf, QUEUE_PREFIX } from '../../../infra/local/names.ts';
import type { DeadLetter } from '../../../infra/local/queues.ts';
import { sqsApi } from '../../../infra/local/sqs.ts';
import type { FunctionName } from '../../../infra/wiring.ts';

const NOW = Temporal.Instant.from('2026-11-23T09:00:00Z');
const SINCE = '2026-11-23T06:30:00Z';

/** Queues that gave up on so many messages, the oldest at {@link SINCE}. */
const stuck = (waiting: Readonly<Record<string, number>>) => {
  const left = new Map<string, DeadLetter[]>();
  for (const [queue, length] of Object.entries(waiting)) {
    // Of the scheduler's, each was meant for another function's queue, and one for nobody's.
    const meantFor = (index: number): string =>
      queue === 'schedules-undelivered'
        ? `${QUEUE_PREFIX}${['record-fact', 'send-mail', 'somebody-else'][index % 3] ?? ''}`
        : `${QUEUE_PREFIX}${queue.replace(/-undelivered$/u, '')}`;
    const letters = Array.from({ length }, (_, index) => ({
      messageId: `${queue}-${String(index)}`,
      body: `{"of":"${queue}","number":${String(index)}}`,
      receives: 5,
      error: JSON.stringify({ TARGET_ARN: meantFor(index) }),
      sent: Temporal.Instant.from(SINCE).epochMilliseconds + index * 1000,
    }));
    left.set(queue, letters);
  }
  const sent: { readonly queue: string; readonly body: string }[] = [];
  return {
    sent,
    has: (queue: string) => left.has(queue),
    state: () =>
      Object.fromEntries([...left].map(([queue, deadLetters]) => [queue, { waiting: 0, inFlight: 0, deadLetters }])),
    redrive: (queue: string): number => {
      const moved = left.get(queue) ?? [];
      sent.push(...moved.map(({ body }) => ({ queue, body })));
      left.set(queue, []);
      return moved.length;
    },
    send: (messages: readonly { readonly queue: string; readonly body: string }[]) => void sent.push(...messages),
    undelivered: (queue: string) => left.get(`${queue}-undelivered`) ?? [],
    forget: (messageId: string) => {
      for (const [queue, letters] of left)
        left.set(
          queue,
          letters.filter((letter) => letter.messageId !== messageId),
        );
    },
  };
};

let queues = stuck({});
const closers: (() => unknown)[] = [];
beforeAll(async () => {
  const service = sqsApi(
    {
      has: (queue) => queues.has(queue),
      state: () => queues.state(),
      redrive: (queue) => queues.redrive(queue),
      send: (messages) => queues.send(messages),
      undelivered: (queue) => queues.undelivered(queue),
      forget: (messageId) => queues.forget(messageId),
    },
    () => NOW,
  );
  const server = await listen(
    0,
    awsListener(service, () => undefined),
  );
  closers.push(server.stop, pointAwsClientsAt({ dynamo: server.address, aws: server.address }));
});
afterAll(async () => {
  while (closers.length > 0) await closers.pop()?.();
});

const lines: string[] = [];
const ages = metricAges({ clock: () => NOW, log: (code) => lines.push(code) });

/** Where the queues are, each a function's with its rules' own; and the scheduler's. */
const open = (waiting: Readonly<Record<string, number>>) => {
  queues = stuck({ 'send-mail': 0, 'record-fact': 0, ...waiting });
  const names = ['record-fact', 'send-mail'] as FunctionName[];
  return sqsDeadLetters(placesOf(names, names), ages);
};

const NONE = {
  'record-fact': 0,
  'record-fact-undelivered': 0,
  'schedules-undelivered': 0,
  'send-mail': 0,
  'send-mail-undelivered': 0,
};

describe.each([
  {
    name: 'in memory',
    opened: (waiting: Readonly<Record<string, number>>) =>
      memoryDeadLetters({ ...NONE, ...waiting }, Object.fromEntries(Object.keys(NONE).map((queue) => [queue, SINCE]))),
  },
  { name: 'of SQS', opened: open },
])('the dead letters $name', ({ opened }) => {
  test('are counted by queue, each with since when the oldest has lain there', async () => {
    const waiting = { 'send-mail': 3, 'record-fact-undelivered': 2, 'schedules-undelivered': 1 };
    expect(await opened(waiting).count()).toEqual([
      { queue: 'record-fact', messages: 0 },
      { queue: 'record-fact-undelivered', messages: 2, since: SINCE },
      { queue: 'schedules-undelivered', messages: 1, since: SINCE },
      { queue: 'send-mail', messages: 3, since: SINCE },
      { queue: 'send-mail-undelivered', messages: 0 },
    ]);
  });

  test('go back into their queue, and those of the others stay', async () => {
    const deadLetters = opened({ 'send-mail': 3, 'record-fact': 2, 'send-mail-undelivered': 12 });
    expect(await deadLetters.redrive('send-mail')).toBe(true);
    expect(await deadLetters.redrive('send-mail-undelivered')).toBe(true);
    expect((await deadLetters.count()).filter(({ messages }) => messages > 0)).toEqual([
      { queue: 'record-fact', messages: 2, since: SINCE },
    ]);
  });

  test('of a queue that is none are nobody’s', async () => {
    const deadLetters = opened({ 'send-mail': 3 });
    for (const queue of ['send-post', '', 'toString']) expect(await deadLetters.redrive(queue)).toBe(false);
    expect(await deadLetters.count()).toContainEqual({ queue: 'send-mail', messages: 3, since: SINCE });
  });
});

describe('what could not be put in a queue, of SQS,', () => {
  test('is put there whole, every message once', async () => {
    const deadLetters = open({ 'record-fact-undelivered': 23 });
    await deadLetters.redrive('record-fact-undelivered');
    expect(new Set(queues.sent.map(({ queue }) => queue))).toEqual(new Set(['record-fact']));
    expect(new Set(queues.sent.map(({ body }) => body)).size).toBe(23);
    expect(queues.sent).toHaveLength(23);
  });

  test('of the scheduler goes to the function that each was meant for; what was meant for no queue here stays', async () => {
    const deadLetters = open({ 'schedules-undelivered': 3 });
    await expect(deadLetters.redrive('schedules-undelivered')).rejects.toThrow('could not be moved');
    expect(queues.sent.toSorted((a, b) => (a.body < b.body ? -1 : 1))).toEqual([
      { queue: 'record-fact', body: '{"of":"schedules-undelivered","number":0}' },
      { queue: 'send-mail', body: '{"of":"schedules-undelivered","number":1}' },
    ]);
    expect(await deadLetters.count()).toContainEqual({
      queue: 'schedules-undelivered',
      messages: 1,
      since: '2026-11-23T06:30:02Z',
    });
  });
});

test('without CloudWatch the numbers are told all the same, and that it was not read is logged', async () => {
  lines.length = 0;
  const names = ['send-mail'] as FunctionName[];
  queues = stuck({ 'send-mail': 3 });
  const places = placesOf(names, []);
  const broken = {
    oldestIn: async () => metricAges({ clock: () => NOW, log: (code) => lines.push(code) }).oldestIn(['x']),
  };
  expect(await sqsDeadLetters(places, broken).count()).toContainEqual({ queue: 'send-mail', messages: 3 });
  expect(lines).toEqual(['QUEUE_AGES_NOT_READ']);
});

test('SQS knows no other queues than those of the system, and moves nothing by itself from what is no dead-letter queue', async () => {
  queues = stuck({ 'send-mail': 0, 'send-mail-undelivered': 2 });
  const other = sqsDeadLetters(placesOf(['other' as FunctionName], []), ages);
  await expect(other.count()).rejects.toThrow('does not exist');
  await expect(other.redrive('other')).rejects.toThrow('does not exist');
  const { prefix } = placesOf([], []);
  const wrong = sqsDeadLetters({ prefix, queues: { wrong: { at: 'frist-send-mail-undelivered' } } }, ages);
  await expect(wrong.redrive('wrong')).rejects.toThrow('Dead Letter Queue');
});
