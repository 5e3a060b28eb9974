import { paginateQuery } from '@aws-sdk/lib-dynamodb';
import type { RecordedFact } from '../facts.ts';
import type { Table } from '../table.ts';
import { LONGEST_CASE_NUMBER, type Journal } from './journal.ts';

/*
 * `case#<number>` / `fact#<sequence>`. The fact is kept as the JSON it came as: nothing in the table asks about its inside,
 * and what was recorded is read back to the letter.
 */

export const tableJournalReader = ({ client, name }: Table): Pick<Journal, 'load'> => ({
  load: async (caseNumber) => {
    const facts: RecordedFact[] = [];
    // What people and programs ask for may be longer than a key of the table.
    if (caseNumber.length > LONGEST_CASE_NUMBER) return facts;
    const pages = paginateQuery(
      { client },
      {
        TableName: name,
        KeyConditionExpression: 'pk = :case AND begins_with(sk, :fact)',
        ExpressionAttributeValues: { ':case': partitionOf(caseNumber), ':fact': 'fact#' },
        ProjectionExpression: 'fact',
        ConsistentRead: true,
      },
    );
    for await (const { Items = [] } of pages) for (const item of Items) facts.push(JSON.parse(String(item['fact'])));
    return facts;
  },
});

export const partitionOf = (caseNumber: string): string => `case#${caseNumber}`;
