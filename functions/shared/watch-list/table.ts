import { DeleteCommand, PutCommand, QueryCommand, paginateQuery } from '@aws-sdk/lib-dynamodb';
import { isDeepStrictEqual } from 'node:util';
import type { Temporal } from 'temporal-polyfill';
import { isOwed } from '../../../domain/case/owed.ts';
import { partitionOf } from '../journal/table.ts';
import { sortable } from '../sortable.ts';
import { conditionFailed, type Table } from '../table.ts';
import {
  LOOKED_THROUGH,
  type Question,
  type WaitingPage,
  type WaitingQuestion,
  type WatchedDeadline,
  type WatchedTask,
  type WatchList,
} from './watch-list.ts';

/*
 * `case#<number>` / `deadline#<id>` and `task#<id>`, and in the index `watch` under `<status>` or `task#<status>` /
 * `<due>#<case>#<id>`, so that a page of the list is one query for each status asked for; what was done or ended after its
 * breach lies apart, under `settled`, so that those that are still owed are not behind them. In the index `officer`, what a
 * case officer waits for lies under `deadline#<officer>` or `task#<officer>`, and nothing else. Each row holds how much of the
 * journal it was made from, and `case#<number>` / `watched` does for those that have vanished; while the case rests, that lies
 * in the index `watch` too, under `resting` / `<since when>#<case>`, so that what is to be erased is one query. Where a mail is on
 * its way that nothing else has anybody look for, there is `case#<number>` / `unheard`, in the index under `unheard` / `<from
 * when>#<case>`.
 */

/** The index of what each case officer waits for. */
export const OFFICER_INDEX = 'officer';

