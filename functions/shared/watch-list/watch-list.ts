import type { DeadlineRecord, TaskRecord } from '../../../domain/case/describe.ts';

/** A deadline as the watch list shows it. */
export type WatchedDeadline = DeadlineRecord & {
  readonly case: string;
  readonly provider?: string;
  readonly officer?: string;
};

/** A row of the watch list: a deadline in its place within its case. */
export interface Row {
  /** Names the deadline within its case, whatever becomes of it. */
  readonly id: string;
  readonly deadline: WatchedDeadline;
}

/** A task as the watch list shows it. Its `task` names it within its case. */
export type WatchedTask = TaskRecord & {
  readonly case: string;
  readonly provider?: string;
  readonly officer?: string;
};

export interface TaskQuestion {
  readonly statuses: readonly TaskRecord['status'][];
  readonly owner?: string;
  readonly provider?: string;
  readonly after?: string;
  readonly limit: number;
}

export interface TaskPage {
  /** Opened first. */
  readonly tasks: readonly WatchedTask[];
  readonly next?: string;
}

export interface Question {
  readonly statuses: readonly DeadlineRecord['status'][];
  readonly owner?: string;
  readonly provider?: string;
  /** Only what is due before this instant. */
  readonly before?: string;
  /** Where the page before ended: the key of its last row. */
  readonly after?: string;
  readonly limit: number;
}

export interface Page {
  /** Due first. */
  readonly deadlines: readonly WatchedDeadline[];
  /** The `after` of the next page, when there is one. */
  readonly next?: string;
}

/** The key of a row, by which the list is sorted: when it is due, its case and its id. */
export const ROW_KEY = /^\d{15}#/u;

/** The watch list: what the journals say of every deadline in the municipality, made from them and rebuilt at any time. */
export interface WatchList {
  /**
   * Makes a case's rows and tasks the ones given.
   *
   * @param sequence how much of the journal they were made from; rows made from more of it stay
   */
  readonly replace: (
    caseNumber: string,
    sequence: number,
    rows: readonly Row[],
    tasks?: readonly WatchedTask[],
  ) => Promise<void>;
  readonly page: (question: Question) => Promise<Page>;
  readonly tasks: (question: TaskQuestion) => Promise<TaskPage>;
}
