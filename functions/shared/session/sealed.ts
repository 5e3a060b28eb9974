import * as z from 'zod/mini';
import type { Keys } from '../keys/keys.ts';
import type { Clock } from '../runtime.ts';
import { callerOf, type ClaimRules } from './caller.ts';
import { cookieOf } from './cookies.ts';
import { seal, unseal } from './seal.ts';
import { PERSON_ROLES, SESSION_HOURS, type Person, type Sessions } from './session.ts';

export interface SealedSessionsDeps {
  readonly keys: Keys;
  readonly clock: Clock;
  readonly claims: ClaimRules;
  /** Where people reach the web: over https, the cookie is bound to it. */
  readonly publicUrl: string;
}

/** Sessions that are begun and ended here. */
export interface OwnSessions extends Sessions {
  /** The `Set-Cookie` that begins a session of eight hours. */
  readonly begin: (person: Person) => Promise<string>;
  /** The `Set-Cookie` that ends it in the browser. */
  readonly end: () => string;
}

const sessionSchema = z.object({
  person: z.object({
    id: z.string(),
    name: z.string(),
    roles: z.array(z.enum(PERSON_ROLES)),
    unit: z.exactOptional(z.string()),
  }),
  /** Seconds since 1970. */
  ends: z.number(),
});

/** Sessions kept by the browser in a sealed cookie: the server keeps none, and any function can read them. */
export const sealedSessions = ({ keys, clock, claims, publicUrl }: SealedSessionsDeps): OwnSessions => {
  const cookie = cookieOf('frist', publicUrl);
  return {
    personOf: async (request) => {
      const caller = callerOf(request, claims);
      if (caller !== undefined) return caller;
      const sealed = cookie.in(request);
      if (sealed === undefined) return undefined;
      const session = sessionSchema.safeParse(await unseal(keys, 'session', sealed));
      const now = clock().epochMilliseconds / 1000;
      return session.success && session.data.ends > now ? session.data.person : undefined;
    },
    begin: async (person) => {
      const seconds = SESSION_HOURS * 3600;
      const ends = Math.floor(clock().epochMilliseconds / 1000) + seconds;
      return cookie.set(await seal(keys, 'session', { person, ends }), seconds);
    },
    end: cookie.clear,
  };
};
