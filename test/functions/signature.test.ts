import { createHmac } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { memoryKeys } from '../../functions/shared/keys/memory.ts';
import { activeSecrets, nextGenerations, secretOf } from '../../functions/shared/partners/secrets.ts';
import { headersOf, verify } from '../../functions/shared/partners/signature.ts';
import { moment } from '../support/facts.ts';

/*
 * The Standard Webhooks specification, and every case of its official libraries' tests for symmetric signatures (JavaScript and
 * Go), on a clock of our own.
 */

const ID = 'msg_p5jXN8AQM9LWM0D4loKWxJek';
const BODY = '{"test": 2432232314}';
const SECRET = 'MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const NOW = Temporal.Instant.fromEpochMilliseconds(1_614_265_330_000);

/** Signed by node's own crypto, so that the library is held to something. */
const signed = (at = NOW, body = BODY, secret = SECRET): Record<string, string> => {
  const seconds = String(at.epochMilliseconds / 1000);
  const hmac = createHmac('sha256', Buffer.from(secret, 'base64')).update(`${ID}.${seconds}.${body}`);
  return { 'webhook-id': ID, 'webhook-timestamp': seconds, 'webhook-signature': `v1,${hmac.digest('base64')}` };
};

const OTHER = 'v1,Ceo5qEr07ixe2NLpvHk3FH9bwy/WavXrAFQ/9tdO6mc=';

describe('the vectors of the specification', () => {
  test('the signature of a known message is known', () => {
    expect(headersOf({ id: ID, timestamp: NOW }, BODY, [`whsec_${SECRET}`])).toEqual({
      'webhook-id': ID,
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    });
  });

  test.each([
    ['a valid signature', signed()],
    [
      'among several, of other versions and secrets',
      {
        ...signed(),
        'webhook-signature': [OTHER, OTHER.replace('v1', 'v2'), signed()['webhook-signature'], OTHER].join(' '),
      },
    ],
    ['at the edge of the window before', signed(NOW.subtract({ seconds: 300 }))],
    ['at the edge of the window after', signed(NOW.add({ seconds: 300 }))],
  ])('%s is valid, with and without the prefix of the secret', (_, headers) => {
    for (const secret of [SECRET, `whsec_${SECRET}`])
      expect(verify(BODY, headers, [secret], NOW)).toMatchObject({ ok: true, id: ID });
  });

  const without = (name: string) => ({ ...signed(), [name]: undefined });
  const withSignature = (signature: string) => ({ ...signed(), 'webhook-signature': signature });
  test.each([
    ['without an id', without('webhook-id'), 'unsigned'],
    ['without a timestamp', without('webhook-timestamp'), 'unsigned'],
    ['without a signature', without('webhook-signature'), 'unsigned'],
    ['with an empty id', { ...signed(), 'webhook-id': '' }, 'unsigned'],
    ['with an id that could be another message', { ...signed(), 'webhook-id': `${ID}.1` }, 'unsigned'],
    ['with line breaks in the id', { ...signed(), 'webhook-id': 'msg\r\nx: y' }, 'unsigned'],
    ['with a timestamp that is none', { ...signed(), 'webhook-timestamp': 'hello' }, 'unsigned'],
    ['with a timestamp and something after', { ...signed(), 'webhook-timestamp': '1614265330x' }, 'unsigned'],
    ['with another timestamp', { ...signed(), 'webhook-timestamp': '1614265331' }, 'forged'],
    ['with another id', { ...signed(), 'webhook-id': 'msg_other' }, 'forged'],
    ['with a signature that is none', withSignature('v1,dawfeoifkpqwoekfpqoekf'), 'forged'],
    ['with the signature of another', withSignature(OTHER), 'forged'],
    ['with part of the signature', withSignature(signed()['webhook-signature']?.slice(0, 8) ?? ''), 'forged'],
    ['with the signature of nothing', withSignature('v1,'), 'forged'],
    [
      'with a signature of another version',
      withSignature((signed()['webhook-signature'] ?? '').replace('v1,', 'v1a,')),
      'forged',
    ],
    ['too old', signed(NOW.subtract({ seconds: 301 })), 'expired'],
    ['too new', signed(NOW.add({ seconds: 301 })), 'expired'],
    ['of the year 2000', signed(Temporal.Instant.from('2000-01-01T00:00:00Z')), 'expired'],
  ])('%s it is refused', (_, headers, why) => {
    expect(verify(BODY, headers, [SECRET], NOW)).toEqual({ ok: false, why });
  });

  test('a body that differs by one sign is refused', () => {
    for (const body of ['{"test":2432232314}', `${BODY} `, BODY.replace('4}', '5}'), ''])
      expect(verify(body, signed(), [SECRET], NOW).ok).toBe(false);
  });

  test.each(['', 'whsec_'])('the secret %j is an error', (secret) => {
    expect(() => verify(BODY, signed(), [secret], NOW)).toThrow(Error);
  });
});

