import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { conditionFailed, type Table } from '../table.ts';
import type { Rotations, RotationState } from './rotations.ts';

/* `rotation#<list>` / `state`: one item, so that a turn and what it was taken for are written together. */

export const tableRotations = ({ client, name }: Table): Rotations => ({
  read: async (list) => {
    const { Item } = await client.send(new GetCommand({ TableName: name, Key: keyOf(list), ConsistentRead: true }));
    return Item?.['state'] as RotationState | undefined;
  },
  write: async (list, next) => {
    try {
      await client.send(
        new PutCommand({
          TableName: name,
          Item: { ...keyOf(list), version: next.version, state: next },
          ConditionExpression: 'attribute_not_exists(pk) OR version = :before',
          ExpressionAttributeValues: { ':before': next.version - 1 },
        }),
      );
      return true;
    } catch (error) {
      if (conditionFailed(error)) return false;
      throw error;
    }
  },
});

const keyOf = (list: string) => ({ pk: `rotation#${list}`, sk: 'state' });
