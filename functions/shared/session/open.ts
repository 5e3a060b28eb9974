import { readClaims, readVariables } from '../environment.ts';
import { secretKeys } from '../keys/secrets-manager.ts';
import type { Keys } from '../keys/keys.ts';
import { logLine } from '../log.ts';
import type { Runtime } from '../runtime.ts';
import { sealedSessions, type OwnSessions } from './sealed.ts';

/** The keys of sessions, for a function whose wiring lets it read the secret `session`. */
const sessionKeys = (runtime: Runtime): Keys =>
  secretKeys({
    secrets: { session: readVariables(runtime, 'SESSION_KEY_ID').SESSION_KEY_ID },
    clock: runtime.clock,
    log: logLine,
  });

/** The sessions of those who sign in, for a function whose wiring lets it read the secret `session`. */
export const openSessions = (runtime: Runtime, keys: Keys = sessionKeys(runtime)): OwnSessions =>
  sealedSessions({
    keys,
    clock: runtime.clock,
    claims: readClaims(runtime),
    publicUrl: readVariables(runtime, 'PUBLIC_URL').PUBLIC_URL,
  });
