import type { Temporal } from 'temporal-polyfill';
import type { Unit } from '../../../domain/calendar/limit.ts';
import type { DeadlineRecord, TaskRecord } from '../../../domain/case/describe.ts';

/** A deadline as the watch list shows it. */
export type WatchedDeadline = DeadlineRecord &
  Watched & {
    /** What is to be done, in Swedish, as an infinitive. */
    readonly duty: string;
    /** The unit that the rule counts in. */
    readonly unit: Unit;
  };

/** What every row tells beside itself. */
interface Watched {
  readonly case: string;
  readonly service: string;
  readonly provider?: string;
  readonly officer?: string;
}

/** A row of the watch list: a deadline in its place within its case. */
export interface Row {
  /** Names the deadline within its case, whatever becomes of it. */
  readonly id: string;
  readonly deadline: WatchedDeadline;
}

/** A task as the watch list shows it. Its `task` names it within its case. */
export type WatchedTask = TaskRecord & Watched & { readonly routine: string };

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

/** What somebody waits for: limits that are open or were missed and are still owed, or tasks that are not done. */
export interface WaitingQuestion {
  /** Those of these case officers; without it, everybody's. */
  readonly officers?: readonly string[];
  /** Whose move it is: any of these owners. */
  readonly owners?: readonly string[];
  readonly provider?: string;
  readonly service?: string;
  readonly routine?: string;
  /** Only what is due, or was opened, at this instant or later; and before this one. */
  readonly from?: string;
  readonly before?: string;
  /** Where the page before ended. */
  readonly after?: string;
  readonly limit: number;
}

export interface WaitingPage<Entry> {
  /** Due first; tasks opened first. With a filter there may be fewer than asked for although there is a next page. */
  readonly entries: readonly Entry[];
  readonly next?: string;
}

/** How many rows a question looks through at most for each case officer asked about, when it has a filter. */
export const LOOKED_THROUGH = 500;

/** The key of a row, by which the list is sorted: when it is due, its case and its id. */
export const ROW_KEY = /^\d{15}#/u;

/** The watch list: what the journals say of every deadline in the municipality, made from them and rebuilt at any time. */
export interface WatchList {
  /**
   * Makes a case's rows and tasks the ones given. Where they are that already nothing is written, and not noted either from how
   * much of the journal they were made; so whoever has written looks again whether more is known by now.
   *
   * @param sequence how much of the journal they were made from; rows made from more of it stay
   * @param since when the case rests, if it does
   * @param unheard from when on a mail is missing that nothing else has anybody look for, if there is one on its way
   * @returns whether anything was written
   */
  readonly replace: (
    caseNumber: string,
    sequence: number,
    rows: readonly Row[],
    tasks?: readonly WatchedTask[],
    since?: Temporal.Instant,
    unheard?: Temporal.Instant,
  ) => Promise<boolean>;
  /** The cases that rest since before an instant, the longest first. */
  readonly resting: (before: Temporal.Instant) => Promise<readonly string[]>;
  /** The cases in which a mail is missing since before an instant, the longest first. */
  readonly unheard: (before: Temporal.Instant) => Promise<readonly string[]>;
  readonly page: (question: Question) => Promise<Page>;
  readonly tasks: (question: TaskQuestion) => Promise<TaskPage>;
  /** As many questions to the table however much there is: one for each officer asked about, or two for everybody. */
  readonly waiting: (question: WaitingQuestion) => Promise<WaitingPage<WatchedDeadline>>;
  readonly waitingTasks: (question: WaitingQuestion) => Promise<WaitingPage<WatchedTask>>;
}
