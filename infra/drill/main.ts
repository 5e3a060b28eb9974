/**
 * The restore drill: `npm run drill -- --table NAME --to COPY --at INSTANT` restores the table as it was at an instant into a
 * new one and verifies every journal in it; with `--verify COPY` alone it verifies a table that is there. It never writes to
 * the table in use. Ends with status 1 when a journal is wrong.
 */

import { DynamoDBClient, RestoreTableToPointInTimeCommand, waitUntilTableExists } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { parseArgs } from 'node:util';
import { verifyJournals } from './verify.ts';

const { values } = parseArgs({
  options: {
    table: { type: 'string' },
    to: { type: 'string' },
    at: { type: 'string' },
    verify: { type: 'string' },
  },
});

const client = new DynamoDBClient({ region: process.env['AWS_REGION'] ?? 'eu-north-1' });

const restore = async (table: string, to: string, at: string): Promise<string> => {
  const moment = new Date(at);
  if (Number.isNaN(moment.getTime())) throw new TypeError('--at must be an instant such as 2026-11-22T02:00:00Z');
  await client.send(
    new RestoreTableToPointInTimeCommand({ SourceTableName: table, TargetTableName: to, RestoreDateTime: moment }),
  );
  console.error(`restoring ${table} as it was at ${moment.toISOString()} into ${to}: this takes up to some hours`);
  await waitUntilTableExists({ client, maxWaitTime: 6 * 60 * 60, minDelay: 20, maxDelay: 120 }, { TableName: to });
  return to;
};

const { table, to, at, verify } = values;
const copy =
  verify ?? (table !== undefined && to !== undefined && at !== undefined ? await restore(table, to, at) : undefined);
if (copy === undefined) {
  console.error('npm run drill -- --table NAME --to COPY --at INSTANT, or: npm run drill -- --verify COPY');
  process.exitCode = 2;
} else {
  const verified = await verifyJournals(DynamoDBDocumentClient.from(client), copy);
  console.log(JSON.stringify(verified, undefined, 2));
  process.exitCode = verified.faults.length === 0 ? 0 : 1;
}
