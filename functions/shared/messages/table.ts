import { PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { Temporal } from 'temporal-polyfill';
import type { Table } from '../table.ts';
import { STRAY_DAYS, type Stray, type Strays } from './strays.ts';

/* `stray` / `<received>#<mail>`, gone some time after it has expired by the table's time to live. */

export const tableStrays = ({ client, name }: Table): Strays => ({
  add: async ({ mail, received }) => {
    const expires = Temporal.Instant.from(received).add({ hours: 24 * STRAY_DAYS });
    await client.send(
      new PutCommand({
        TableName: name,
        Item: {
          pk: 'stray',
          sk: `${received}#${mail}`,
          mail,
          received,
          expires: Math.floor(expires.epochMilliseconds / 1000),
        },
      }),
    );
  },
  list: async (now) => {
    const { Items = [] } = await client.send(
      new QueryCommand({
        TableName: name,
        KeyConditionExpression: 'pk = :stray',
        ExpressionAttributeValues: { ':stray': 'stray' },
        ScanIndexForward: false,
        Limit: 100,
      }),
    );
    return Items.filter(({ expires }) => Number(expires) * 1000 > now.epochMilliseconds).map(
      ({ mail, received }): Stray => ({ mail: String(mail), received: String(received) }),
    );
  },
});
