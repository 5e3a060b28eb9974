import { DeleteCommand, PutCommand, paginateQuery } from '@aws-sdk/lib-dynamodb';
import { isDeepStrictEqual } from 'node:util';
import { Temporal } from 'temporal-polyfill';
import { partitionOf } from '../journal/table.ts';
import { conditionFailed, type Table } from '../table.ts';
import type { Question, WatchedDeadline, WatchedTask, WatchList } from './watch-list.ts';

/*
 * `case#<number>` / `deadline#<id>` and `task#<id>`, and in the index `watch` under `<status>` or `task#<status>` /
 * `<due>#<case>#<id>`, so that a page of the list is one query for each status asked for. `case#<number>` / `watched` holds
 * how much of the journal the rows were made from.
 */

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
    const to = before === undefined ? ':' : padded(Temporal.Instant.from(before));
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

  /** Everything kept of a case's rows, by sort key. */
  const keptRows = async (pk: string): Promise<Map<string, unknown>> => {
    const kept = new Map<string, unknown>();
    for (const prefix of ['deadline#', 'task#']) {
      const pages = paginateQuery(
        { client },
        {
          TableName: name,
          KeyConditionExpression: 'pk = :case AND begins_with(sk, :prefix)',
          ExpressionAttributeValues: { ':case': pk, ':prefix': prefix },
          ConsistentRead: true,
        },
      );
      for await (const { Items = [] } of pages) for (const item of Items) kept.set(String(item['sk']), item['entry']);
    }
    return kept;
  };

  return {
    replace: async (caseNumber, sequence, rows, tasks = []) => {
      const pk = partitionOf(caseNumber);
      const watched = { TableName: name, Item: { pk, sk: 'watched', sequence }, ...notNewerThan(sequence) };
      if (!(await unlessNewer(client.send(new PutCommand(watched))))) return;
      const kept = await keptRows(pk);
      const wanted = new Map([
        ...rows.map(({ id, deadline }) => wantedRow('deadline#', id, deadline, deadline.status, deadline.due)),
        ...tasks.map((task) => wantedRow('task#', task.task, task, `task#${task.status}`, task.opened)),
      ]);
      const changed = [...wanted].filter(([sk, { entry }]) => !isDeepStrictEqual(kept.get(sk), entry));
      const gone = [...kept.keys()].filter((sk) => !wanted.has(sk));
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
    },
    page: async (question) => {
      const { entries, next } = await pageOf(question.statuses, question);
      return { deadlines: entries as WatchedDeadline[], ...(next !== undefined && { next }) };
    },
    tasks: async (question) => {
      const { entries, next } = await pageOf(
        question.statuses.map((status) => `task#${status}`),
        question,
      );
      return { tasks: entries as WatchedTask[], ...(next !== undefined && { next }) };
    },
  };
};

type Asked = Omit<Question, 'statuses'>;

interface Found {
  readonly due: string;
  readonly entry: unknown;
}

interface Wanted {
  readonly entry: WatchedDeadline | WatchedTask;
  readonly watch: string;
  readonly due: string;
}

const wantedRow = (
  prefix: string,
  id: string,
  entry: WatchedDeadline | WatchedTask,
  watch: string,
  at: string,
): [string, Wanted] => [
  `${prefix}${id}`,
  { entry, watch, due: [padded(Temporal.Instant.from(at)), entry.case, id].join('#') },
];

/** Milliseconds since the epoch in as many digits as any has, so that text sorts as time does. */
const padded = (instant: Temporal.Instant): string => String(Math.max(0, instant.epochMilliseconds)).padStart(15, '0');

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
