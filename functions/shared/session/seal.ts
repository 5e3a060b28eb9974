import { CompactEncrypt } from 'jose/jwe/compact/encrypt';
import { compactDecrypt } from 'jose/jwe/compact/decrypt';
import { decodeProtectedHeader } from 'jose/decode/protected_header';
import { hkdfSync } from 'node:crypto';
import type { Key, Keys } from '../keys/keys.ts';

/** What a seal is for: what was sealed for one thing opens for no other. */
export type Purpose = 'session' | 'login';

/** The longest that a browser keeps as a cookie. */
const LONGEST = 4096;

/** Seals a value in text that only Frist can read or make (JWE, A256GCM), with the newest key. */
export const seal = async (keys: Keys, purpose: Purpose, value: object): Promise<string> => {
  const [newest] = await keys.of('session');
  return new CompactEncrypt(new TextEncoder().encode(JSON.stringify(value)))
    .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', kid: newest.version })
    .encrypt(secretOf(newest, purpose));
};

/** What was sealed, with the newest key or a former one; undefined for anything else than what {@link seal} made. */
export const unseal = async (keys: Keys, purpose: Purpose, sealed: string): Promise<unknown> => {
  const version = sealed.length <= LONGEST ? versionOf(sealed) : undefined;
  if (version === undefined) return undefined;
  const key = (await keys.of('session', version)).find((each) => each.version === version);
  if (key === undefined) return undefined;
  try {
    const { plaintext } = await compactDecrypt(sealed, secretOf(key, purpose), {
      keyManagementAlgorithms: ['dir'],
      contentEncryptionAlgorithms: ['A256GCM'],
    });
    return JSON.parse(new TextDecoder().decode(plaintext));
  } catch {
    // Forged, broken off or sealed for something else: it says nothing.
    return undefined;
  }
};

const versionOf = (sealed: string): string | undefined => {
  try {
    return decodeProtectedHeader(sealed).kid;
  } catch {
    return undefined;
  }
};

const secretOf = ({ bytes }: Key, purpose: Purpose): Uint8Array =>
  new Uint8Array(hkdfSync('sha256', bytes, '', `frist ${purpose}`, 32));
