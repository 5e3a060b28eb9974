import { randomUUID } from 'node:crypto';
import type { Clock } from '../../functions/shared/runtime.ts';
import type { Log } from './log.ts';
import { openElapsed, type Elapsed } from './elapsed.ts';
import { QUEUE_PREFIX } from './names.ts';
import { type Consumer, openQueue, type Queue } from './queue.ts';
import type { Store } from './store.ts';

export interface DeadLetter {
  messageId: string;
  body: string;
  receives: number;
  /** What went wrong at the last delivery; of what could not be put in a queue, the message's attributes that tell it, as JSON. */
  error: string;
  /** Milliseconds since 1970. */
  sent: number;
}

/** How a queue stands: numbers of messages, and the dead letters themselves. */
export interface QueueState {
  /** Visible, delayed or backing off. */
  waiting: number;
  inFlight: number;
  deadLetters: DeadLetter[];
}

/** A message for a queue, and who brings it, where it is a rule of the bus or the scheduler. */
export interface Sent {
  readonly queue: string;
  readonly body: string;
  readonly by?: 'rules' | 'schedules';
  /** Milliseconds of elapsed time before it can be delivered. */
  readonly after?: number;
}

/** SQS with its Lambda event source mappings and dead-letter queues, in process: at least once, in no promised order. */
export interface Queues {
  /** Reads the queues given from now on, beginning with what was left in them. */
  start: (consumers: Readonly<Record<string, Consumer>>) => void;
  /** Keeps messages durably (in the transaction under way, if any) and delivers them afterwards. */
  send: (messages: readonly Sent[]) => void;
  has: (queue: string) => boolean;
  /**
   * Resolves when no message is waiting, in flight or backing off. Rejects when the queues stop. Delays and back-off are not sat
   * out meanwhile: when nothing else is left to do, elapsed time goes on to the next delivery.
   */
  idle: () => Promise<void>;
  state: () => Record<string, QueueState>;
  /** What the rules could not put in the queue of a function or, for `schedules`, the scheduler in any. */
  undelivered: (queue: string) => DeadLetter[];
  /** Takes away one of those. */
  forget: (messageId: string) => void;
  /** Puts a queue's dead letters back in it, as new. Answers how many. */
  redrive: (queue: string) => number;
  /** Takes no more messages and waits for those in flight. What is left stays in the store. */
  stop: () => Promise<void>;
}

export interface QueueDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  /** The store's own where it is not given. */
  readonly elapsed?: Elapsed;
  /** Waits in elapsed time before the second delivery, the third …, in milliseconds; the last one is repeated. */
  readonly backOff?: readonly number[];
  /** Whether a queue takes nothing from rules and schedules just now: what they bring ends in their own dead-letter queues. */
  readonly refuses?: (queue: string) => boolean;
}

const BACK_OFF = [250, 1000, 4000, 8000];

export const openQueues = ({
  store,
  clock,
  elapsed = openElapsed(store),
  log,
  backOff = BACK_OFF,
  refuses = () => false,
}: QueueDeps): Queues => {
  const queues = new Map<string, Queue>();
  const waiters = new Set<PromiseWithResolvers<void>>();
  let stopped = false;

  const isIdle = (): boolean => [...queues.values()].every((queue) => queue.waiting() + queue.inFlight() === 0);

  const onSettled = (): void => {
    if (waiters.size === 0) return;
    if (!isIdle()) {
      skipWaits();
      return;
    }
    for (const { resolve } of waiters) resolve();
    waiters.clear();
  };

  const skipWaits = (): void => {
    const all = [...queues.values()];
    if (!all.every((queue) => queue.rests())) return;
    const next = all.flatMap((queue) => queue.nextDue() ?? []).toSorted((a, b) => a - b)[0];
    if (next === undefined) return;
    elapsed.skipTo(next);
    for (const queue of all) queue.wake();
  };

  const send: Queues['send'] = (messages) => {
    const sent = clock().epochMilliseconds;
    const ids = store.transaction(() =>
      messages.flatMap(({ queue, body, by, after }) => {
        if (!queues.has(queue)) throw new Error(`No queue ${queue}`);
        if (by !== undefined && refuses(queue)) {
          layAside(by, queue, body, sent);
          return [];
        }
        return {
          queue,
          after,
          id: store.run(
            'INSERT INTO messages (queue, messageId, body, sent) VALUES (?, ?, ?, ?)',
            queue,
            randomUUID(),
            body,
            sent,
          ).lastId,
        };
      }),
    );
    for (const { queue, id, after } of ids) queues.get(queue)?.makeVisible(id, after);
  };

  const layAside = (by: 'rules' | 'schedules', queue: string, body: string, sent: number): void => {
    const told = { ERROR_CODE: 'SDK_CLIENT_ERROR', TARGET_ARN: `${QUEUE_PREFIX}${queue}` };
    store.run(
      'INSERT INTO deadLetters (queue, messageId, body, sent, receives, error) VALUES (?, ?, ?, ?, 0, ?)',
      undeliveredName(by === 'rules' ? queue : by),
      randomUUID(),
      body,
      sent,
      JSON.stringify(told),
    );
    log('queue.message.undelivered', { queue, by });
  };

  const redrive: Queues['redrive'] = (queue) =>
    store.transaction(() => {
      const letters = deadLettersOf(store, queue);
      send(letters.map(({ body }) => ({ queue, body })));
      store.run('DELETE FROM deadLetters WHERE queue = ?', queue);
      return letters.length;
    });

  return {
    start: (consumers) => {
      for (const [name, consumer] of Object.entries(consumers)) {
        queues.set(name, openQueue({ name, consumer, store, log, backOff, elapsed, onSettled }));
      }
    },
    send,
    has: (queue) => queues.has(queue),
    idle: async () => {
      if (stopped) throw new QueuesStopped();
      if (isIdle()) return;
      const waiter = Promise.withResolvers<void>();
      waiters.add(waiter);
      skipWaits();
      await waiter.promise;
    },
    state: () =>
      Object.fromEntries(
        [...queues].map(([name, queue]) => [
          name,
          { waiting: queue.waiting(), inFlight: queue.inFlight(), deadLetters: deadLettersOf(store, name) },
        ]),
      ),
    undelivered: (queue) => deadLettersOf(store, undeliveredName(queue)),
    forget: (messageId) => {
      store.run('DELETE FROM deadLetters WHERE messageId = ?', messageId);
    },
    redrive,
    stop: async () => {
      stopped = true;
      const ended = [...queues.values()].map(async (queue) => queue.stop());
      for (const { reject } of waiters) reject(new QueuesStopped());
      waiters.clear();
      await Promise.all(ended);
    },
  };
};

export class QueuesStopped extends Error {
  override name = 'QueuesStopped';
  constructor() {
    super('The queues were stopped before they were idle');
  }
}

const undeliveredName = (queue: string): string => `${queue}-undelivered`;

const deadLettersOf = (store: Store, queue: string): DeadLetter[] =>
  store.all<DeadLetter>(
    'SELECT messageId, body, receives, error, sent FROM deadLetters WHERE queue = ? ORDER BY id',
    queue,
  );
