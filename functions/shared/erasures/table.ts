import { DeleteCommand, PutCommand, QueryCommand, paginateQuery } from '@aws-sdk/lib-dynamodb';
import { failureKey, toldKey } from '../deliveries/table.ts';
import { partitionOf } from '../journal/table-reader.ts';
import type { Table } from '../table.ts';
import { WATCHED } from '../watch-list/table-keys.ts';
import type { Erasure, Erasures } from './erasures.ts';

/*
 * `erasure` / `<when>#<case>`: the receipts. What they tell of is every item of `case#<number>`, and of each partner its rows
 * of the case. Links, replies and bundles of notices are gone long before, by the table's time to live.
 */

export const tableErasures = ({ client, name }: Table): Erasures => {
  const keysOf = async (caseNumber: string): Promise<string[]> => {
    const keys: string[] = [];
    const pages = paginateQuery(
      { client },
      {
        TableName: name,
        KeyConditionExpression: 'pk = :case',
        ExpressionAttributeValues: { ':case': partitionOf(caseNumber) },
        ProjectionExpression: 'sk',
        ConsistentRead: true,
      },
    );
    for await (const { Items = [] } of pages) keys.push(...Items.map((item) => String(item['sk'])));
    return keys;
  };
  const remove = async (Key: { readonly pk: string; readonly sk: string }): Promise<void> =>
    void (await client.send(new DeleteCommand({ TableName: name, Key })));

  return {
    count: async (caseNumber) => (await keysOf(caseNumber)).length,
    erase: async (caseNumber, partners) => {
      for (const partner of partners) {
        await remove(failureKey(partner, caseNumber));
        await remove(toldKey(partner, caseNumber));
      }
      const pk = partitionOf(caseNumber);
      // A query answers by sort key, and so do the facts go: the first first.
      for (const sk of await keysOf(caseNumber)) if (sk !== WATCHED) await remove({ pk, sk });
      await remove({ pk, sk: WATCHED });
    },
    note: async (erasure) => {
      const Item = { pk: 'erasure', sk: `${erasure.at}#${erasure.case}`, erasure };
      await client.send(new PutCommand({ TableName: name, Item }));
    },
    list: async (limit) => {
      const { Items = [] } = await client.send(
        new QueryCommand({
          TableName: name,
          KeyConditionExpression: 'pk = :erasure',
          ExpressionAttributeValues: { ':erasure': 'erasure' },
          ScanIndexForward: false,
          Limit: limit,
        }),
      );
      return Items.map((item) => item['erasure'] as Erasure);
    },
  };
};