export const tableWatchList = ({ client, name }: Table, index = 'watch'): WatchList => {
  /** The rows under one key of the index from where the last page ended, with one more than asked for if there are more. */
  const query = async (watch: string, { after, before, owner, provider, limit }: Asked): Promise<Found[]> => {
    const found: Found[] = [];
    const filters = [
      ...(owner === undefined ? [] : ['entry.#owner = :owner']),
      ...(provider === undefined ? [] : ['entry.provider = :provider']),
    ];
    // BETWEEN takes both its ends in, so the last key before `before` and the row after `after` are named by a hair.
    const from = after === undefined ? '0' : `${after}\u0000`;
    const to = before === undefined ? ':' : sortable(before);
    if (from > to) return found;
    const pages = paginateQuery(
      { client, pageSize: filters.length > 0 ? 200 : limit + 1 },
      {
        TableName: name,
        IndexName: index,
        KeyConditionExpression: 'watch = :watch AND due BETWEEN :from AND :to',
        ...(filters.length > 0 && { FilterExpression: filters.join(' AND ') }),
        ...(owner !== undefined && { ExpressionAttributeNames: { '#owner': 'owner' } }),
        ExpressionAttributeValues: {
          ':watch': watch,
          ':from': from,
          ':to': to,
          ...(owner !== undefined && { ':owner': owner }),
          ...(provider !== undefined && { ':provider': provider }),
        },
      },
    );
    for await (const { Items = [] } of pages) {
      for (const item of Items) found.push({ due: String(item['due']), entry: item['entry'] });
      if (found.length > limit) break;
    }
    return found;
  };

  const pageOf = async (watches: readonly string[], asked: Asked): Promise<{ entries: unknown[]; next?: string }> => {
    const answers = await Promise.all(watches.map(async (watch) => query(watch, asked)));
    const found = answers.flat().toSorted((a, b) => (a.due < b.due ? -1 : 1));
    const rows = found.slice(0, asked.limit);
    const last = rows.at(-1);
    return {
      entries: rows.map(({ entry }) => entry),
      ...(found.length > asked.limit && last && { next: last.due }),
    };
  };

  /** One request: the first rows under a key of an index, and where the next begin if there may be more. */
  const look = async (
    { IndexName, key, value }: Place,
    { after, from, before, limit, ...filter }: WaitingQuestion,
  ): Promise<{ readonly found: readonly Found[]; readonly next?: string }> => {
    const { expressions, values, names } = filterOf(filter);
    const first = after === undefined ? '0' : `${after}\u0000`;
    const start = from === undefined ? first : [first, sortable(from)].toSorted().at(-1);
    const end = before === undefined ? ':' : sortable(before);
    if (String(start) > end) return { found: [] };
    const { Items = [], LastEvaluatedKey } = await client.send(
      new QueryCommand({
        TableName: name,
        IndexName,
        Limit: expressions.length > 0 ? LOOKED_THROUGH : limit + 1,
        KeyConditionExpression: '#key = :key AND due BETWEEN :from AND :to',
        ...(expressions.length > 0 && { FilterExpression: expressions.join(' AND ') }),
        ExpressionAttributeNames: { '#key': key, ...names },
        ExpressionAttributeValues: { ':key': value, ':from': start, ':to': end, ...values },
      }),
    );
    const next: unknown = LastEvaluatedKey?.['due'];
    return {
      found: Items.map((item) => ({ due: String(item['due']), entry: item['entry'] })),
      ...(typeof next === 'string' && { next }),
    };
  };

  const waitingOf = async <Entry>(
    kind: 'deadline' | 'task',
    everybodys: readonly string[],
    question: WaitingQuestion,
  ): Promise<WaitingPage<Entry>> => {
    const { officers, limit } = question;
    const places: Place[] =
      officers === undefined
        ? everybodys.map((value) => ({ IndexName: index, key: 'watch', value }))
        : officers.map((officer) => ({ IndexName: OFFICER_INDEX, key: 'officer', value: `${kind}#${officer}` }));
    const looks = await Promise.all(places.map(async (place) => look(place, question)));
    // Beyond where the first of them stopped, another may have rows that were not looked at.
    const [horizon] = looks.flatMap(({ next }) => next ?? []).toSorted();
    const found = looks
      .flatMap((one) => one.found)
      .filter(({ due }) => horizon === undefined || due <= horizon)
      .toSorted((a, b) => (a.due < b.due ? -1 : 1));
    const rows = found.slice(0, limit);
    const next = found.length > limit ? rows.at(-1)?.due : horizon;
    return { entries: rows.map(({ entry }) => entry as Entry), ...(next !== undefined && { next }) };
  };

  /** What is kept under the sort keys from one to another, both included, by sort key. */
  const keptBetween = async (pk: string, from: string, to: string): Promise<Map<string, Item>> => {
    const kept = new Map<string, Item>();
    const pages = paginateQuery(
      { client },
      {
        TableName: name,
        KeyConditionExpression: 'pk = :case AND sk BETWEEN :from AND :to',
        ExpressionAttributeValues: { ':case': pk, ':from': from, ':to': to },
        ConsistentRead: true,
      },
    );
    for await (const { Items = [] } of pages) for (const item of Items) kept.set(String(item['sk']), item as Item);
    return kept;
  };

  /** Everything kept of a case's rows, by sort key. */
  const keptOf = async (pk: string): Promise<Map<string, Item>> => {
    const [deadlines, others] = await Promise.all([
      keptBetween(pk, 'deadline#', 'deadline$'),
      // `$` comes after `#`, and between the tasks and how much they were made from only `unheard` is kept.
      keptBetween(pk, 'task#', WATCHED),
    ]);
    return new Map([...deadlines, ...others]);
  };

  /** The cases under one key of the index from before an instant, the earliest first. */
  const casesUnder = async (watch: string, before: Temporal.Instant): Promise<readonly string[]> => {
    const cases: string[] = [];
    const pages = paginateQuery(
      { client },
      {
        TableName: name,
        IndexName: index,
        KeyConditionExpression: 'watch = :watch AND due < :before',
        ExpressionAttributeValues: { ':watch': watch, ':before': sortable(before) },
        ProjectionExpression: 'due',
      },
    );
    for await (const { Items = [] } of pages)
      cases.push(...Items.map((item) => String(item['due']).slice(sortable(before).length + 1)));
    return cases;
  };

  return {
    replace: async (caseNumber, sequence, rows, tasks = [], since, unheard) => {
      const pk = partitionOf(caseNumber);
      // Of a case with one fact nothing is kept that could be in the way: whoever knew more writes over it, or looks again.
      const kept = sequence === 1 ? new Map<string, Item>() : await keptOf(pk);
      if ([...kept.values()].some((item) => item.sequence > sequence)) return false;
      const before = kept.get(WATCHED);
      kept.delete(WATCHED);
      const wanted = new Map<string, Wanted>([
        ...rows.map(({ id, deadline }) => wantedRow('deadline#', id, deadline, watchOf(deadline), deadline.due)),
        ...tasks.map((task) => wantedRow('task#', task.task, task, `task#${task.status}`, task.opened)),
        ...(unheard === undefined ? [] : [missing(caseNumber, unheard)]),
      ]);
      const changed = [...wanted].filter(([sk, { entry }]) => !isDeepStrictEqual(kept.get(sk)?.entry, entry));
      const gone = [...kept.keys()].filter((sk) => !wanted.has(sk));
      const rests = since && { watch: RESTING, due: `${sortable(since)}#${caseNumber}` };
      const stays = before?.due === rests?.due;
      if (changed.length + gone.length === 0 && stays) return false;
      if (!stays || gone.length > 0) {
        // First, and where a row vanishes too: it can tell nobody who knows less that more is known.
        const watched = { TableName: name, Item: { pk, sk: WATCHED, sequence, ...rests }, ...notNewerThan(sequence) };
        if (!(await unlessNewer(client.send(new PutCommand(watched))))) return false;
      }
      await Promise.all([
        ...changed.map(async ([sk, row]) => {
          const Item = { pk, sk, sequence, ...row };
          await unlessNewer(client.send(new PutCommand({ TableName: name, Item, ...notNewerThan(sequence) })));
        }),
        ...gone.map(async (sk) => {
          await unlessNewer(
            client.send(new DeleteCommand({ TableName: name, Key: { pk, sk }, ...notNewerThan(sequence) })),
          );
        }),
      ]);
      return true;
    },
    resting: async (before) => casesUnder(RESTING, before),
    unheard: async (before) => casesUnder(UNHEARD, before),
    page: async (question) => {
      const watches = question.statuses.flatMap((status) => (status === 'breached' ? [status, SETTLED] : [status]));
      const { entries, next } = await pageOf(watches, question);
      return { deadlines: entries as WatchedDeadline[], ...(next !== undefined && { next }) };
    },
    tasks: async (question) => {
      const { entries, next } = await pageOf(
        question.statuses.map((status) => `task#${status}`),
        question,
      );
      return { tasks: entries as WatchedTask[], ...(next !== undefined && { next }) };
    },
    waiting: async (question) => waitingOf('deadline', ['open', 'breached'], question),
    waitingTasks: async (question) => waitingOf('task', ['task#open'], question),
  };
};

