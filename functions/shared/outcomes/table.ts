import { PutCommand, paginateQuery } from '@aws-sdk/lib-dynamodb';
import type { Outcome } from '../../../domain/statistics/outcomes.ts';
import { partitionOf } from '../journal/table-reader.ts';
import { conditionFailed, type Table } from '../table.ts';
import type { Month, Outcomes } from './outcomes.ts';

/*
 * `case#<number>` / `outcomes#<month>`: one item for the orders and switches of a case that count in a month, and in the
 * index `watch` under `outcomes#<month>` / `<case>`, so that a month of all cases is one query. The outcomes are kept as
 * JSON: nothing in the table asks about their inside. A month that a case has none in any more leaves the index.
 */

/** @param index the name of the index; whoever only keeps outcomes needs none */
export const tableOutcomes = ({ client, name }: Table, index = 'watch'): Outcomes => {
  const ofMonth = async (month: Month): Promise<Outcome[]> => {
    const outcomes: Outcome[] = [];
    const pages = paginateQuery(
      { client },
      {
        TableName: name,
        IndexName: index,
        KeyConditionExpression: 'watch = :month',
        ExpressionAttributeValues: { ':month': `outcomes#${month}` },
        ProjectionExpression: 'outcomes',
      },
    );
    for await (const { Items = [] } of pages)
      for (const item of Items) outcomes.push(...(JSON.parse(String(item['outcomes'])) as Outcome[]));
    return outcomes;
  };

  return {
    keep: async (caseNumber, month, sequence, outcomes) => {
      const Item = {
        pk: partitionOf(caseNumber),
        sk: `outcomes#${month}`,
        sequence,
        outcomes: JSON.stringify(outcomes),
        ...(outcomes.length > 0 && { watch: `outcomes#${month}`, due: caseNumber }),
      };
      try {
        await client.send(
          new PutCommand({
            TableName: name,
            Item,
            ConditionExpression: 'attribute_not_exists(pk) OR #sequence <= :sequence',
            ExpressionAttributeNames: { '#sequence': 'sequence' },
            ExpressionAttributeValues: { ':sequence': sequence },
          }),
        );
      } catch (error) {
        if (!conditionFailed(error)) throw error;
      }
    },
    of: async (months) => (await Promise.all(months.map(ofMonth))).flat(),
  };
};
