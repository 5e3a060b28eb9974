import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { memoryDeadLetters } from '../../../functions/shared/dead-letters/memory.ts';
import { sqsDeadLetters } from '../../../functions/shared/dead-letters/sqs.ts';
import { awsListener } from '../../../infra/local/aws.ts';
import { pointAwsClientsAt } from '../../../infra/local/environment.ts';
import { listen } from '../../../infra/local/http.ts';
import { deadLettersOf } from '../../../infra/local/names.ts';
import { sqsApi } from '../../../infra/local/sqs.ts';

/** Queues that gave up on so many messages. */
const stuck = (waiting: Readonly<Record<string, number>>) => {
  const left = new Map(Object.entries(waiting));
  return {
    has: (queue: string) => left.has(queue),
    state: () =>
      Object.fromEntries(
        Array.from(left, ([queue, length]) => {
          const letter = { messageId: 'm', body: '{}', receives: 5, error: '' };
          return [queue, { waiting: 0, inFlight: 0, deadLetters: Array.from({ length }, () => letter) }] as const;
        }),
      ),
    redrive: (queue: string): number => {
      const moved = left.get(queue) ?? 0;
      left.set(queue, 0);
      return moved;
    },
  };
};

let queues = stuck({});
const closers: (() => unknown)[] = [];
beforeAll(async () => {
  const service = sqsApi({
    has: (queue) => queues.has(queue),
    state: () => queues.state(),
    redrive: (queue) => queues.redrive(queue),
  });
  const server = await listen(
    0,
    awsListener(service, () => undefined),
  );
  closers.push(server.stop, pointAwsClientsAt({ dynamo: server.address, aws: server.address }));
});
afterAll(async () => {
  while (closers.length > 0) await closers.pop()?.();
});

describe.each([
  { name: 'in memory', open: memoryDeadLetters },
  {
    name: 'of SQS',
    open: (waiting: Readonly<Record<string, number>>) => {
      queues = stuck(waiting);
      return sqsDeadLetters(Object.fromEntries(Object.keys(waiting).map((name) => [name, deadLettersOf(name)])));
    },
  },
])('the dead letters $name', ({ open }) => {
  test('are counted by queue', async () => {
    expect(await open({ 'send-mail': 3, 'record-fact': 0 }).count()).toEqual([
      { queue: 'record-fact', messages: 0 },
      { queue: 'send-mail', messages: 3 },
    ]);
  });

  test('go back into their queue, and those of the others stay', async () => {
    const deadLetters = open({ 'send-mail': 3, 'record-fact': 2 });
    expect(await deadLetters.redrive('send-mail')).toBe(true);
    expect(await deadLetters.count()).toEqual([
      { queue: 'record-fact', messages: 2 },
      { queue: 'send-mail', messages: 0 },
    ]);
  });

  test('of a queue that is none are nobody’s', async () => {
    const deadLetters = open({ 'send-mail': 3 });
    for (const queue of ['send-post', '', 'toString']) expect(await deadLetters.redrive(queue)).toBe(false);
    expect(await deadLetters.count()).toEqual([{ queue: 'send-mail', messages: 3 }]);
  });
});

test('SQS knows no other queues than those of the system', async () => {
  queues = stuck({});
  const deadLetters = sqsDeadLetters({ other: deadLettersOf('other') });
  await expect(deadLetters.count()).rejects.toThrow('does not exist');
  await expect(deadLetters.redrive('other')).rejects.toThrow('does not exist');
});
