import {
  DescribeSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
  UpdateSecretVersionStageCommand,
} from '@aws-sdk/client-secrets-manager';
import { Temporal } from 'temporal-polyfill';
import type { SecretVersions } from './versions.ts';

/** Versions of secrets kept in AWS Secrets Manager, by the labels that it stages them with. */
export const secretsManagerVersions = (client = new SecretsManagerClient({})): SecretVersions => ({
  staged: async (SecretId) => {
    const [{ VersionIdsToStages = {} }, { VersionId: current = '', CreatedDate }] = await Promise.all([
      client.send(new DescribeSecretCommand({ SecretId })),
      client.send(new GetSecretValueCommand({ SecretId, VersionStage: 'AWSCURRENT' })),
    ]);
    if (CreatedDate === undefined) throw new Error('Secrets Manager did not say when the version was made');
    const former = Object.entries(VersionIdsToStages).find(([, stages]) => stages.includes('AWSPREVIOUS'))?.[0];
    const since = Temporal.Instant.fromEpochMilliseconds(CreatedDate.getTime());
    return { current, since, ...(former !== undefined && { former }) };
  },
  valueOf: async (SecretId, VersionId) => {
    try {
      return (await client.send(new GetSecretValueCommand({ SecretId, VersionId }))).SecretString;
    } catch (error) {
      if (error instanceof Error && error.name === 'ResourceNotFoundException') return undefined;
      throw error;
    }
  },
  propose: async (SecretId, ClientRequestToken, SecretString) => {
    await client.send(
      new PutSecretValueCommand({ SecretId, ClientRequestToken, SecretString, VersionStages: ['AWSPENDING'] }),
    );
  },
  promote: async (SecretId, MoveToVersionId, RemoveFromVersionId) => {
    // Secrets Manager itself makes the version that the label is taken from the former one.
    await client.send(
      new UpdateSecretVersionStageCommand({
        SecretId,
        VersionStage: 'AWSCURRENT',
        MoveToVersionId,
        RemoveFromVersionId,
      }),
    );
  },
});
