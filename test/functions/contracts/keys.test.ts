import { PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { describe, expect, test } from 'vitest';
import type { KeyName } from '../../../functions/shared/keys/keys.ts';
import { memoryKeys } from '../../../functions/shared/keys/memory.ts';
import { secretKeys } from '../../../functions/shared/keys/secrets-manager.ts';
import type { LogCode } from '../../../functions/shared/log.ts';
import { AwsError } from '../../../infra/local/aws.ts';
import { SECRET_IDS } from '../../../infra/local/names.ts';
import { openSecrets } from '../../../infra/local/secrets.ts';
import { openServers, serveAws, START } from '../../local/harness.ts';
import { serveAnswers } from '../../support/aws.ts';

const silent = (): void => undefined;

const openMemory = async () => {
  const keys = memoryKeys();
  return { keys, later: silent, rotate: async (name: KeyName) => keys.rotate(name) };
};

const openSecretsManager = async () => {
  let now = START;
  const client = new SecretsManagerClient(await serveAws(openServers()));
  const keys = secretKeys({ secrets: SECRET_IDS, clock: () => now, log: silent }, client);
  const rotate = async (name: KeyName): Promise<void> => {
    const SecretString = `${name} ${String(Math.random())} is long enough to be a key`;
    await client.send(new PutSecretValueCommand({ SecretId: SECRET_IDS[name], SecretString }));
  };
  const later = (): void => {
    now = now.add({ minutes: 5 });
  };
  return { keys, later, rotate };
};

describe.each([
  { name: 'in memory', open: openMemory },
  { name: 'of Secrets Manager', open: openSecretsManager },
])('keys $name', ({ open }) => {
  test('are at least 32 bytes, another for each name, and the same each time they are asked for', async () => {
    const { keys, later } = await open();
    const [session] = await keys.of('session');
    const [webhooks] = await keys.of('webhooks');
    expect(session.bytes.byteLength).toBeGreaterThanOrEqual(32);
    expect(session.bytes).not.toEqual(webhooks.bytes);
    later();
    expect(await keys.of('session')).toEqual([session]);
  });

  test('stay valid through one rotation, and no longer', async () => {
    const { keys, later, rotate } = await open();
    const [first] = await keys.of('session');
    await rotate('session');
    later();
    const [second, ...former] = await keys.of('session');
    expect(second.version).not.toBe(first.version);
    expect(second.bytes).not.toEqual(first.bytes);
    expect(former).toEqual([first]);

    await rotate('session');
    later();
    const third = await keys.of('session');
    expect(third).toHaveLength(2);
    expect(third[1]).toEqual(second);
    expect(await keys.of('webhooks')).toHaveLength(1);
  });

  test('that another function has rotated are found by their version', async () => {
    const { keys, later, rotate } = await open();
    const [first] = await keys.of('session');
    await rotate('session');
    later();
    const [second] = await keys.of('session', 'a version not known here');
    expect(second.version).not.toBe(first.version);
    expect(await keys.of('session', first.version)).toEqual([second, first]);
  });
});

/** A store that counts what it is asked, and answers the value given or fails. */
const counting = async (value: () => string | AwsError) => {
  let [now, asked] = [START, 0];
  const logged: LogCode[] = [];
  const client = new SecretsManagerClient(
    await serveAnswers({
      getSecretValue: ({ body }) => {
        const former = (body as { VersionStage?: string }).VersionStage === 'AWSPREVIOUS';
        if (former) throw new AwsError('ResourceNotFoundException', 'no former');
        asked += 1;
        const answer = value();
        if (answer instanceof AwsError) throw answer;
        return { SecretString: answer, VersionId: answer.slice(0, 8) };
      },
    }),
  );
  const clock = () => now;
  const keys = secretKeys({ secrets: SECRET_IDS, clock, log: (code) => void logged.push(code) }, client);
  return {
    keys,
    logged,
    asked: () => asked,
    wait: (seconds: number) => {
      now = now.add({ seconds });
    },
  };
};

const LONG = 'a'.repeat(64);
const DOWN = new AwsError('InternalServiceError', 'not now', 500);

test('the store is asked once in five minutes, however often the keys are needed', async () => {
  const { keys, asked, wait } = await counting(() => LONG);
  for (let second = 0; second < 299; second += 13) {
    await keys.of('session');
    wait(13);
  }
  expect(asked()).toBe(1);
  wait(13);
  await keys.of('session');
  expect(asked()).toBe(2);
});

test('made-up versions make the store be asked once in ten seconds and no more', async () => {
  const { keys, asked, wait } = await counting(() => LONG);
  for (let time = 0; time < 50; time += 1) await keys.of('session', `forged ${String(time)}`);
  expect(asked()).toBe(1);
  wait(10);
  for (let time = 0; time < 50; time += 1) await keys.of('session', `forged ${String(time)}`);
  expect(asked()).toBe(2);
});

test('keys that were read serve on while the store is down, which is logged; keys never read do not', async () => {
  let answer: string | AwsError = DOWN;
  const { keys, logged, wait } = await counting(() => answer);
  await expect(keys.of('session')).rejects.toThrow('not now');
  answer = LONG;
  const known = await keys.of('session');
  answer = DOWN;
  wait(300);
  expect(await keys.of('session')).toEqual(known);
  expect(logged).toEqual(['KEYS_NOT_READ']);
});

test('a secret too short to be a key is refused', async () => {
  const { keys } = await counting(() => 'short');
  await expect(keys.of('session')).rejects.toThrow('shorter than a key');
});

test('the local secrets are random, and survive a restart', () => {
  const { store } = openServers();
  const valueOf = (secrets = openSecrets(store, ['one', 'two'], () => START), SecretId = 'one') =>
    (
      secrets.getSecretValue({ method: 'POST', path: [], query: new URLSearchParams(), body: { SecretId } }) as {
        SecretString: string;
      }
    ).SecretString;
  const first = valueOf();
  expect(first).toHaveLength(64);
  expect(valueOf()).toBe(first);
  expect(valueOf(undefined, 'two')).not.toBe(first);
  store.close();
});
