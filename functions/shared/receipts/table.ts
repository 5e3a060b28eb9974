import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { Temporal } from 'temporal-polyfill';
import { createHash } from 'node:crypto';
import { conditionFailed, type Table } from '../table.ts';
import { KEPT_DAYS, type Receipts } from './receipts.ts';

/*
 * `webhook#<partner>` / `<SHA-256 of the id>`, with a hash of the body, when it was taken, and the timestamps seen; gone some
 * time later by the table's time to live.
 */

export const tableReceipts = ({ client, name }: Table): Receipts => ({
  take: async ({ partner, id, timestamp, body }, now) => {
    const Key = { pk: `webhook#${partner}`, sk: hash(id) };
    try {
      const { Attributes } = await client.send(
        new UpdateCommand({
          TableName: name,
          Key,
          UpdateExpression:
            'SET body = :body, takenAt = if_not_exists(takenAt, :now), expires = :expires ADD seen :these',
          ConditionExpression: 'attribute_not_exists(pk) OR (body = :body AND NOT contains(seen, :this))',
          ExpressionAttributeValues: {
            ':body': hash(body),
            ':now': now.toString(),
            ':expires': Math.floor(now.epochMilliseconds / 1000) + KEPT_DAYS * 86_400,
            ':these': new Set([timestamp.toString()]),
            ':this': timestamp.toString(),
          },
          ReturnValues: 'ALL_NEW',
        }),
      );
      return { kind: 'taken', at: Temporal.Instant.from(String(Attributes?.['takenAt'])) };
    } catch (error) {
      if (!conditionFailed(error)) throw error;
    }
    const { Item } = await client.send(new GetCommand({ TableName: name, Key, ConsistentRead: true }));
    return { kind: Item?.['body'] === hash(body) ? 'replayed' : 'reused' };
  },
});

const hash = (text: string): string => createHash('sha256').update(text).digest('hex');
