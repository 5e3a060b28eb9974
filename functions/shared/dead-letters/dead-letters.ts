/** What a function's queue gave up on. */
export interface DeadLetterCount {
  /** The function whose queue it is. */
  readonly queue: string;
  readonly messages: number;
}

/**
 * The dead-letter queues. How many messages wait there is all that is told of them: they hold facts of cases, and a person
 * who looks after queues has nothing to do with those.
 */
export interface DeadLetters {
  /** By queue. */
  readonly count: () => Promise<readonly DeadLetterCount[]>;
  /** Has a queue's messages moved back into it, to be tried anew; `false` when there is no such queue. */
  readonly redrive: (queue: string) => Promise<boolean>;
}
