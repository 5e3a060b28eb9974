import type { DeadLetters } from './dead-letters.ts';

/** Dead-letter queues in memory, for tests; held to the same contract test as those of SQS. @param waiting messages by queue */
export const memoryDeadLetters = (waiting: Readonly<Record<string, number>>): DeadLetters => {
  const left = new Map(Object.entries(waiting));
  return {
    count: async () =>
      Array.from(left, ([queue, messages]) => ({ queue, messages })).toSorted((a, b) => (a.queue < b.queue ? -1 : 1)),
    redrive: async (queue) => {
      if (!left.has(queue)) return false;
      left.set(queue, 0);
      return true;
    },
  };
};
