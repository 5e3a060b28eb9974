import { randomBytes, randomUUID } from 'node:crypto';
import * as z from 'zod/mini';
import type { Clock } from '../../functions/shared/runtime.ts';
import { AwsError, type AwsService, read } from './aws.ts';
import type { Invoke } from './invoke.ts';
import { ACCOUNT, REGION } from './names.ts';
import type { Store } from './store.ts';

/** As much of Secrets Manager as is used here, for the secrets of one system. */
export interface Secrets {
  /** The current value, for the other party to it. */
  readonly current: (name: string) => string;
  readonly getSecretValue: AwsService;
  /**
   * A new value becomes the current one, and the one before it stays as the former. With the stage `AWSPENDING` it only stands
   * by to be the next.
   */
  readonly putSecretValue: AwsService;
  readonly describeSecret: AwsService;
  /** Makes the version that stands by the current one. */
  readonly updateSecretVersionStage: AwsService;
}

/**
 * Opens the secrets of a data folder: each of the names has a random value from its first start on.
 */
export const openSecrets = (store: Store, names: readonly string[], clock: Clock): Secrets => {
  store.run(
    'CREATE TABLE IF NOT EXISTS secrets (number INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, version TEXT NOT NULL, value TEXT NOT NULL, created INTEGER NOT NULL) STRICT',
  );
  store.run(
    'CREATE TABLE IF NOT EXISTS pending_secrets (name TEXT PRIMARY KEY, version TEXT NOT NULL, value TEXT NOT NULL, created INTEGER NOT NULL) STRICT',
  );
  /** The current version of a secret, the former and the one that stands by to be the next, where there are. */
  const stagesOf = (name: string): Staged => {
    const [current, previous] = store.all<Version>(
      'SELECT version, value, created FROM secrets WHERE name = ? ORDER BY number DESC LIMIT 2',
      name,
    );
    if (current === undefined) throw notFound("Secrets Manager can't find the specified secret.");
    const [pending] = store.all<Version>('SELECT version, value, created FROM pending_secrets WHERE name = ?', name);
    return {
      AWSCURRENT: current,
      ...(previous && { AWSPREVIOUS: previous }),
      ...(pending && { AWSPENDING: pending }),
    };
  };
  const put = (name: string, { version, value, created }: Version): void =>
    void store.run(
      'INSERT INTO secrets (name, version, value, created) VALUES (?, ?, ?, ?)',
      name,
      version,
      value,
      created,
    );
  const made = (value: string, version: string = randomUUID()): Version => ({
    version,
    value,
    created: clock().epochMilliseconds,
  });
  const isKnown = (name: string): boolean =>
    store.all('SELECT name FROM secrets WHERE name = ? LIMIT 1', name).length > 0;
  for (const name of names) if (!isKnown(name)) put(name, made(randomBytes(48).toString('base64url')));

  return {
    current: (name) => stagesOf(name).AWSCURRENT.value,
    getSecretValue: ({ body }) => {
      const { SecretId: name, VersionId, VersionStage } = read(getRequest, body, 'ValidationException');
      const found = Object.entries(stagesOf(name)).find(([stage, { version }]) =>
        VersionId === undefined ? stage === (VersionStage ?? 'AWSCURRENT') : version === VersionId,
      );
      if (found === undefined)
        throw notFound(
          `Secrets Manager can't find the specified secret value for ${VersionId === undefined ? 'staging label' : 'VersionId'}: ${VersionId ?? VersionStage ?? ''}`,
        );
      const [stage, { version, value, created }] = found;
      return {
        ARN: arnOf(name),
        Name: name,
        VersionId: version,
        SecretString: value,
        VersionStages: [stage],
        CreatedDate: created / 1000,
      };
    },
    putSecretValue: ({ body }) => {
      const request = read(putRequest, body, 'ValidationException');
      const { SecretId: name, SecretString, ClientRequestToken, VersionStages = ['AWSCURRENT'] } = request;
      stagesOf(name);
      const version = made(SecretString, ClientRequestToken);
      if (VersionStages.includes('AWSCURRENT')) put(name, version);
      else
        store.run(
          'INSERT OR REPLACE INTO pending_secrets (name, version, value, created) VALUES (?, ?, ?, ?)',
          name,
          version.version,
          version.value,
          version.created,
        );
      return { ARN: arnOf(name), Name: name, VersionId: version.version, VersionStages };
    },
    describeSecret: ({ body }) => {
      const { SecretId: name } = read(describeRequest, body, 'ValidationException');
      const staged = Object.entries(stagesOf(name)).map(([stage, { version }]) => [version, [stage]] as const);
      return { ARN: arnOf(name), Name: name, VersionIdsToStages: Object.fromEntries(staged) };
    },
    updateSecretVersionStage: ({ body }) => {
      const { SecretId: name, MoveToVersionId, RemoveFromVersionId } = read(stageRequest, body, 'ValidationException');
      const { AWSCURRENT: current, AWSPENDING: pending } = stagesOf(name);
      if (pending?.version !== MoveToVersionId)
        throw notFound(`Secrets Manager can't find the specified secret version: ${MoveToVersionId}`);
      if (current.version !== RemoveFromVersionId)
        throw new AwsError(
          'InvalidParameterException',
          `The parameter RemoveFromVersionId can't be empty or another than the version that AWSCURRENT is attached to.`,
        );
      put(name, pending);
      store.run('DELETE FROM pending_secrets WHERE name = ?', name);
      return { ARN: arnOf(name), Name: name };
    },
  };
};

/**
 * Has a secret rotated as Secrets Manager has it: by calling a function four times.
 *
 * @returns the version that is the current one then
 * @throws what the function throws; the secret is then as it was
 */
export const rotateSecret = async (name: string, invoke: Invoke): Promise<string> => {
  const ClientRequestToken = randomUUID();
  for (const Step of ['createSecret', 'setSecret', 'testSecret', 'finishSecret'])
    await invoke({ Step, SecretId: name, ClientRequestToken });
  return ClientRequestToken;
};

const notFound = (message: string): AwsError => new AwsError('ResourceNotFoundException', message);

interface Staged {
  readonly AWSCURRENT: Version;
  readonly AWSPREVIOUS?: Version;
  readonly AWSPENDING?: Version;
}

interface Version {
  readonly version: string;
  readonly value: string;
  readonly created: number;
}

const stage = z.enum(['AWSCURRENT', 'AWSPREVIOUS', 'AWSPENDING']);

const getRequest = z.object({
  SecretId: z.string(),
  VersionId: z.optional(z.string()),
  VersionStage: z.optional(stage),
});

const putRequest = z.object({
  SecretId: z.string(),
  SecretString: z.string(),
  ClientRequestToken: z.optional(z.string()),
  VersionStages: z.optional(z.array(stage)),
});

const describeRequest = z.object({ SecretId: z.string() });

const stageRequest = z.object({
  SecretId: z.string(),
  VersionStage: z.literal('AWSCURRENT'),
  MoveToVersionId: z.string(),
  RemoveFromVersionId: z.string(),
});

const arnOf = (name: string): string => `arn:aws:secretsmanager:${REGION}:${ACCOUNT}:secret:${name}`;
