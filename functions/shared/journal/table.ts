import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { conditionFailed, type Table } from '../table.ts';
import type { Journal } from './journal.ts';
import { partitionOf, tableJournalReader } from './table-reader.ts';

export { partitionOf } from './table-reader.ts';

/** The journals in the table, for those who append to them. */
export const tableJournal = (table: Table): Journal => ({
  ...tableJournalReader(table),
  append: async (fact) => {
    try {
      await table.client.send(
        new PutCommand({
          TableName: table.name,
          Item: { pk: partitionOf(fact.subject), sk: `fact#${place(fact.sequence)}`, fact: JSON.stringify(fact) },
          ConditionExpression: 'attribute_not_exists(pk)',
        }),
      );
      return true;
    } catch (error) {
      if (conditionFailed(error)) return false;
      throw error;
    }
  },
});

/** Ten digits, so that text sorts as numbers do. */
const place = (sequence: number): string => String(sequence).padStart(10, '0');
