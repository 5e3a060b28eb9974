import { Temporal } from 'temporal-polyfill';
import { createHash, timingSafeEqual } from 'node:crypto';
import { Webhook } from 'standardwebhooks';

/*
 * Signatures of the Standard Webhooks specification, made by its own library. The library's `verify` reads the system clock,
 * and business time may be another; so the window is held here, and what the library signs is compared.
 */

/** How far a webhook's timestamp may be from now, either way. */
const TOLERANCE_S = 300;

/** What the three headers of a webhook say. */
export interface Signed {
  readonly id: string;
  readonly timestamp: Temporal.Instant;
}

export type Verdict =
  | ({ readonly ok: true } & Signed)
  | { readonly ok: false; readonly why: 'unsigned' | 'expired' | 'forged' };

/** An id has no full stop, which would let another message have the same signature (specification, "Signature scheme"). */
const ID = /^[!-\-/-~]{1,256}$/u;
const SECONDS = /^\d{1,11}$/u;

/**
 * Whether one of the secrets signed this body now. Every signature is compared with every secret, in constant time.
 *
 * @param body the body's text, as its bytes say it
 */
export const verify = (
  body: string,
  headers: Readonly<Record<string, string | undefined>>,
  secrets: readonly string[],
  now: Temporal.Instant,
): Verdict => {
  const { 'webhook-id': id = '', 'webhook-timestamp': seconds = '', 'webhook-signature': signatures = '' } = headers;
  if (!ID.test(id) || !SECONDS.test(seconds) || signatures === '') return { ok: false, why: 'unsigned' };
  const timestamp = Temporal.Instant.fromEpochMilliseconds(Number(seconds) * 1000);
  const nowSeconds = Math.floor(now.epochMilliseconds / 1000);
  const given = signatures
    .split(' ')
    .slice(0, MOST_SIGNATURES)
    .filter((one) => one.startsWith('v1,'));
  const expected = secrets.map((secret) => signatureOf({ id, timestamp }, body, secret));
  const matches = expected.flatMap((one) => given.map((other) => isSame(one, other)));
  if (!matches.includes(true)) return { ok: false, why: 'forged' };
  if (Math.abs(nowSeconds - Number(seconds)) > TOLERANCE_S) return { ok: false, why: 'expired' };
  return { ok: true, id, timestamp };
};

/** More than any sender has secrets at a time. */
const MOST_SIGNATURES = 10;

/** The headers of a webhook signed by every secret that is valid: whoever still has a former one can verify it too. */
export const headersOf = (signed: Signed, body: string, secrets: readonly string[]): Record<string, string> => ({
  'webhook-id': signed.id,
  'webhook-timestamp': String(Math.floor(signed.timestamp.epochMilliseconds / 1000)),
  'webhook-signature': secrets.map((secret) => signatureOf(signed, body, secret)).join(' '),
});

const signatureOf = ({ id, timestamp }: Signed, body: string, secret: string): string =>
  new Webhook(secret).sign(id, new Date(timestamp.epochMilliseconds), body);

const isSame = (one: string, other: string): boolean => timingSafeEqual(digest(one), digest(other));

/** Of one length whatever the text, as the comparison in constant time asks for. */
const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
