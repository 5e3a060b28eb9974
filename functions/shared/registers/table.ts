import { GetCommand, PutCommand, paginateQuery } from '@aws-sdk/lib-dynamodb';
import type { Table } from '../table.ts';
import type { Registers } from './registers.ts';

/* `register#<name>` / `<id>`: one partition a register, so that listing it is a query. */

export const tableRegisters = ({ client, name }: Table): Registers => ({
  find: async (register, id) => {
    const { Item } = await client.send(
      new GetCommand({ TableName: name, Key: { pk: `register#${register}`, sk: id } }),
    );
    return Item?.['entry'] as never;
  },
  list: async (register) => {
    const entries: unknown[] = [];
    const pages = paginateQuery(
      { client },
      {
        TableName: name,
        KeyConditionExpression: 'pk = :register',
        ExpressionAttributeValues: { ':register': `register#${register}` },
      },
    );
    for await (const { Items = [] } of pages) entries.push(...Items.map((item) => item['entry']));
    return entries as never;
  },
  put: async (register, entry) => {
    await client.send(new PutCommand({ TableName: name, Item: { pk: `register#${register}`, sk: entry.id, entry } }));
  },
});
