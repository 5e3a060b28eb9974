/** What a queue, a rule or the scheduler gave up on. */
export interface DeadLetterCount {
  /**
   * `<function>` for what the function gave up on; `<function>-undelivered` and `schedules-undelivered` for what could not even
   * be put in its queue.
   */
  readonly queue: string;
  readonly messages: number;
  /** Since when the oldest has lain there, RFC 3339; not told where it is not known. */
  readonly since?: string;
}

/**
 * The dead-letter queues. How many messages wait there, and for how long, is all that is told of them: they hold facts of
 * cases, and a person who looks after queues has nothing to do with those.
 */
export interface DeadLetters {
  /** By queue. */
  readonly count: () => Promise<readonly DeadLetterCount[]>;
  /** Has messages moved to the queue that they were meant for, to be tried anew; `false` when there is no such queue. */
  readonly redrive: (queue: string) => Promise<boolean>;
}
