import { QueryCommand, paginateQuery } from '@aws-sdk/lib-dynamodb';
import type { Temporal } from 'temporal-polyfill';
import { sortable } from '../sortable.ts';
import type { Table } from '../table.ts';
import { OFFICER_INDEX, RESTING, SETTLED, UNHEARD } from './table-keys.ts';
import {
  LOOKED_THROUGH,
  type Question,
  type WaitingPage,
  type WaitingQuestion,
  type WatchedDeadline,
  type WatchedTask,
  type WatchList,
} from './watch-list.ts';

/** What is asked of the watch list in the table. */
export const tableQuestions = ({ client, name }: Table, index: string): Omit<WatchList, 'replace'> => {
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
