import { randomUUID } from 'node:crypto';
import type { Clock } from '../../functions/shared/runtime.ts';
import type { Log } from './log.ts';
import { openElapsed, type Elapsed } from './elapsed.ts';
import { type Consumer, openQueue, type Queue } from './queue.ts';
import type { Store } from './store.ts';

export interface DeadLetter {
  messageId: string;
  body: string;
  receives: number;
  /** What went wrong at the last delivery. */
  error: string;
}

/** How a queue stands: numbers of messages, and the dead letters themselves. */
export interface QueueState {
  /** Visible or backing off. */
  waiting: number;
  inFlight: number;
  deadLetters: DeadLetter[];
}

/** SQS with its Lambda event source mappings and dead-letter queues, in process: at least once, in no promised order. */
export interface Queues {
  /** Reads the queues given from now on, beginning with what was left in them. */
  start: (consumers: Readonly<Record<string, Consumer>>) => void;
  /** Keeps messages durably (in the transaction under way, if any) and delivers them afterwards. */
  send: (messages: readonly { queue: string; body: string }[]) => void;
  has: (queue: string) => boolean;
  /**
   * Resolves when no message is waiting, in flight or backing off. Rejects when the queues stop. Back-off is not sat out
   * meanwhile: when nothing else is left to do, elapsed time goes on to the next delivery.
   */
  idle: () => Promise<void>;
  state: () => Record<string, QueueState>;
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
}

const BACK_OFF = [250, 1000, 4000, 8000];

export const openQueues = ({
  store,
  clock,
  elapsed = openElapsed(store),
  log,
  backOff = BACK_OFF,
}: QueueDeps): Queues => {
  const queues = new Map<string, Queue>();
  const waiters = new Set<PromiseWithResolvers<void>>();
  let stopped = false;

  const isIdle = (): boolean => [...queues.values()].every((queue) => queue.waiting() + queue.inFlight() === 0);

  const onSettled = (): void => {
    if (waiters.size === 0) return;
    if (!isIdle()) {
      skipBackOff();
      return;
    }
    for (const { resolve } of waiters) resolve();
    waiters.clear();
  };

  const skipBackOff = (): void => {
    const all = [...queues.values()];
    if (!all.every((queue) => queue.rests())) return;
    const next = all.flatMap((queue) => queue.nextAgain() ?? []).toSorted((a, b) => a - b)[0];
    if (next === undefined) return;
    elapsed.skipTo(next);
    for (const queue of all) queue.wake();
  };

  const send: Queues['send'] = (messages) => {
    const sent = clock().epochMilliseconds;
    const ids = store.transaction(() =>
      messages.map(({ queue, body }) => {
        if (!queues.has(queue)) throw new Error(`No queue ${queue}`);
        return {
          queue,
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
    for (const { queue, id } of ids) queues.get(queue)?.makeVisible(id);
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
      skipBackOff();
      await waiter.promise;
    },
    state: () =>
      Object.fromEntries(
        [...queues].map(([name, queue]) => [
          name,
          { waiting: queue.waiting(), inFlight: queue.inFlight(), deadLetters: deadLettersOf(store, name) },
        ]),
      ),
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

const deadLettersOf = (store: Store, queue: string): DeadLetter[] =>
  store.all<DeadLetter>('SELECT messageId, body, receives, error FROM deadLetters WHERE queue = ? ORDER BY id', queue);
