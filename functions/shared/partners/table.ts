import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { conditionFailed, type Table } from '../table.ts';
import type { KeptState, PartnerStates } from './partners.ts';

/* `partner#<id>` / `state`. */

export const tablePartnerStates = ({ client, name }: Table): PartnerStates => ({
  find: async (partner) => {
    const { Item } = await client.send(new GetCommand({ TableName: name, Key: keyOf(partner), ConsistentRead: true }));
    return Item?.['state'] as KeptState | undefined;
  },
  put: async (partner, state, after) => {
    const Item = { ...keyOf(partner), state: { ...state, revision: (after ?? 0) + 1 } };
    try {
      await client.send(
        after === undefined
          ? new PutCommand({ TableName: name, Item, ConditionExpression: 'attribute_not_exists(pk)' })
          : new PutCommand({
              TableName: name,
              Item,
              ConditionExpression: '#state.revision = :after',
              ExpressionAttributeNames: { '#state': 'state' },
              ExpressionAttributeValues: { ':after': after },
            }),
      );
      return true;
    } catch (error) {
      if (conditionFailed(error)) return false;
      throw error;
    }
  },
});

const keyOf = (partner: string) => ({ pk: `partner#${partner}`, sk: 'state' });