/** The sort key of what is kept of a case that rests, or whose rows have vanished. */
export const WATCHED = 'watched';
const RESTING = 'resting';
const UNHEARD = 'unheard';

/** Missed, and done or ended since. */
const SETTLED = 'settled';

const watchOf = (deadline: WatchedDeadline): string =>
  deadline.status === 'breached' && !isOwed(deadline) ? SETTLED : deadline.status;

/** What is read of an item: a row, or how much of the journal the rows were made from. */
interface Item {
  readonly sequence: number;
  readonly entry?: unknown;
  readonly due?: string;
}

type Asked = Omit<Question, 'statuses'>;

/** A key of an index. */
interface Place {
  readonly IndexName: string;
  readonly key: 'watch' | 'officer';
  readonly value: string;
}

type Filter = Pick<WaitingQuestion, 'owners' | 'provider' | 'service' | 'routine'>;

const filterOf = ({ owners, ...fields }: Filter) => {
  const expressions: string[] = [];
  const values: Record<string, string> = {};
  for (const field of ['provider', 'service', 'routine'] as const) {
    const wanted = fields[field];
    if (wanted === undefined) continue;
    expressions.push(`entry.${field} = :${field}`);
    values[`:${field}`] = wanted;
  }
  if (owners === undefined) return { expressions, values, names: {} };
  for (const [place, owner] of owners.entries()) values[`:owner${String(place)}`] = owner;
  expressions.push(`entry.#owner IN (${owners.map((_, place) => `:owner${String(place)}`).join(', ')})`);
  return { expressions, values, names: { '#owner': 'owner' } };
};

interface Found {
  readonly due: string;
  readonly entry: unknown;
}

interface Wanted {
  /** What is shown of it, and whether it has changed. */
  readonly entry: WatchedDeadline | WatchedTask | string;
  readonly watch: string;
  readonly due: string;
  /** Absent, and then not in the index, when nobody waits for it. */
  readonly officer?: string;
}

/** A case in which a mail is missing from an instant on. */
const missing = (caseNumber: string, from: Temporal.Instant): [string, Wanted] => [
  UNHEARD,
  { entry: sortable(from), watch: UNHEARD, due: `${sortable(from)}#${caseNumber}` },
];

const wantedRow = (
  prefix: string,
  id: string,
  entry: WatchedDeadline | WatchedTask,
  watch: string,
  at: string,
): [string, Wanted] => [
  `${prefix}${id}`,
  {
    entry,
    watch,
    due: [sortable(at), entry.case, id].join('#'),
    ...(entry.officer !== undefined && WAITING.has(watch) && { officer: `${prefix}${entry.officer}` }),
  },
];

const WAITING: ReadonlySet<string> = new Set(['open', 'breached', 'task#open']);

const notNewerThan = (sequence: number) => ({
  ConditionExpression: 'attribute_not_exists(pk) OR #sequence <= :sequence',
  ExpressionAttributeNames: { '#sequence': 'sequence' },
  ExpressionAttributeValues: { ':sequence': sequence },
});

/** What was made from more of the journal stands: whether this was written. */
const unlessNewer = async (write: Promise<unknown>): Promise<boolean> => {
  try {
    await write;
    return true;
  } catch (error) {
    if (conditionFailed(error)) return false;
    throw error;
  }
};
