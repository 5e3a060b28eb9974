import { GetCommand, UpdateCommand, paginateQuery } from '@aws-sdk/lib-dynamodb';
import { Temporal } from 'temporal-polyfill';
import { formatInstant } from '../../../domain/calendar/stockholm.ts';
import { conditionFailed, type Table } from '../table.ts';
import type { MailProblem, MailProblems } from './mail-problems.ts';

/*
 * `register#mailProblem` / `<address>`, with `since` (milliseconds since 1970) and `reason` while there is a problem, and
 * `cleared` once there was none: what SES told of an earlier mail can come later, and twice.
 */

export const tableMailProblems = ({ client, name }: Table): MailProblems => {
  const update = async (address: string, command: object): Promise<void> => {
    try {
      await client.send(new UpdateCommand({ TableName: name, Key: keyOf(address), ...command }));
    } catch (error) {
      if (!conditionFailed(error)) throw error;
    }
  };
  return {
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
    list: async () => {
      const problems = new Map<string, MailProblem>();
      const pages = paginateQuery(
        { client },
        {
          TableName: name,
          KeyConditionExpression: 'pk = :register',
          ExpressionAttributeValues: { ':register': REGISTER },
        },
      );
      for await (const { Items = [] } of pages)
        for (const { sk, since, reason } of Items)
          if (since !== undefined)
            problems.set(String(sk), {
              since: formatInstant(Temporal.Instant.fromEpochMilliseconds(Number(since))),
              reason: String(reason),
            });
      return problems;
    },
  };
};

const REGISTER = 'register#mailProblem';

const keyOf = (address: string) => ({ pk: REGISTER, sk: address.toLowerCase() });
