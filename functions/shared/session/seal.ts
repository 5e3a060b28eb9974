import { defaults, seal as sealed, unseal as unsealed } from 'iron-webcrypto';
import { hkdfSync } from 'node:crypto';
import type { Key, Keys } from '../keys/keys.ts';

/** What a seal is for: what was sealed for one thing opens for no other. */
export type Purpose = 'session' | 'login';

/** The longest that a browser keeps as a cookie. */
const LONGEST = 4096;

/**
 * Seals a value in text that only Frist can read or make, with the newest key: Iron (`Fe26.2`), encrypted by AES-256-CBC and
 * then authenticated whole by HMAC-SHA-256, each with a key of its own.
 *
 * The keys are given as bytes, and Iron takes bytes as they are. From a text it would make a key by one round of PBKDF2, which
 * keeps nobody from guessing a password: so never give it one. The seal has no end of its own, as Iron would ask the machine's
 * clock for it; what is sealed says when it ends.
 */
export const seal = async (keys: Keys, purpose: Purpose, value: object): Promise<string> => {
  const [newest] = await keys.of('session');
  return sealed(value, { id: idOf(newest.version), ...secretsOf(newest, purpose) }, defaults);
};

/** What was sealed, with the newest key or a former one; undefined for anything else than what {@link seal} made. */
export const unseal = async (keys: Keys, purpose: Purpose, text: string): Promise<unknown> => {
  const id = text.length <= LONGEST ? /^Fe26[.]2[*](?<id>[\da-f]+)[*]/u.exec(text)?.groups?.['id'] : undefined;
  if (id === undefined) return undefined;
  const version = Buffer.from(id, 'hex').toString();
  const key = (await keys.of('session', version)).find((each) => each.version === version);
  if (key === undefined) return undefined;
  try {
    return await unsealed(text, { [id]: secretsOf(key, purpose) }, defaults);
  } catch {
    // Forged, broken off or sealed for something else: it says nothing.
    return undefined;
  }
};

/** A version as Iron takes it, of letters and digits alone. */
const idOf = (version: string): string => Buffer.from(version).toString('hex');

const secretsOf = (
  key: Key,
  purpose: Purpose,
): { readonly encryption: Uint8Array; readonly integrity: Uint8Array } => ({
  encryption: derived(key, `frist ${purpose} encryption`),
  integrity: derived(key, `frist ${purpose} integrity`),
});

const derived = ({ bytes }: Key, use: string): Uint8Array => new Uint8Array(hkdfSync('sha256', bytes, '', use, 32));
