import { DeleteCommand, GetCommand, PutCommand, UpdateCommand, paginateQuery } from '@aws-sdk/lib-dynamodb';
import { conditionFailed, type Table } from '../table.ts';
import { TURN_MS, type Deliveries, type Failure, type Turn } from './deliveries.ts';

/*
 * `partner#<id>` / `told#<case>`: how far it has been told, and whose turn it is. `undelivered#<id>` / `<case>`: where it stands still, in a
 * partition of its own so that listing is a query.
 */

/** @param wall milliseconds of elapsed time, for turns alone: they keep others away meanwhile and are no business time. */
export const tableDeliveries = ({ client, name }: Table, wall: () => number = Date.now): Deliveries => {
  /** Changes the row of a turn, if it is as the condition says. */
  const change = async (
    { partner, case: caseNumber }: Turn,
    UpdateExpression: string,
    ConditionExpression: string,
    ExpressionAttributeValues: Record<string, unknown>,
  ): Promise<boolean> => {
    const Key = toldKey(partner, caseNumber);
    try {
      await client.send(
        new UpdateCommand({ TableName: name, Key, UpdateExpression, ConditionExpression, ExpressionAttributeValues }),
      );
      return true;
    } catch (error) {
      if (conditionFailed(error)) return false;
      throw error;
    }
  };
  return {
    takeTurn: async (turn) => {
      for (;;) {
        const now = wall();
        const free = 'attribute_not_exists(turnUntil) OR turnUntil <= :now';
        const mine = { ':holder': turn.holder, ':until': now + TURN_MS, ':now': now };
        if (await change(turn, 'SET holder = :holder, turnUntil = :until REMOVE knocked', free, mine)) return true;
        if (await change(turn, 'SET knocked = :true', 'turnUntil > :now', { ':true': true, ':now': now })) return false;
        // It was ended in between.
      }
    },
    endTurn: async (turn) => {
      const holder = { ':holder': turn.holder };
      if (await change(turn, 'REMOVE holder, turnUntil', 'holder = :holder AND attribute_not_exists(knocked)', holder))
        return true;
      // Whose turn was over before it was ended has nothing left to do.
      return !(await change(turn, 'REMOVE knocked', 'holder = :holder', holder));
    },
    told: async (partner, caseNumber) => {
      const { Item } = await client.send(
        new GetCommand({ TableName: name, Key: toldKey(partner, caseNumber), ConsistentRead: true }),
      );
      return Number(Item?.['told'] ?? 0);
    },
    markTold: async (partner, caseNumber, sequence) => {
      try {
        await client.send(
          new UpdateCommand({
            TableName: name,
            Key: toldKey(partner, caseNumber),
            UpdateExpression: 'SET told = :sequence',
            ConditionExpression: 'attribute_not_exists(told) OR told < :sequence',
            ExpressionAttributeValues: { ':sequence': sequence },
          }),
        );
      } catch (error) {
        if (!conditionFailed(error)) throw error;
      }
    },
    failure: async (partner, caseNumber) => {
      const { Item } = await client.send(
        new GetCommand({ TableName: name, Key: failureKey(partner, caseNumber), ConsistentRead: true }),
      );
      return Item?.['failure'] as Failure | undefined;
    },
    putFailure: async (failure) => {
      await client.send(
        new PutCommand({ TableName: name, Item: { ...failureKey(failure.partner, failure.case), failure } }),
      );
    },
    clearFailure: async (partner, caseNumber) => {
      await client.send(new DeleteCommand({ TableName: name, Key: failureKey(partner, caseNumber) }));
    },
    failures: async (partner) => {
      const found: Failure[] = [];
      const pages = paginateQuery(
        { client },
        {
          TableName: name,
          KeyConditionExpression: 'pk = :partner',
          ExpressionAttributeValues: { ':partner': failureKey(partner, '').pk },
        },
      );
      for await (const { Items = [] } of pages) found.push(...Items.map((item) => item['failure'] as Failure));
      return found;
    },
  };
};

export const toldKey = (partner: string, caseNumber: string) => ({
  pk: `partner#${partner}`,
  sk: `told#${caseNumber}`,
});
export const failureKey = (partner: string, caseNumber: string) => ({ pk: `undelivered#${partner}`, sk: caseNumber });
