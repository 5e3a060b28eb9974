import { paginateQuery } from '@aws-sdk/lib-dynamodb';
import { Temporal } from 'temporal-polyfill';
import { formatInstant } from '../../../domain/calendar/stockholm.ts';
import type { Table } from '../table.ts';
import type { MailProblem, MailProblems } from './mail-problems.ts';

/*
 * `register#mailProblem` / `<address>`, with `since` (milliseconds since 1970) and `reason` while there is a problem, and
 * `cleared` once there was none: what SES told of an earlier mail can come later, and twice.
 */

/** The problems in the table, for those who only show them. */
export const tableProblemList = ({ client, name }: Table): Pick<MailProblems, 'list'> => ({
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
});

export const REGISTER = 'register#mailProblem';
