import { GetCommand, paginateQuery } from '@aws-sdk/lib-dynamodb';
import type { Table } from '../table.ts';
import type { Change, Registers } from './registers.ts';

/*
 * `register#<name>` / `<id>`: one partition a register, so that listing it is a query. Each item holds the entry, its version
 * and the change that made it so: entry and note are one write, and neither is without the other. Before it is replaced, its
 * change is laid by under `register#<name>#changes` / `<when>#<id>#<version>`, as often as it takes.
 */

export const tableRegisters = (table: Table): Registers => {
  const { readItem, itemsOf } = itemsIn(table);
  return {
    find: async (register, id) => (await readItem(register, id, false))?.entry as never,
    read: async (register, id) => {
      const item = await readItem(register, id, true);
      return item && ({ entry: item.entry, version: item.version ?? 0 } as never);
    },
    list: async (register, how) => (await itemsOf(register, how?.fresh)).map(({ entry }) => entry) as never,
  };
};

/** The entries as they lie in the table. */
export const itemsIn = ({ client, name }: Table) => {
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

  return { readItem, itemsOf };
};

export interface Item {
  readonly entry: Change['after'];
  /** Not there in entries from before there were versions. */
  readonly version?: number;
  readonly change?: Change;
}