test('of a hundred signatures the first ten are looked at', () => {
  const signatures = [...Array.from({ length: 10 }, () => OTHER), signed()['webhook-signature']];
  expect(verify(BODY, { ...signed(), 'webhook-signature': signatures.join(' ') }, [SECRET], NOW).ok).toBe(false);
});

describe('secrets', () => {
  const now = moment('2026-11-23 10:00');

  test('are of 32 bytes, another for each partner, generation and key, and always the same', async () => {
    const keys = memoryKeys();
    const [key] = await keys.of('webhooks');
    keys.rotate('webhooks');
    const [other] = await keys.of('webhooks');
    const made = [
      secretOf('a', { number: 1 }, key),
      secretOf('a', { number: 2 }, key),
      secretOf('b', { number: 1 }, key),
      secretOf('a', { number: 1 }, other),
    ];
    expect(new Set(made).size).toBe(4);
    for (const secret of made) {
      expect(secret).toMatch(/^whsec_/u);
      expect(Buffer.from(secret.slice('whsec_'.length), 'base64')).toHaveLength(32);
    }
    expect(secretOf('a', { number: 1 }, key)).toBe(made[0]);
  });

  test('one that was replaced stays valid for a day, also when it is replaced again', async () => {
    const keys = memoryKeys();
    const [key] = await keys.of('webhooks');
    const first = nextGenerations([], key, now);
    const second = nextGenerations(first, key, now);
    const third = nextGenerations(second, key, now.add({ hours: 12 }));
    const at = async (hours: number) => activeSecrets('a', { generations: third }, keys, now.add({ hours }));
    const [one, two, three] = [1, 2, 3].map((number) => secretOf('a', { number }, key));
    expect(await at(12)).toEqual([three, two, one]);
    expect(await at(24)).toEqual([three, two]);
    expect(await at(36)).toEqual([three]);
  });

  test('stay valid while the key that they were made from is the former one, and no longer', async () => {
    const keys = memoryKeys();
    const [key] = await keys.of('webhooks');
    const generations = nextGenerations([], key, now);
    keys.rotate('webhooks');
    expect(await activeSecrets('a', { generations }, keys, now)).toEqual([secretOf('a', { number: 1 }, key)]);
    keys.rotate('webhooks');
    expect(await activeSecrets('a', { generations }, keys, now)).toEqual([]);
  });
});

test('whoever has any of the secrets can verify what is sent, with the official library', () => {
  const at = Temporal.Now.instant();
  const secrets = [`whsec_${SECRET}`, `whsec_${Buffer.alloc(32, 7).toString('base64')}`];
  const headers = headersOf({ id: ID, timestamp: at }, BODY, secrets);
  for (const secret of secrets) expect(new Webhook(secret).verify(BODY, headers)).toEqual(JSON.parse(BODY));
});
