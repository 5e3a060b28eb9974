import type { DeadLetterCount, DeadLetters } from './dead-letters.ts';

/**
 * Dead-letter queues in memory, for tests; held to the same contract test as those of SQS.
 *
 * @param waiting messages by queue
 * @param since since when the oldest has lain in each, where it is known
 */
export const memoryDeadLetters = (
  waiting: Readonly<Record<string, number>>,
  since: Readonly<Record<string, string>> = {},
): DeadLetters => {
  const left = new Map(Object.entries(waiting));
  const countOf = ([queue, messages]: [string, number]): DeadLetterCount => {
    const oldest = messages === 0 ? undefined : since[queue];
    return { queue, messages, ...(oldest !== undefined && { since: oldest }) };
  };
  return {
    count: async () => [...left].map(countOf).toSorted((a, b) => (a.queue < b.queue ? -1 : 1)),
    redrive: async (queue) => {
      if (!left.has(queue)) return false;
      left.set(queue, 0);
      return true;
    },
  };
};
