import { PutCommand, paginateQuery } from '@aws-sdk/lib-dynamodb';
import { isDeepStrictEqual } from 'node:util';
import { conditionFailed, type Table } from '../table.ts';
import { BY_FRIST, changeKey, changePage, type Change, type KeptRegisters } from './registers.ts';
import { itemsIn, tableRegisters, type Item } from './table.ts';

/** The registers in the table, for those who change them. */
export const tableKeptRegisters = (table: Table): KeptRegisters => {
  const { client, name } = table;
  const { readItem, itemsOf } = itemsIn(table);

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
    ...tableRegisters(table),
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
