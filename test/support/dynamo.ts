import { afterAll, beforeAll } from 'vitest';
import { openTable, type Table } from '../../functions/shared/table.ts';
import { startDynamo } from '../../infra/local/dynamo.ts';
import { pointAwsClientsAt } from '../../infra/local/environment.ts';
import { TABLE } from '../../infra/local/names.ts';

/** Frist's table on a DynamoDB of its own, for the tests of a file, through the clients that the functions make. */
export const dynamoForTests = (): (() => Table) => {
  const closers: (() => unknown)[] = [];
  let table: Table | undefined;
  beforeAll(async () => {
    const dynamo = await startDynamo(':memory:');
    closers.push(dynamo.stop, pointAwsClientsAt({ dynamo: dynamo.address, aws: dynamo.address }));
    table = openTable(TABLE);
    closers.push(() => table?.client.destroy());
  });
  afterAll(async () => {
    while (closers.length > 0) await closers.pop()?.();
  });
  return () => {
    if (table === undefined) throw new Error('the table is opened before the first test');
    return table;
  };
};

let cases = 0;

/** A case that no other test has touched. */
export const newCase = (): string => {
  cases += 1;
  return `2026-${String(cases).padStart(4, '0')}`;
};
