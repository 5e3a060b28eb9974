import type { SQSEvent } from 'aws-lambda';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openElapsed } from '../../infra/local/elapsed.ts';
import { type Invoke, withTimeLimit } from '../../infra/local/invoke.ts';
import { openQueues, type Queues, QueuesStopped } from '../../infra/local/queues.ts';
import { openStore, type Store } from '../../infra/local/store.ts';
import { bodiesOf, silent, START, succeed } from './harness.ts';

const ARN = 'arn:aws:sqs:eu-north-1:000000000000:frist-record-fact';

/** One queue `q`, read by the function given. */
const openQ = (
  invoke: Invoke,
  { store = openStore(':memory:'), elapsed = openElapsed(store), batchSize = 10, backOff = [1] } = {},
): Queues => {
  const queues = openQueues({ store, clock: () => START, elapsed, log: silent, backOff });
  queues.start({ q: { arn: ARN, batchSize, maxReceives: 3, invoke } });
  onTestFinished(async () => queues.stop());
  return queues;
};

const send = (queues: Queues, ...bodies: string[]): void => queues.send(bodies.map((body) => ({ queue: 'q', body })));

const state = (queues: Queues) => queues.state()['q'];

describe('a queue', () => {
  test('delivers batches of SQS records and forgets them', async () => {
    const events: SQSEvent[] = [];
    const queues = openQ(
      async (event) => {
        events.push(event as SQSEvent);
        return {};
      },
      { batchSize: 2 },
    );

    send(queues, 'a', 'b', 'c');
    await queues.idle();

    expect(events.map(bodiesOf)).toEqual([['a', 'b'], ['c']]);
    expect(events[0]?.Records[0]).toMatchObject({
      messageId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      receiptHandle: expect.any(String),
      eventSource: 'aws:sqs',
      eventSourceARN: ARN,
      awsRegion: 'eu-north-1',
      attributes: { ApproximateReceiveCount: '1', SentTimestamp: String(START.epochMilliseconds) },
    });
    expect(state(queues)).toEqual({ waiting: 0, inFlight: 0, deadLetters: [] });
  });

  test('delivers again only the messages of a batch that failed', async () => {
    const batches: string[][] = [];
    const queues = openQ(async (event) => {
      batches.push(bodiesOf(event));
      const failed = (event as SQSEvent).Records.filter(
        ({ body, attributes }) => body === 'b' && attributes.ApproximateReceiveCount === '1',
      );
      return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };
    });

    send(queues, 'a', 'b', 'c');
    await queues.idle();

    expect(batches).toEqual([['a', 'b', 'c'], ['b']]);
  });

  test.each<[string, Invoke]>([
    ['throws', async () => Promise.reject(new Error('boom'))],
    ['names a message that is not in the batch', async () => ({ batchItemFailures: [{ itemIdentifier: 'other' }] })],
    ['answers something else', async () => ({ batchItemFailures: 'all' })],
    ['passes its time limit', withTimeLimit(async () => new Promise(() => undefined), 0.001)],
  ])('delivers the whole batch again when the function %s', async (_, misbehave) => {
    const batches: string[][] = [];
    const queues = openQ(async (event) => {
      batches.push(bodiesOf(event));
      return batches.length === 1 ? misbehave(event) : {};
    });

    send(queues, 'a', 'b');
    await queues.idle();

    expect(batches).toEqual([
      ['a', 'b'],
      ['a', 'b'],
    ]);
  });

  test('puts what fails too often among the dead letters, with the last error, and takes it back on redrive', async () => {
    let broken = true;
    const received: string[] = [];
    const queues = openQ(async (event) => {
      received.push(...bodiesOf(event));
      if (broken) throw new TypeError('boom');
    });

    send(queues, 'a');
    await queues.idle();

    expect(received).toEqual(['a', 'a', 'a']);
    expect(state(queues)?.deadLetters).toEqual([
      { messageId: expect.any(String), sent: expect.any(Number), body: 'a', receives: 3, error: 'TypeError: boom' },
    ]);

    broken = false;
    expect(queues.redrive('q')).toBe(1);
    await queues.idle();

    expect(received).toEqual(['a', 'a', 'a', 'a']);
    expect(state(queues)?.deadLetters).toEqual([]);
  });

  test('waits longer before each delivery', async () => {
    const times: number[] = [];
    const thrice = Promise.withResolvers<void>();
    const queues = openQ(
      async () => {
        if (times.push(performance.now()) === 3) thrice.resolve();
        throw new Error('boom');
      },
      { backOff: [10, 60] },
    );

    send(queues, 'a');
    await thrice.promise;

    const [first = 0, second = 0, third = 0] = times;
    expect(second - first).toBeGreaterThanOrEqual(9);
    expect(third - second).toBeGreaterThanOrEqual(59);
  });

  test('has whoever waits until it is idle not sit the waits out, however long they are', async () => {
    const store = openStore(':memory:');
    const elapsed = openElapsed(store, () => 1000);
    const times: number[] = [];
    const queues = openQ(
      async () => {
        times.push(elapsed.now());
        throw new Error('boom');
      },
      { store, elapsed, backOff: [3_600_000, 7_200_000] },
    );

    send(queues, 'a');
    await queues.idle();

    expect(times).toEqual([1000, 3_601_000, 10_801_000]);
    // Also those who come later: what was claimed until then is free.
    expect(openElapsed(store, () => 2000).now()).toBe(10_802_000);
  });

  test('runs a few batches at once, no more', async () => {
    let running = 0;
    let most = 0;
    const queues = openQ(
      async () => {
        running += 1;
        most = Math.max(most, running);
        await new Promise(setImmediate);
        running -= 1;
      },
      { batchSize: 1 },
    );

    send(queues, ...numbers(20));
    await queues.idle();

    expect(most).toBe(4);
  });

  test('is idle only after what its function sent has been dealt with too', async () => {
    const received: string[] = [];
    const queues = openQ(async (event) => {
      const [body = ''] = bodiesOf(event);
      received.push(body);
      if (body.length < 3) send(queues, `${body}a`);
    });

    send(queues, 'a');
    await queues.idle();

    expect(received).toEqual(['a', 'aa', 'aaa']);
  });

  test('delivers nothing of a transaction that was rolled back', async () => {
    const store = openStore(':memory:');
    const received: string[] = [];
    const queues = openQ(async (event) => void received.push(...bodiesOf(event)), { store });

    expect(() =>
      store.transaction(() => {
        send(queues, 'a');
        throw new Error('no');
      }),
    ).toThrow('no');
    send(queues, 'b');
    await queues.idle();

    expect(received).toEqual(['b']);
  });

  test('refuses to send to a queue that is not there, and sends nothing of it', async () => {
    const queues = openQ(succeed);
    expect(() =>
      queues.send([
        { queue: 'q', body: 'a' },
        { queue: 'none', body: 'b' },
      ]),
    ).toThrow('No queue none');
    await queues.idle();
    expect(state(queues)?.waiting).toBe(0);
  });

  test('takes hundreds of messages a second', async () => {
    const queues = openQ(succeed, { store: storeIn(dataFolder()) });
    const began = performance.now();
    for (let count = 0; count < 1000; count += 1) send(queues, `{"number":${count}}`);
    await queues.idle();
    expect(1000 / ((performance.now() - began) / 1000)).toBeGreaterThan(300);
  });
});

