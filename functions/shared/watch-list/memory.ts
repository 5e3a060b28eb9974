import { Temporal } from 'temporal-polyfill';
import { isOwed } from '../../../domain/case/owed.ts';
import { sortable } from '../sortable.ts';
import { type Row, type WaitingPage, type WaitingQuestion, type WatchedTask, type WatchList } from './watch-list.ts';

interface Kept {
  readonly sequence: number;
  readonly rows: readonly Row[];
  readonly tasks: readonly WatchedTask[];
  readonly since: Temporal.Instant | undefined;
  readonly unheard: Temporal.Instant | undefined;
}

/** A watch list in memory, for tests; held to the same contract test as the table's. */
export const memoryWatchList = (): WatchList => {
  const cases = new Map<string, Kept>();
  return {
    replace: async (caseNumber, sequence, rows, tasks = [], since, unheard) => {
      const kept = cases.get(caseNumber) ?? { sequence: 0, rows: [], tasks: [], since: undefined, unheard: undefined };
      if (kept.sequence > sequence || shown(kept) === shown({ rows, tasks, since, unheard })) return false;
      cases.set(caseNumber, { sequence, rows, tasks, since, unheard });
      return true;
    },
    resting: async (before) => casesFrom('since', cases, before),
    unheard: async (before) => casesFrom('unheard', cases, before),
    page: async (question) => {
      const all = [...cases.values()].flatMap(({ rows }) => rows);
      const { entries, next } = pageOf(
        all.map(({ id, deadline }) => ({ entry: deadline, key: keyOf(deadline.due, deadline.case, id) })),
        question,
      );
      return { deadlines: entries, ...(next !== undefined && { next }) };
    },
    tasks: async (question) => {
      const all = [...cases.values()].flatMap(({ tasks }) => tasks);
      const { entries, next } = pageOf(
        all.map((task) => ({ entry: task, key: keyOf(task.opened, task.case, task.task) })),
        question,
      );
      return { tasks: entries, ...(next !== undefined && { next }) };
    },
    waiting: async (question) =>
      waitingOf(
        [...cases.values()].flatMap(({ rows }) =>
          rows.map(({ id, deadline }) => ({ entry: deadline, key: keyOf(deadline.due, deadline.case, id) })),
        ),
        ({ entry }) => isOwed(entry),
        question,
      ),
    waitingTasks: async (question) =>
      waitingOf(
        [...cases.values()].flatMap(({ tasks }) =>
          tasks.map((task) => ({ entry: task, key: keyOf(task.opened, task.case, task.task) })),
        ),
        ({ entry }) => entry.status === 'open',
        question,
      ),
  };
};

const shown = ({ rows, tasks, since, unheard }: Omit<Kept, 'sequence'>): string =>
  JSON.stringify([rows, tasks, since, unheard]);

const casesFrom = (
  moment: 'since' | 'unheard',
  cases: ReadonlyMap<string, Kept>,
  before: Temporal.Instant,
): readonly string[] =>
  [...cases]
    .flatMap(([caseNumber, { [moment]: at }]) => (at === undefined ? [] : [{ caseNumber, at }]))
    .filter(({ at }) => Temporal.Instant.compare(at, before) < 0)
    .toSorted((a, b) => Temporal.Instant.compare(a.at, b.at))
    .map(({ caseNumber }) => caseNumber);

interface Owned {
  readonly owner: string;
  readonly service: string;
  readonly routine: string;
  readonly officer?: string;
  readonly provider?: string;
}

const waitingOf = <Entry extends Owned>(
  all: readonly { readonly entry: Entry; readonly key: string }[],
  waits: (row: { readonly entry: Entry }) => boolean,
  { officers, owners, provider, service, routine, from, before, after, limit }: WaitingQuestion,
): WaitingPage<Entry> => {
  const found = all
    .filter(
      ({ entry, key }) =>
        waits({ entry }) &&
        (officers === undefined || (entry.officer !== undefined && officers.includes(entry.officer))) &&
        (owners === undefined || owners.includes(entry.owner)) &&
        (provider === undefined || entry.provider === provider) &&
        (service === undefined || entry.service === service) &&
        (routine === undefined || entry.routine === routine) &&
        (from === undefined || key >= startOf(from)) &&
        (before === undefined || key < startOf(before)) &&
        (after === undefined || key > after),
    )
    .toSorted((a, b) => (a.key < b.key ? -1 : 1));
  const rows = found.slice(0, limit);
  const last = rows.at(-1);
  return { entries: rows.map(({ entry }) => entry), ...(found.length > limit && last && { next: last.key }) };
};

/** Before every key of an instant. */
const startOf = (instant: string): string => keyOf(instant, '', '').slice(0, 15);

interface Asked {
  readonly statuses: readonly string[];
  readonly owner?: string;
  readonly provider?: string;
  readonly before?: string;
  readonly after?: string;
  readonly limit: number;
}

const pageOf = <Entry extends { readonly status: string; readonly owner: string; readonly provider?: string }>(
  all: readonly { readonly entry: Entry; readonly key: string }[],
  { statuses, owner, provider, before, after, limit }: Asked,
): { readonly entries: readonly Entry[]; readonly next?: string } => {
  const found = all
    .filter(
      ({ entry, key }) =>
        statuses.includes(entry.status) &&
        (owner === undefined || entry.owner === owner) &&
        (provider === undefined || entry.provider === provider) &&
        (before === undefined || key < keyOf(before, '', '')) &&
        (after === undefined || key > after),
    )
    .toSorted((a, b) => (a.key < b.key ? -1 : 1));
  const rows = found.slice(0, limit);
  const last = rows.at(-1);
  return { entries: rows.map(({ entry }) => entry), ...(found.length > limit && last && { next: last.key }) };
};

const keyOf = (due: string, caseNumber: string, id: string): string => [sortable(due), caseNumber, id].join('#');
