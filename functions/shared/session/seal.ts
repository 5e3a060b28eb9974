import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import * as z from 'zod/mini';
import type { Key, Keys } from '../keys/keys.ts';

/*
 * A seal is a JWE in its compact form (RFC 7516, section 7.1), with `dir` and `A256GCM` and nothing else. Node has the cipher
 * itself; a library of all of JOSE would be a tenth of every page's bundle.
 */

/** What a seal is for: what was sealed for one thing opens for no other. */
export type Purpose = 'session' | 'login';

/** The longest that a browser keeps as a cookie. */
const LONGEST = 4096;

/** Bytes of the initialization vector and of the authentication tag (RFC 7518, section 5.3). */
const VECTOR = 12;
const TAG = 16;

const headerSchema = z.strictObject({ alg: z.literal('dir'), enc: z.literal('A256GCM'), kid: z.string() });

/** Seals a value in text that only Frist can read or make, with the newest key. */
export const seal = async (keys: Keys, purpose: Purpose, value: object): Promise<string> => {
  const [newest] = await keys.of('session');
  const header = encode(JSON.stringify({ alg: 'dir', enc: 'A256GCM', kid: newest.version }));
  const vector = randomBytes(VECTOR);
  const cipher = createCipheriv('aes-256-gcm', secretOf(newest, purpose), vector, { authTagLength: TAG });
  cipher.setAAD(Buffer.from(header));
  const text = Buffer.concat([cipher.update(JSON.stringify(value), 'utf8'), cipher.final()]);
  return [header, '', encode(vector), encode(text), encode(cipher.getAuthTag())].join('.');
};

/** What was sealed, with the newest key or a former one; undefined for anything else than what {@link seal} made. */
export const unseal = async (keys: Keys, purpose: Purpose, sealed: string): Promise<unknown> => {
  const parts = sealed.length <= LONGEST ? SEALED.exec(sealed) : null;
  const [, header = '', vector = '', text = '', tag = ''] = parts ?? [];
  const { kid } = headerSchema.safeParse(jsonIn(decode(header))).data ?? {};
  if (kid === undefined) return undefined;
  const key = (await keys.of('session', kid)).find(({ version }) => version === kid);
  if (key === undefined) return undefined;
  try {
    const decipher = createDecipheriv('aes-256-gcm', secretOf(key, purpose), decode(vector), { authTagLength: TAG });
    decipher.setAAD(Buffer.from(header)).setAuthTag(decode(tag));
    return jsonIn(Buffer.concat([decipher.update(decode(text)), decipher.final()]));
  } catch {
    // Forged, broken off or sealed for something else: it says nothing.
    return undefined;
  }
};

/** Header, no key, vector of 12 bytes, text and tag of 16: in base64url, which tells their lengths. */
const SEALED = /^([\w-]+)\.\.([\w-]{16})\.([\w-]+)\.([\w-]{22})$/u;

const encode = (bytes: string | Uint8Array): string => Buffer.from(bytes).toString('base64url');

const decode = (text: string): Buffer => Buffer.from(text, 'base64url');

const jsonIn = (bytes: Buffer): unknown => {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
};

const secretOf = ({ bytes }: Key, purpose: Purpose): Uint8Array =>
  new Uint8Array(hkdfSync('sha256', bytes, '', `frist ${purpose}`, 32));
