import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { Temporal } from 'temporal-polyfill';
import { traceOf } from '../errors.ts';
import type { Log } from '../log.ts';
import type { Clock } from '../runtime.ts';
import { LEAST_BYTES, type Key, type KeyName, type Keys } from './keys.ts';

export interface SecretKeysDeps {
  /** The secret that holds each key: its ARN or name. */
  readonly secrets: Readonly<Partial<Record<KeyName, string>>>;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Keys kept in AWS Secrets Manager: the secret's current version and the one before it, as Secrets Manager stages them. They
 * are read once, and again when they have grown old or somebody asks for a version that is not among them.
 *
 * @throws when a secret cannot be read and never has been, or holds less than a key
 */
export const secretKeys = ({ secrets, clock, log }: SecretKeysDeps, client = new SecretsManagerClient({})): Keys => {
  const kept = new Map<KeyName, Known>();

  const read = async (name: KeyName): Promise<readonly [Key, ...Key[]]> => {
    const secret = secrets[name];
    if (secret === undefined) throw new Error(`no secret is known for the key ${name}`);
    const [current, previous] = await Promise.all([
      readVersion(client, secret, 'AWSCURRENT'),
      readVersion(client, secret, 'AWSPREVIOUS'),
    ]);
    if (current === undefined) throw new Error(`the secret of the key ${name} has no current version`);
    if (current.bytes.byteLength < LEAST_BYTES) throw new Error(`the secret of the key ${name} is shorter than a key`);
    return previous === undefined ? [current] : [current, previous];
  };

  return {
    of: async (name, version) => {
      const known = kept.get(name);
      const now = clock();
      if (known !== undefined && !isDue(known, now, version)) return known.keys;
      try {
        const keys = await read(name);
        kept.set(name, { keys, read: now });
        return keys;
      } catch (error) {
        if (known === undefined) throw error;
        // What was known a while ago serves until the store answers again.
        log('KEYS_NOT_READ', { key: name, ...traceOf(error) });
        kept.set(name, { ...known, read: now });
        return known.keys;
      }
    },
  };
};

interface Known {
  readonly keys: readonly [Key, ...Key[]];
  /** When they were last asked for. */
  readonly read: Temporal.Instant;
}

/** How long keys are used before they are read again, and how long before one that is not among them is looked for. */
const FRESH = Temporal.Duration.from({ minutes: 5 });
const SETTLED = Temporal.Duration.from({ seconds: 10 });

const isDue = ({ keys, read }: Known, now: Temporal.Instant, version: string | undefined): boolean => {
  const missing = version !== undefined && !keys.some((key) => key.version === version);
  return Temporal.Instant.compare(read.add(missing ? SETTLED : FRESH), now) <= 0;
};

const readVersion = async (
  client: SecretsManagerClient,
  SecretId: string,
  VersionStage: 'AWSCURRENT' | 'AWSPREVIOUS',
): Promise<Key | undefined> => {
  try {
    const { SecretString = '', VersionId = '' } = await client.send(
      new GetSecretValueCommand({ SecretId, VersionStage }),
    );
    return { version: VersionId, bytes: new TextEncoder().encode(SecretString) };
  } catch (error) {
    // A secret that was never rotated has no former version.
    if (VersionStage === 'AWSPREVIOUS' && error instanceof Error && error.name === 'ResourceNotFoundException')
      return undefined;
    throw error;
  }
};
