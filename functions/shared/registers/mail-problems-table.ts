import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { conditionFailed, type Table } from '../table.ts';
import { REGISTER, tableProblemList } from './mail-problems-list.ts';
import type { MailProblems } from './mail-problems.ts';

/** The problems in the table, for those who note them. */
export const tableMailProblems = (table: Table): MailProblems => {
  const { client, name } = table;
  const update = async (address: string, command: object): Promise<void> => {
    try {
      await client.send(new UpdateCommand({ TableName: name, Key: keyOf(address), ...command }));
    } catch (error) {
      if (!conditionFailed(error)) throw error;
    }
  };
  return {
    ...tableProblemList(table),
    note: async (address, { epochMilliseconds: at }, reason) =>
      update(address, {
        UpdateExpression: 'SET since = :at, reason = :reason',
        ConditionExpression: 'attribute_not_exists(since) AND (attribute_not_exists(cleared) OR cleared < :at)',
        ExpressionAttributeValues: { ':at': at, ':reason': reason },
      }),
    clear: async (address, { epochMilliseconds: at }) => {
      // Nearly every mail arrives where the last one did, and reading costs less than writing.
      const { Item } = await client.send(new GetCommand({ TableName: name, Key: keyOf(address) }));
      if (Item?.['since'] === undefined) return;
      await update(address, {
        UpdateExpression: 'SET cleared = :at REMOVE since, reason',
        ConditionExpression: 'since <= :at',
        ExpressionAttributeValues: { ':at': at },
      });
    },
  };
};

const keyOf = (address: string) => ({ pk: REGISTER, sk: address.toLowerCase() });
