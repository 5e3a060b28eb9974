import { GetCommand, PutCommand, paginateQuery } from '@aws-sdk/lib-dynamodb';
import { isDeepStrictEqual } from 'node:util';
import { conditionFailed, type Table } from '../table.ts';
import { BY_FRIST, changeKey, changePage, type Change, type Registers } from './registers.ts';

/*
 * `register#<name>` / `<id>`: one partition a register, so that listing it is a query. Each item holds the entry, its version
 * and the change that made it so: entry and note are one write, and neither is without the other. Before it is replaced, its
 * change is laid by under `register#<name>#changes` / `<when>#<id>#<version>`, as often as it takes.
 */

export const tableRegisters = ({ client, name }: Table): Registers => {
  const readItem = async (register: string, id: string, ConsistentRead: boolean): Promise<Item | undefined> => {
    const { Item } = await client.send(
      new GetCommand({ TableName: name, Key: { pk: `register#${register}`, sk: id }, ConsistentRead }),
    );
    return Item as Item | undefined;
  };

  const itemsOf = async (register: string, ConsistentRead = false): Promise<Item[]> => {
    const items: Item[] = [];
    const pages = paginateQuery(
      { client },
      {
        TableName: name,
        KeyConditionExpression: 'pk = :register',
        ExpressionAttributeValues: { ':register': `register#${register}` },
        ConsistentRead,
      },
    );
    for await (const { Items = [] } of pages) items.push(...(Items as Item[]));
    return items;
  };

  const layBy = async (register: string, change: Change): Promise<void> => {
    const Item = { pk: `register#${register}#changes`, sk: changeKey(change), change };
    await client.send(new PutCommand({ TableName: name, Item }));
  };

  const replace = async (register: string, change: Change, now: Item | undefined): Promise<boolean> => {
    const { id, version, after } = change;
    const Item = { pk: `register#${register}`, sk: id, entry: after, version, change };
    try {
      await client.send(
        new PutCommand({
          TableName: name,
          Item,
          // Of an entry from before there were versions, nothing but that it has none is known.
          ConditionExpression: now?.version === undefined ? 'attribute_not_exists(version)' : 'version = :version',
          ...(now?.version !== undefined && { ExpressionAttributeValues: { ':version': now.version } }),
        }),
      );
      return true;
    } catch (error) {
      if (conditionFailed(error)) return false;
      throw error;
    }
  };

  return {
    find: async (register, id) => (await readItem(register, id, false))?.entry as never,
    read: async (register, id) => {
      const item = await readItem(register, id, true);
      return item && ({ entry: item.entry, version: item.version ?? 0 } as never);
    },
    list: async (register, how) => (await itemsOf(register, how?.fresh)).map(({ entry }) => entry) as never,
    put: async (register, entry, { who, at, ifVersion } = BY_FRIST) => {
      for (;;) {
        const now = await readItem(register, entry.id, true);
        const version = now?.version ?? 0;
        if (ifVersion !== undefined && ifVersion !== version) return { ok: false, version };
        if (isDeepStrictEqual(now?.entry, entry)) return { ok: true, version };
        if (now?.change !== undefined) await layBy(register, now.change);
        const before = now && { before: now.entry };
        const change: Change = { id: entry.id, version: version + 1, who, at, ...before, after: entry };
        if (await replace(register, change, now)) return { ok: true, version: change.version };
      }
    },
    changes: async (register, { limit, before }) => {
      const items = await itemsOf(register);
      const changes = items.flatMap(({ change }) => change ?? []);
      const pages = paginateQuery(
        { client, pageSize: limit + 1 },
        {
          TableName: name,
          KeyConditionExpression: before === undefined ? 'pk = :changes' : 'pk = :changes AND sk < :before',
          ExpressionAttributeValues: {
            ':changes': `register#${register}#changes`,
            ...(before !== undefined && { ':before': before }),
          },
          ScanIndexForward: false,
        },
      );
      let laidBy = 0;
      for await (const { Items = [] } of pages) {
        changes.push(...Items.map((item) => item['change'] as Change));
        laidBy += Items.length;
        if (laidBy > limit) break;
      }
      return changePage(changes, { limit, ...(before !== undefined && { before }) }) as never;
    },
  };
};

interface Item {
  readonly entry: Change['after'];
  /** Not there in entries from before there were versions. */
  readonly version?: number;
  readonly change?: Change;
}
