import { describe, expect, test } from 'vitest';
import { createHandler } from '../../functions/rotate-secrets/handler.ts';
import { firstValueOf, memorySecretVersions } from '../../functions/shared/keys/versions-memory.ts';
import type { LogCode } from '../../functions/shared/log.ts';
import { memoryPartnerStates } from '../../functions/shared/partners/memory.ts';
import { memoryRegisters } from '../../functions/shared/registers/memory.ts';
import { standingClock } from '../support/office.ts';

const SECRETS = { session: 'arn:session', webhooks: 'arn:webhooks' };
const STEPS = ['createSecret', 'setSecret', 'testSecret', 'finishSecret'] as const;

const open = () => {
  const clock = standingClock('2026-11-23 08:00');
  const versions = memorySecretVersions(clock.now);
  const [registers, partners] = [memoryRegisters(), memoryPartnerStates()];
  const logged: LogCode[] = [];
  const handler = createHandler({
    versions,
    secrets: SECRETS,
    registers,
    partners,
    clock: clock.now,
    log: (code) => void logged.push(code),
  });
  let tokens = 0;
  const step = async (Step: string, ClientRequestToken: string, SecretId = SECRETS.session): Promise<void> =>
    handler({ Step, SecretId, ClientRequestToken, RotationToken: 'none of ours' });
  /** As Secrets Manager has a secret rotated. @returns the version that is to be */
  const rotate = async (SecretId: string): Promise<string> => {
    tokens += 1;
    const token = `token-${String(tokens)}`;
    for (const Step of STEPS) await step(Step, token, SecretId);
    return token;
  };
  return { clock, versions, registers, partners, logged, step, rotate };
};

describe('a rotation', () => {
  test('puts a new key of 64 characters in, and the one before it stays as the former', async () => {
    const { versions, rotate, logged } = open();
    const { current: first } = await versions.staged(SECRETS.session);
    const second = await rotate(SECRETS.session);
    expect(await versions.staged(SECRETS.session)).toMatchObject({ current: second, former: first });
    expect(await versions.valueOf(SECRETS.session, second)).toMatch(/^[\w-]{64}$/u);
    expect(logged).toEqual(['SECRET_ROTATED']);
  });

  test('whose every step comes twice ends the same: the key that was made first', async () => {
    const { versions, step } = open();
    const values = new Set<string | undefined>();
    for (const Step of STEPS)
      for (const _ of [1, 2]) {
        await step(Step, 'token');
        values.add(await versions.valueOf(SECRETS.session, 'token'));
      }
    expect(values.size).toBe(1);
    expect(await versions.staged(SECRETS.session)).toMatchObject({ current: 'token' });
  });

  test('that breaks off before its last step changes nothing', async () => {
    const { versions, step } = open();
    const before = await versions.staged(SECRETS.session);
    for (const Step of ['createSecret', 'setSecret', 'testSecret']) await step(Step, 'token');
    expect(await versions.staged(SECRETS.session)).toEqual(before);
  });

  test.each([
    ['holds nothing', undefined, 'holds no key'],
    ['is too short for a key', 'short', 'holds no key'],
    ['holds the key that there is', firstValueOf(SECRETS.session), 'holds the key that there is'],
  ])('does not end when the new version %s', async (_, value, why) => {
    const { versions, step } = open();
    if (value !== undefined) await versions.propose(SECRETS.session, 'token', value);
    await expect(step('finishSecret', 'token')).rejects.toThrow(why);
    expect(await versions.staged(SECRETS.session)).toMatchObject({ current: 'first' });
  });

  test('is stopped by its test when the new version is too short for a key', async () => {
    const { versions, step } = open();
    await versions.propose(SECRETS.session, 'token', 'short');
    await expect(step('testSecret', 'token')).rejects.toThrow('holds no key');
  });

  test('is tried by Secrets Manager, when it is set up, with a version that holds nothing or what there is', async () => {
    const { versions, step } = open();
    await step('testSecret', 'token');
    await versions.propose(SECRETS.session, 'token', firstValueOf(SECRETS.session));
    await step('testSecret', 'token');
    expect(await versions.staged(SECRETS.session)).toMatchObject({ current: 'first' });
  });

  test('of another secret than those two, or by another step, is refused', async () => {
    const { step } = open();
    await expect(step('createSecret', 'token', 'arn:client')).rejects.toThrow('none of those');
    await expect(step('dropSecret', 'token')).rejects.toBeInstanceOf(Error);
  });
});

describe('the key of sessions', () => {
  test('is not rotated again while somebody may still be signed in by its former one: eight hours and ten minutes', async () => {
    const { clock, versions, rotate, logged } = open();
    await rotate(SECRETS.session);
    const second = await versions.staged(SECRETS.session);
    clock.moveTo('2026-11-23 16:09');
    await expect(rotate(SECRETS.session)).rejects.toThrow('still in use');
    expect(await versions.staged(SECRETS.session)).toEqual(second);
    expect(logged).toEqual(['SECRET_ROTATED', 'SECRET_NOT_ROTATED']);
    clock.moveTo('2026-11-23 16:10');
    await rotate(SECRETS.session);
    expect(await versions.staged(SECRETS.session)).toMatchObject({ former: second.current });
  });

  test('that somebody changed by hand while it was rotated is held to the same at the last step', async () => {
    const { versions, step } = open();
    await versions.propose(SECRETS.session, 'by-hand', 'x'.repeat(64));
    await versions.promote(SECRETS.session, 'by-hand', 'first');
    await versions.propose(SECRETS.session, 'token', 'y'.repeat(64));
    await expect(step('finishSecret', 'token')).rejects.toThrow('still in use');
    expect(await versions.staged(SECRETS.session)).toMatchObject({ current: 'by-hand', former: 'first' });
  });
});

describe('the key of partner systems', () => {
  const partner = { id: 'carefox', name: 'Carefox', providers: [] };

  test('is not rotated again while the secret of one is made of its former key', async () => {
    const { versions, registers, partners, rotate } = open();
    const { current: first } = await versions.staged(SECRETS.webhooks);
    await registers.put('partner', partner);
    await partners.put('carefox', { generations: [{ number: 1, key: first }] }, undefined);
    const second = await rotate(SECRETS.webhooks);
    await expect(rotate(SECRETS.webhooks)).rejects.toThrow('still in use');

    const given = [
      { number: 2, key: second },
      { number: 1, key: first, until: '2026-11-23T09:00:00Z' },
    ];
    await partners.put('carefox', { generations: given }, 1);
    await expect(rotate(SECRETS.webhooks), 'the former secret is valid for a while').rejects.toThrow('still in use');
  });

  test('is, once the secrets made of that are over', async () => {
    const { clock, versions, registers, partners, rotate } = open();
    await registers.put('partner', partner);
    const second = await rotate(SECRETS.webhooks);
    const generations = [
      { number: 2, key: second },
      { number: 1, key: 'first', until: '2026-11-23T09:00:00Z' },
    ];
    await partners.put('carefox', { generations }, undefined);
    clock.moveTo('2026-11-23 10:00');
    const third = await rotate(SECRETS.webhooks);
    expect(await versions.staged(SECRETS.webhooks)).toMatchObject({ current: third, former: second });
  });
});
