import { createHash, randomUUID } from 'node:crypto';
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import * as z from 'zod/mini';
import type { Elapsed } from './elapsed.ts';
import type { Invoke } from './invoke.ts';
import { type Log, sayError } from './log.ts';
import { REGION } from './names.ts';
import type { Store } from './store.ts';

/** Who reads a queue, and how. */
export interface Consumer {
  readonly arn: string;
  readonly batchSize: number;
  /** Deliveries before a message goes to the dead-letter queue. */
  readonly maxReceives: number;
  readonly invoke: Invoke;
}

/** One queue and the function that reads it. The store holds the messages; memory holds only who is where. */
export interface Queue {
  /** Lets a message that is in the store be delivered: after the code that runs now, or so many milliseconds later. */
  makeVisible: (id: number, after?: number) => void;
  /** Messages visible, delayed or backing off. */
  waiting: () => number;
  inFlight: () => number;
  /** Nothing is visible or in flight: whatever is left is delayed or backs off. */
  rests: () => boolean;
  /** When the next of those that are delayed or back off is to be delivered, in elapsed time. */
  nextDue: () => number | undefined;
  /** Lets what was delayed or has backed off until now be delivered, before its timer says so. */
  wake: () => void;
  stop: () => Promise<void>;
}

export interface QueueOptions {
  readonly name: string;
  readonly consumer: Consumer;
  readonly store: Store;
  readonly log: Log;
  readonly backOff: readonly number[];
  readonly elapsed: Elapsed;
  /** Called after each batch. */
  readonly onSettled: () => void;
}

/** A batch is one invocation; so many run at once. */
const CONCURRENCY = 4;

interface Message {
  id: number;
  messageId: string;
  body: string;
  sent: number;
  receives: number;
}

