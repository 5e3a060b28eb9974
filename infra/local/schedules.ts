import { Temporal } from 'temporal-polyfill';
import type { LocalClock } from './clock.ts';
import type { Log } from './log.ts';
import type { Queues } from './queues.ts';
import type { Store } from './store.ts';

/** The group of the rules on a schedule, which are EventBridge's own and not its Scheduler's. */
export const RULES = 'rules';

/** A schedule to keep. */
export interface NewSchedule {
  readonly group: string;
  readonly name: string;
  /** Undefined for one that is disabled: it never fires. */
  readonly due: Temporal.Instant | undefined;
  /**
   * Everything that was asked for, given back as it is. With `everyDayIn`, a time zone, it fires again each day at the same
   * time on the clock there, also over its changes.
   */
  readonly request: object;
  readonly queue: string;
  /** The message to put in the queue. */
  readonly message: string;
  readonly deleteWhenFired: boolean;
  /** Fires again and again, so many milliseconds apart. */
  readonly everyMs?: number;
}

export interface KeptSchedule extends NewSchedule {
  readonly created: Temporal.Instant;
}

/** Armed one-time schedules: each fires exactly once when the clock reaches it, also over a restart. */
export interface Schedules {
  find: (group: string, name: string) => KeptSchedule | undefined;
  /** By name. */
  list: () => KeptSchedule[];
  /** The pair of group and name must be free. One that is due already fires at once. */
  add: (schedule: NewSchedule) => void;
  remove: (group: string, name: string) => void;
  /** The due time of the next one to fire. */
  nextDue: () => Temporal.Instant | undefined;
  /** Fires all that is due on the clock, due first. To be called when the clock has been moved. */
  fireDue: () => void;
  /** Fires what came due while the system was down, and from now on by itself. */
  start: () => void;
  stop: () => void;
}

export interface SchedulesDeps {
  readonly store: Store;
  readonly clock: LocalClock;
  readonly queues: Queues;
  readonly log: Log;
}

export const openSchedules = ({ store, clock, queues, log }: SchedulesDeps): Schedules => {
  let timer: NodeJS.Timeout | undefined;
  let started = false;

  const fireDue = (): void => {
    const due = store.transaction(() => {
      const rows = store.all<Row>(
        'SELECT * FROM schedules WHERE due <= ? ORDER BY due, id',
        clock.now().epochMilliseconds,
      );
      const schedules = rows.map(scheduleOf);
      // The message and the end of the schedule are one step: neither lost nor doubled.
      queues.send(
        schedules.map(({ group, queue, message }) => ({
          queue,
          body: message,
          by: group === RULES ? 'rules' : 'schedules',
        })),
      );
      for (const { group, name, deleteWhenFired, everyMs, request, due: fired } of schedules) {
        const everyDayIn = 'everyDayIn' in request ? String(request.everyDayIn) : undefined;
        if (everyDayIn !== undefined && fired !== undefined) {
          const next = fired.toZonedDateTimeISO(everyDayIn).add({ days: 1 }).epochMilliseconds;
          store.run('UPDATE schedules SET due = ? WHERE groupName = ? AND name = ?', next, group, name);
        } else if (everyMs !== undefined)
          store.run('UPDATE schedules SET due = due + ? WHERE groupName = ? AND name = ?', everyMs, group, name);
        else if (deleteWhenFired) remove(group, name);
        else store.run('UPDATE schedules SET due = NULL WHERE groupName = ? AND name = ?', group, name);
      }
      return schedules;
    });
    for (const { name, queue } of due) log('schedule.fired', { name, queue });
    armTimer();
  };

  /** A clock that stands still needs no timer: whoever moves it fires what is due. */
  const armTimer = (): void => {
    clearTimeout(timer);
    const next = nextDue();
    if (!started || next === undefined || clock.standsStill) return;
    const wait = next.epochMilliseconds - clock.now().epochMilliseconds;
    timer = setTimeout(fireDue, Math.min(Math.max(wait, 0), LONGEST_TIMER_MS));
  };

  const nextDue: Schedules['nextDue'] = () => {
    const due =
      store.all<{ due: number | null }>('SELECT min(due) AS due FROM schedules WHERE due IS NOT NULL')[0]?.due ??
      undefined;
    return due === undefined ? undefined : Temporal.Instant.fromEpochMilliseconds(due);
  };

  const remove: Schedules['remove'] = (group, name) => {
    store.run('DELETE FROM schedules WHERE groupName = ? AND name = ?', group, name);
  };

  return {
    find: (group, name) =>
      store.all<Row>('SELECT * FROM schedules WHERE groupName = ? AND name = ?', group, name).map(scheduleOf).at(0),
    list: () => store.all<Row>('SELECT * FROM schedules ORDER BY groupName, name').map(scheduleOf),
    add: (schedule) => {
      store.run(
        `INSERT INTO schedules (groupName, name, due, created, queue, message, deleteWhenFired, everyMs, request)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        schedule.group,
        schedule.name,
        schedule.due?.epochMilliseconds ?? null,
        clock.now().epochMilliseconds,
        schedule.queue,
        schedule.message,
        Number(schedule.deleteWhenFired),
        schedule.everyMs ?? null,
        JSON.stringify(schedule.request),
      );
      if (schedule.due && Temporal.Instant.compare(schedule.due, clock.now()) <= 0) fireDue();
      else armTimer();
    },
    remove,
    nextDue,
    fireDue,
    start: () => {
      started = true;
      fireDue();
    },
    stop: () => {
      started = false;
      clearTimeout(timer);
    },
  };
};

/** The longest wait that a timer of Node's can hold; then it looks again. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

interface Row {
  groupName: string;
  name: string;
  due: number | null;
  created: number;
  queue: string;
  message: string;
  deleteWhenFired: number;
  everyMs: number | null;
  request: string;
}

const scheduleOf = (row: Row): KeptSchedule => ({
  group: row.groupName,
  name: row.name,
  due: row.due === null ? undefined : Temporal.Instant.fromEpochMilliseconds(row.due),
  created: Temporal.Instant.fromEpochMilliseconds(row.created),
  queue: row.queue,
  message: row.message,
  deleteWhenFired: row.deleteWhenFired === 1,
  ...(row.everyMs !== null && { everyMs: row.everyMs }),
  request: JSON.parse(row.request) as object,
});
