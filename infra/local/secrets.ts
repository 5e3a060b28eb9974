import { randomBytes, randomUUID } from 'node:crypto';
import * as z from 'zod/mini';
import type { Clock } from '../../functions/shared/runtime.ts';
import { AwsError, type AwsService, read } from './aws.ts';
import { ACCOUNT, REGION } from './names.ts';
import type { Store } from './store.ts';

/** Secrets Manager's GetSecretValue and PutSecretValue, for the secrets of one system. */
export interface Secrets {
  /** The current value, for the other party to it. */
  readonly current: (name: string) => string;
  readonly getSecretValue: AwsService;
  /** A new value becomes the current one, and the one before it stays as the former. */
  readonly putSecretValue: AwsService;
}

/**
 * Opens the secrets of a data folder: each of the names has a random value from its first start on.
 */
export const openSecrets = (store: Store, names: readonly string[], clock: Clock): Secrets => {
  store.run(
    'CREATE TABLE IF NOT EXISTS secrets (number INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, version TEXT NOT NULL, value TEXT NOT NULL, created INTEGER NOT NULL) STRICT',
  );
  const versionsOf = (name: string): Version[] =>
    store.all<Version>('SELECT version, value, created FROM secrets WHERE name = ? ORDER BY number DESC', name);
  const put = (name: string, value: string): string => {
    const version = randomUUID();
    const created = clock().epochMilliseconds;
    store.run('INSERT INTO secrets (name, version, value, created) VALUES (?, ?, ?, ?)', name, version, value, created);
    return version;
  };
  for (const name of names) if (versionsOf(name).length === 0) put(name, randomBytes(48).toString('base64url'));

  return {
    current: (name) => versionsOf(name)[0]?.value ?? '',
    getSecretValue: ({ body }) => {
      const { SecretId: name, VersionStage: stage } = read(getRequest, body, 'ValidationException');
      const found = versionsOf(name).at(stage === 'AWSCURRENT' ? 0 : 1);
      if (found === undefined) {
        throw new AwsError(
          'ResourceNotFoundException',
          `Secrets Manager can't find the specified secret value for staging label: ${stage}`,
        );
      }
      return {
        ARN: arnOf(name),
        Name: name,
        VersionId: found.version,
        SecretString: found.value,
        VersionStages: [stage],
        CreatedDate: found.created / 1000,
      };
    },
    putSecretValue: ({ body }) => {
      const { SecretId: name, SecretString } = read(putRequest, body, 'ValidationException');
      if (versionsOf(name).length === 0) {
        throw new AwsError('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
      }
      return { ARN: arnOf(name), Name: name, VersionId: put(name, SecretString), VersionStages: ['AWSCURRENT'] };
    },
  };
};

interface Version {
  readonly version: string;
  readonly value: string;
  readonly created: number;
}

const getRequest = z.object({
  SecretId: z.string(),
  VersionStage: z.prefault(z.enum(['AWSCURRENT', 'AWSPREVIOUS']), 'AWSCURRENT'),
});

const putRequest = z.object({ SecretId: z.string(), SecretString: z.string() });

const arnOf = (name: string): string => `arn:aws:secretsmanager:${REGION}:${ACCOUNT}:secret:${name}`;
