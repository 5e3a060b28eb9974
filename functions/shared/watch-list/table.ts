import { DeleteCommand, PutCommand, paginateQuery } from '@aws-sdk/lib-dynamodb';
import { isDeepStrictEqual } from 'node:util';
import { Temporal } from 'temporal-polyfill';
import { partitionOf } from '../journal/table.ts';
import { conditionFailed, type Table } from '../table.ts';
import type { Question, WatchedDeadline, WatchList } from './watch-list.ts';

/*
 * `case#<number>` / `deadline#<id>`, and in the index `watch` under `<status>` / `<due>#<case>#<id>`, so that a page of
 * the list is one query for each status asked for. `case#<number>` / `watched` holds how much of the journal the rows were
 * made from.
 */

export const tableWatchList = ({ client, name }: Table, index = 'watch'): WatchList => {
  /** The rows of one status from where the last page ended, with one more than asked for when there are more. */
  const query = async (status: string, { after, before, owner, provider, limit }: Question): Promise<Found[]> => {
    const found: Found[] = [];
    const filters = [
      ...(owner === undefined ? [] : ['deadline.#owner = :owner']),
      ...(provider === undefined ? [] : ['deadline.provider = :provider']),
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
        KeyConditionExpression: 'watch = :status AND due BETWEEN :from AND :to',
        ...(filters.length > 0 && { FilterExpression: filters.join(' AND ') }),
        ...(owner !== undefined && { ExpressionAttributeNames: { '#owner': 'owner' } }),
        ExpressionAttributeValues: {
          ':status': status,
          ':from': from,
          ':to': to,
          ...(owner !== undefined && { ':owner': owner }),
          ...(provider !== undefined && { ':provider': provider }),
        },
      },
    );
    for await (const { Items = [] } of pages) {
      for (const item of Items) found.push({ due: String(item['due']), deadline: item['deadline'] as WatchedDeadline });
      if (found.length > limit) break;
    }
    return found;
  };

  return {
    replace: async (caseNumber, sequence, rows) => {
      const pk = partitionOf(caseNumber);
      const watched = { TableName: name, Item: { pk, sk: 'watched', sequence }, ...notNewerThan(sequence) };
      if (!(await unlessNewer(client.send(new PutCommand(watched))))) return;
      const kept = await keptRows(pk);
      const wanted = new Map(rows.map((row) => [`deadline#${row.id}`, row]));
      const changed = [...wanted].filter(([sk, { deadline }]) => !same(kept.get(sk), deadline));
      const gone = [...kept.keys()].filter((sk) => !wanted.has(sk));
      await Promise.all([
        ...changed.map(async ([sk, { id, deadline }]) => {
          const due = [padded(Temporal.Instant.from(deadline.due)), caseNumber, id].join('#');
          const Item = { pk, sk, sequence, deadline, watch: deadline.status, due };
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
      const { statuses, limit } = question;
      const answers = await Promise.all(statuses.map(async (status) => query(status, question)));
      const found = answers.flat().toSorted((a, b) => (a.due < b.due ? -1 : 1));
      const rows = found.slice(0, limit);
      const last = rows.at(-1);
      return {
        deadlines: rows.map(({ deadline }) => deadline),
        ...(found.length > limit && last && { next: last.due }),
      };
    },
  };

  async function keptRows(pk: string): Promise<Map<string, unknown>> {
    const kept = new Map<string, unknown>();
    const pages = paginateQuery(
      { client },
      {
        TableName: name,
        KeyConditionExpression: 'pk = :case AND begins_with(sk, :deadline)',
        ExpressionAttributeValues: { ':case': pk, ':deadline': 'deadline#' },
        ConsistentRead: true,
      },
    );
    for await (const { Items = [] } of pages) for (const item of Items) kept.set(String(item['sk']), item['deadline']);
    return kept;
  }
};

interface Found {
  readonly due: string;
  readonly deadline: WatchedDeadline;
}

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

const same = (kept: unknown, deadline: WatchedDeadline): boolean => isDeepStrictEqual(kept, deadline);
