import { CreateTableCommand, DynamoDBClient, ResourceInUseException } from '@aws-sdk/client-dynamodb';
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { DataFolderUnusable, placesIn } from './data-folder.ts';
import type { Asked, Told } from './dynamo-worker.ts';
import type { Faults } from './faults.ts';
import { sayError } from './log.ts';
import { INDEX, OFFICER_INDEX, REGION, TABLE } from './names.ts';

export interface LocalDynamo {
  readonly address: string;
  stop: () => Promise<void>;
}

/**
 * DynamoDB (dynalite) on this machine alone with Frist's table in it, kept in the data folder unless it is `:memory:`. It
 * runs in a thread of its own, beside the functions that ask it.
 */
export const startDynamo = async (data: string, faults?: Faults): Promise<LocalDynamo> => {
  const worker = new Worker(new URL('dynamo-worker.ts', import.meta.url), {
    workerData: data === ':memory:' ? {} : { path: placesIn(data).dynamo },
  });
  const tell = (told: Told): void => {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- threads have no origin
    worker.postMessage(told);
  };
  const broken = Promise.withResolvers<never>();
  const isBroken = (error: unknown): void => broken.reject(new DataFolderUnusable(data, sayError(error)));
  // What becomes of it once it is at work is nothing that a start can tell.
  worker.once('error', isBroken);
  const [port] = (await Promise.race([once(worker, 'message'), broken.promise])) as [number];
  const address = `http://127.0.0.1:${String(port)}`;
  const ended = once(worker, 'exit');
  await Promise.race([createTable(address), broken.promise]);
  worker.off('error', isBroken);
  if (faults !== undefined) {
    worker.on('message', ({ asks, operation }: Asked) => tell({ asks, fault: faults.strike('dynamodb', operation) }));
    faults.onChange(() => tell({ standing: faults.list().some(({ service }) => service === 'dynamodb') }));
  }
  return {
    address,
    stop: async () => {
      tell('stop');
      await ended;
    },
  };
};

const createTable = async (endpoint: string): Promise<void> => {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = new DynamoDBClient({ endpoint, region: REGION, credentials });
  try {
    await client.send(
      new CreateTableCommand({
        TableName: TABLE,
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: ['pk', 'sk', 'watch', 'officer', 'due'].map((name) => ({
          AttributeName: name,
          AttributeType: 'S',
        })),
        KeySchema: [
          { AttributeName: 'pk', KeyType: 'HASH' },
          { AttributeName: 'sk', KeyType: 'RANGE' },
        ],
        GlobalSecondaryIndexes: [
          {
            IndexName: INDEX,
            KeySchema: [
              { AttributeName: 'watch', KeyType: 'HASH' },
              { AttributeName: 'due', KeyType: 'RANGE' },
            ],
            Projection: { ProjectionType: 'ALL' },
          },
          {
            IndexName: OFFICER_INDEX,
            KeySchema: [
              { AttributeName: 'officer', KeyType: 'HASH' },
              { AttributeName: 'due', KeyType: 'RANGE' },
            ],
            Projection: { ProjectionType: 'ALL' },
          },
        ],
      }),
    );
  } catch (error) {
    if (!(error instanceof ResourceInUseException)) throw error;
  } finally {
    client.destroy();
  }
};
