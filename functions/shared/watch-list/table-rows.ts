import { DeleteCommand, PutCommand, paginateQuery } from '@aws-sdk/lib-dynamodb';
import { isDeepStrictEqual } from 'node:util';
import type { Temporal } from 'temporal-polyfill';
import { isOwed } from '../../../domain/case/owed.ts';
import { partitionOf } from '../journal/table-reader.ts';
import { sortable } from '../sortable.ts';
import { conditionFailed, type Table } from '../table.ts';
import { RESTING, SETTLED, UNHEARD, WATCHED } from './table-keys.ts';
import type { WatchedDeadline, WatchedTask, WatchList } from './watch-list.ts';

/** The rows of the watch list in the table, as they are written. */
export const tableRows = ({ client, name }: Table): Pick<WatchList, 'replace'> => {
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
  };
};

const watchOf = (deadline: WatchedDeadline): string =>
  deadline.status === 'breached' && !isOwed(deadline) ? SETTLED : deadline.status;

/** What is read of an item: a row, or how much of the journal the rows were made from. */
interface Item {
  readonly sequence: number;
  readonly entry?: unknown;
  readonly due?: string;
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