/** Opens a queue with what the store holds of it: messages that were in flight at a crash are visible again. */
export const openQueue = ({ name, consumer, store, log, backOff, elapsed, onSettled }: QueueOptions): Queue => {
  const visible = store
    .all<{ id: number }>('SELECT id FROM messages WHERE queue = ? ORDER BY id', name)
    .map(({ id }) => id);
  const held = new Set<Held>();
  const batches = new Set<Promise<void>>();
  let inFlight = 0;
  let pumpAsked = false;
  let stopped = false;

  const mayTake = (): boolean => !stopped && batches.size < CONCURRENCY && visible.length > 0;

  const pump = (): void => {
    pumpAsked = false;
    while (mayTake()) {
      const batch = take();
      inFlight += batch.length;
      const done = deliver(batch).finally(() => {
        inFlight -= batch.length;
        batches.delete(done);
        askPump();
        onSettled();
      });
      batches.add(done);
    }
  };

  // Not at once: the caller may be in the middle of a transaction, and what comes together fills a batch.
  const askPump = (): void => {
    if (pumpAsked) return;
    pumpAsked = true;
    setImmediate(pump);
  };

  /** A message whose transaction was rolled back is visible here but not in the store, and so drops out. */
  const take = (): Message[] =>
    store
      .all<Message>(
        `UPDATE messages SET receives = receives + 1 WHERE id IN (SELECT value FROM json_each(?))
         RETURNING id, messageId, body, sent, receives`,
        JSON.stringify(visible.splice(0, consumer.batchSize)),
      )
      .toSorted((one, other) => one.id - other.id);

  const deliver = async (batch: readonly Message[]): Promise<void> => {
    if (batch.length === 0) return;
    const failures = await attempt(batch);
    const gone = batch.filter(({ messageId }) => !failures.has(messageId));
    const failed = batch.filter(({ messageId }) => failures.has(messageId));
    const dead = failed.filter(({ receives }) => receives >= consumer.maxReceives);
    store.transaction(() => {
      for (const message of dead) bury(message, failures.get(message.messageId) ?? '');
      forget([...gone, ...dead]);
    });
    backOffThen(failed.filter((message) => !dead.includes(message)));
    for (const { messageId } of dead) log('queue.message.dead', { queue: name, messageId });
  };

  /** Invokes the function; answers the messages that failed and why. */
  const attempt = async (batch: readonly Message[]): Promise<Map<string, string>> => {
    try {
      const answer = batchAnswer.parse((await consumer.invoke(eventOf(batch, consumer.arn))) ?? {});
      const failed = answer.batchItemFailures?.map(({ itemIdentifier }) => itemIdentifier) ?? [];
      // As Lambda does: an identifier that is not in the batch fails the whole batch.
      if (!failed.every((id) => batch.some(({ messageId }) => messageId === id))) {
        throw new Error('The handler named a message that was not in its batch');
      }
      if (failed.length > 0) log('queue.messages.failed', { queue: name, count: failed.length });
      return new Map(failed.map((id) => [id, 'The handler reported the message as failed']));
    } catch (error) {
      log('queue.batch.failed', { queue: name, count: batch.length, error: sayError(error) });
      return new Map(batch.map(({ messageId }) => [messageId, sayError(error)]));
    }
  };

  /** Messages that failed as often wait together, to fill a batch again. */
  const backOffThen = (messages: readonly Message[]): void => {
    for (const [receives, together] of Map.groupBy(messages, (message) => message.receives))
      hold(
        together.map(({ id }) => id),
        backOff[Math.min(receives, backOff.length) - 1] ?? 0,
      );
  };

  const hold = (ids: readonly number[], wait: number): void => {
    if (stopped) return;
    const release = (): void => {
      clearTimeout(timer);
      held.delete(one);
      for (const id of ids) makeVisible(id);
    };
    const timer = setTimeout(release, wait);
    const one: Held = { until: elapsed.now() + wait, count: ids.length, timer, release };
    held.add(one);
  };

  const bury = ({ id }: Message, error: string): void => {
    store.run(
      `INSERT INTO deadLetters (queue, messageId, body, sent, receives, error)
       SELECT queue, messageId, body, sent, receives, ? FROM messages WHERE id = ?`,
      error,
      id,
    );
  };

  const forget = (messages: readonly Message[]): void => {
    store.run(
      'DELETE FROM messages WHERE id IN (SELECT value FROM json_each(?))',
      JSON.stringify(messages.map(({ id }) => id)),
    );
  };

  const makeVisible = (id: number, after?: number): void => {
    if (after !== undefined) {
      hold([id], after);
      return;
    }
    visible.push(id);
    askPump();
  };

  askPump();

  return {
    makeVisible,
    waiting: () => visible.length + [...held].reduce((sum, { count }) => sum + count, 0),
    inFlight: () => inFlight,
    rests: () => visible.length + inFlight === 0,
    nextDue: () => [...held].map(({ until }) => until).toSorted((a, b) => a - b)[0],
    wake: () => {
      for (const { until, release } of held) if (until <= elapsed.now()) release();
    },
    stop: async () => {
      stopped = true;
      for (const { timer } of held) clearTimeout(timer);
      held.clear();
      await Promise.all(batches);
    },
  };
};

/** Messages that wait for their delivery: delayed, or failed together before. */
interface Held {
  /** In elapsed time. */
  readonly until: number;
  readonly count: number;
  readonly timer: NodeJS.Timeout;
  readonly release: () => void;
}

/** What a function answers Lambda for a batch; nothing means that all went well. */
const batchAnswer: z.ZodMiniType<Partial<SQSBatchResponse>> = z.object({
  batchItemFailures: z.exactOptional(z.array(z.object({ itemIdentifier: z.string() }))),
});

const eventOf = (batch: readonly Message[], arn: string): SQSEvent => ({
  Records: batch.map(({ messageId, body, sent, receives }): SQSRecord => ({
    messageId,
    receiptHandle: randomUUID(),
    body,
    attributes: {
      ApproximateReceiveCount: String(receives),
      SentTimestamp: String(sent),
      SenderId: 'local',
      ApproximateFirstReceiveTimestamp: String(sent),
    },
    messageAttributes: {},
    md5OfBody: createHash('md5').update(body).digest('hex'),
    eventSource: 'aws:sqs',
    eventSourceARN: arn,
    awsRegion: REGION,
  })),
});
