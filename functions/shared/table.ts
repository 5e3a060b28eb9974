import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

/** Frist's one table. */
export interface Table {
  readonly client: DynamoDBDocumentClient;
  readonly name: string;
}

export const openTable = (name: string): Table => ({
  client: DynamoDBDocumentClient.from(new DynamoDBClient({}), { marshallOptions: { removeUndefinedValues: true } }),
  name,
});

/** Whether a conditional write found its condition false. */
export const conditionFailed = (error: unknown): boolean =>
  error instanceof Error && error.name === 'ConditionalCheckFailedException';