describe('after a stop', () => {
  test('a message that was waiting, backing off or in flight is delivered again', async () => {
    const data = dataFolder();
    const { promise: release, resolve } = Promise.withResolvers<void>();
    const taken = Promise.withResolvers<void>();
    const stuck = openQ(
      async () => {
        taken.resolve();
        await release;
      },
      { store: storeIn(data), batchSize: 1 },
    );
    send(stuck, ...numbers(6));
    await taken.promise;
    const crashed = dataFolder();
    cpSync(data, crashed, { recursive: true }); // the files as a crash would leave them at this moment
    resolve();
    await stuck.idle();

    const received: string[] = [];
    const queues = openQ(async (event) => void received.push(...bodiesOf(event)), { store: storeIn(crashed) });
    await queues.idle();

    expect(received.toSorted()).toEqual(['0', '1', '2', '3', '4', '5']);
  });

  test('those who wait for it to be idle are told', async () => {
    const { promise: end, resolve: finish } = Promise.withResolvers<void>();
    const queues = openQ(async () => end);
    send(queues, 'a');
    const idle = queues.idle();
    const stopped = queues.stop();
    finish();
    await expect(idle).rejects.toThrow(QueuesStopped);
    await stopped;
  });
});

const numbers = (count: number): string[] => Array.from({ length: count }, (_, index) => String(index));

const dataFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'frist-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
};

const storeIn = (data: string): Store => {
  const store = openStore(data);
  onTestFinished(() => store.close());
  return store;
};
