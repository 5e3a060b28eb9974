import { CreateTableCommand, DynamoDBClient, ResourceInUseException } from '@aws-sdk/client-dynamodb';
import dynalite from 'dynalite';
import { join } from 'node:path';
import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { faulty, type Faults } from './faults.ts';
import { INDEX, REGION, TABLE } from './names.ts';

export interface LocalDynamo {
  readonly address: string;
  stop: () => Promise<void>;
}

/** DynamoDB (dynalite) on this machine alone with Frist's table in it, kept in the data folder unless it is `:memory:`. */
export const startDynamo = async (data: string, faults?: Faults): Promise<LocalDynamo> => {
  const server = dynalite({ createTableMs: 0, ...(data !== ':memory:' && { path: join(data, 'dynamo') }) });
  const { promise: listening, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', reject);
  server.listen(0, '127.0.0.1', resolve);
  await listening;
  server.keepAliveTimeout = 75_000;
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await createTable(address);
  if (faults !== undefined) breakable(server, faults);
  return {
    address,
    stop: async () => {
      const { promise: closed, resolve: close } = Promise.withResolvers<void>();
      server.close(() => close());
      await closed;
    },
  };
};

/** Puts the faults before the server's own listeners. */
const breakable = (server: Server, faults: Faults): void => {
  const own = server.listeners('request') as RequestListener[];
  server.removeAllListeners('request');
  const listener = faulty(faults, async (incoming, outgoing) => {
    for (const one of own) one(incoming, outgoing);
  });
  server.on('request', (incoming: IncomingMessage, outgoing: ServerResponse) => {
    listener(incoming, outgoing).catch(() => outgoing.destroy());
  });
};

const createTable = async (endpoint: string): Promise<void> => {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = new DynamoDBClient({ endpoint, region: REGION, credentials });
  try {
    await client.send(
      new CreateTableCommand({
        TableName: TABLE,
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: ['pk', 'sk', 'watch', 'due'].map((name) => ({ AttributeName: name, AttributeType: 'S' })),
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
        ],
      }),
    );
  } catch (error) {
    if (!(error instanceof ResourceInUseException)) throw error;
  } finally {
    client.destroy();
  }
};
