import { PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { randomUUID } from 'node:crypto';
import { partitionOf } from '../journal/table-reader.ts';
import type { Table } from '../table.ts';
import { sortable } from '../sortable.ts';
import type { Reading, Readings } from './readings.ts';

/* `case#<number>` / `read#<when>#<a random id>`: in the case's own partition, so that it goes when the case does. */

export const tableReadings = ({ client, name }: Table): Readings => ({
  note: async (reading) => {
    const Item = { pk: partitionOf(reading.case), sk: `read#${sortable(reading.at)}#${randomUUID()}`, reading };
    await client.send(new PutCommand({ TableName: name, Item }));
  },
  latest: async (caseNumber, limit) => {
    const { Items = [] } = await client.send(
      new QueryCommand({
        TableName: name,
        KeyConditionExpression: 'pk = :case AND begins_with(sk, :read)',
        ExpressionAttributeValues: { ':case': partitionOf(caseNumber), ':read': 'read#' },
        ScanIndexForward: false,
        Limit: limit,
      }),
    );
    return Items.map((item) => item['reading'] as Reading);
  },
});
