import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { expect, describe, test } from 'vitest';
import { secretKeys } from '../../../functions/shared/keys/secrets-manager.ts';
import { memorySecretVersions } from '../../../functions/shared/keys/versions-memory.ts';
import { secretsManagerVersions } from '../../../functions/shared/keys/versions-secrets-manager.ts';
import { SECRET_IDS } from '../../../infra/local/names.ts';
import { openServers, serveAws, silent, START } from '../../local/harness.ts';

const SECRET = SECRET_IDS.session;

const openMemory = async () => {
  let now = START;
  const later = (): void => {
    now = now.add({ hours: 1 });
  };
  return { versions: memorySecretVersions(() => now), now: () => now, later };
};

const openSecretsManager = async () => {
  const servers = openServers();
  const client = new SecretsManagerClient(await serveAws(servers));
  const later = (): void => servers.clock.moveTo(servers.clock.now().add({ hours: 1 }));
  return { versions: secretsManagerVersions(client), now: servers.clock.now, later };
};

describe.each([
  { name: 'in memory', open: openMemory },
  { name: 'of Secrets Manager', open: openSecretsManager },
])('versions of secrets $name', ({ open }) => {
  test('a secret begins with one version', async () => {
    const { versions, now } = await open();
    const first = await versions.staged(SECRET);
    expect(first).toEqual({ current: first.current, since: now() });
    expect(await versions.valueOf(SECRET, first.current)).toEqual(expect.any(String));
    expect(await versions.valueOf(SECRET, 'no-version-of-this-secret-here-0')).toBeUndefined();
  });

  test('what is proposed changes nothing for anybody, and is kept', async () => {
    const { versions } = await open();
    const first = await versions.staged(SECRET);
    await versions.propose(SECRET, NEXT, 'the next value');
    expect(await versions.staged(SECRET)).toEqual(first);
    expect(await versions.valueOf(SECRET, NEXT)).toBe('the next value');
  });

  test('what is promoted is the current one since it was proposed, and the one before it the former', async () => {
    const { versions, now, later } = await open();
    const first = await versions.staged(SECRET);
    later();
    await versions.propose(SECRET, NEXT, 'the next value');
    const since = now();
    await versions.promote(SECRET, NEXT, first.current);
    expect(await versions.staged(SECRET)).toEqual({ current: NEXT, since, former: first.current });
    expect(await versions.valueOf(SECRET, first.current)).toEqual(expect.any(String));

    await versions.propose(SECRET, LATEST, 'the latest value');
    await versions.promote(SECRET, LATEST, NEXT);
    expect(await versions.staged(SECRET)).toMatchObject({ current: LATEST, former: NEXT });
    expect(await versions.valueOf(SECRET, first.current)).toBeUndefined();
  });

  test('nothing is promoted that was not proposed, or over another than is said to be current', async () => {
    const { versions } = await open();
    const first = await versions.staged(SECRET);
    await expect(versions.promote(SECRET, NEXT, first.current)).rejects.toBeInstanceOf(Error);
    await versions.propose(SECRET, NEXT, 'the next value');
    await expect(versions.promote(SECRET, NEXT, LATEST)).rejects.toBeInstanceOf(Error);
    expect(await versions.staged(SECRET)).toEqual(first);
  });
});

test('whoever seals and signs takes up what was promoted, and never what was only proposed', async () => {
  const servers = openServers();
  const client = new SecretsManagerClient(await serveAws(servers));
  const versions = secretsManagerVersions(client);
  const newest = async () =>
    (await secretKeys({ secrets: SECRET_IDS, clock: () => START, log: silent }, client).of('session'))[0];
  const { current } = await versions.staged(SECRET);
  await versions.propose(SECRET, NEXT, 'the next value, which is long enough to be a key');
  expect((await newest()).version).toBe(current);
  await versions.promote(SECRET, NEXT, current);
  expect((await newest()).version).toBe(NEXT);
});

/** Ids as Secrets Manager takes them: at least 32 characters. */
const NEXT = '11111111-1111-4111-8111-111111111111';
const LATEST = '22222222-2222-4222-8222-222222222222';
