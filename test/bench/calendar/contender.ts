/**
 * One way to find the end of the nth weekday (vardag) after an instant in Stockholm, by the instants of its own library.
 */
export interface Contender {
  readonly name: string;
  /** One answer, in milliseconds since the epoch, to be compared with the golden one. */
  readonly answer: (epochMs: number, weekdays: number) => number;
  /**
   * Makes own instants of these, which is not timed, and answers a run over all of them, which is. Each contender has its
   * loop to itself, so that the compiler does not see them as one.
   */
  readonly prepare: (epochMs: readonly number[], weekdays: number) => () => unknown;
}
