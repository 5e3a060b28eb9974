/** A function's handler as Lambda calls it: JSON in, JSON out, types unknown to the caller. */
export type Invoke = (event: unknown) => Promise<unknown>;

/** Ends the wait for an invocation at the function's time limit, as Lambda does (what it had begun is not undone). */
export const withTimeLimit = (invoke: Invoke, seconds: number): Invoke => {
  return async (event) => {
    const { promise: timedOut, reject } = Promise.withResolvers<never>();
    const timer = setTimeout(() => reject(new TaskTimedOut(seconds)), seconds * 1000);
    try {
      return await Promise.race([invoke(event), timedOut]);
    } finally {
      clearTimeout(timer);
    }
  };
};

export class TaskTimedOut extends Error {
  override name = 'TaskTimedOut';
  constructor(seconds: number) {
    super(`Task timed out after ${seconds.toFixed(2)} seconds`);
  }
}
