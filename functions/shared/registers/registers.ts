import * as z from 'zod/mini';
import { ROLES } from '../../../domain/routine/roles.ts';
import { id, period } from '../../../events/define.ts';
import type { Hold } from './holds.ts';
import { sortable } from '../sortable.ts';

const name = z
  .string()
  .check(z.trim(), z.minLength(1), z.maxLength(200), z.regex(/^\P{Cc}*$/u, 'must not hold control characters'));
/** One address, as a mail's header takes it: no display name, no list, no line breaks. */
const mail = z.email({ error: 'must be a mail address' }).check(z.maxLength(254));

/** A provider (utförare) that people can choose. */
export const providerSchema = z.strictObject({
  id,
  name,
  /** Where orders are mailed. Without it the case officer makes contact in person. */
  mail: z.exactOptional(mail),
  kind: z.enum(['municipal', 'private']),
  /** Whether it works in the municipality's operational system. */
  connected: z._default(z.boolean(), false),
  services: z._default(z.array(id), []),
});

/** The days on which an officer is away, both ends included; without `to` until further notice. */
const absences = z.array(period).check(z.maxLength(100));

export const absencesSchema = z.strictObject({ absences });

/** A case officer (handläggare). */
export const officerSchema = z.strictObject({
  id,
  name,
  mail,
  unit: z.exactOptional(name),
  /** The officers who stand in when this one is away, and who lead this one, by id. */
  substitute: z.exactOptional(id),
  manager: z.exactOptional(id),
  absences: z.exactOptional(absences),
});

/** Who is mailed when a role is told. */
export const roleSchema = z.strictObject({
  id: z.enum(ROLES),
  mails: z.array(mail).check(z.maxLength(50)),
});

/** The rotation list of a service, or of a service in an area (rows K11, H1, S2). */
export const rotationSchema = z.strictObject({
  /** `<service>`, or `<service>/<area>`: {@link rotationId}. A routine's id stands for all of its services (row H1). */
  id,
  area: z.exactOptional(id),
  providers: z
    .array(
      z.strictObject({
        id,
        cap: z.exactOptional(z.int().check(z.minimum(0))),
        paused: z.exactOptional(z.boolean()),
      }),
    )
    .check(
      z.refine(
        (places) => new Set(places.map((place) => place.id)).size === places.length,
        'must name a provider once',
      ),
    ),
});

/** A partner system: a provider's own, or one that several providers use. */
export const partnerSchema = z.strictObject({
  id: z
    .string()
    .check(z.regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'must be 1 to 63 small letters a to z, digits and hyphens')),
  name,
  /** The providers that it may speak for, and is told of, by id. */
  providers: z.array(id).check(
    z.maxLength(200),
    z.refine((ids) => new Set(ids).size === ids.length, 'must name a provider once'),
  ),
  /** Where it is told. Without it, it is told nothing. */
  url: z.exactOptional(
    z.url({ error: 'must be an address such as https://partner.example/frist' }).check(z.maxLength(1000)),
  ),
});

/** Under which id a rotation list is kept. */
export const rotationId = (service: string, area: string | undefined): string =>
  area === undefined ? service : `${service}/${area}`;

export type Provider = z.output<typeof providerSchema>;
export type Officer = z.output<typeof officerSchema>;
export type Role = z.output<typeof roleSchema>;
export type RotationList = z.output<typeof rotationSchema>;
export type Partner = z.output<typeof partnerSchema>;

/**
 * A partner system as it is kept. Which of its secrets is the newest, by number, stands beside what was said of it: so the
 * journal tells who had it changed and when, and never what it is.
 */
export interface KeptPartner extends Partner {
  readonly generation?: number;
}

export interface Entries {
  readonly provider: Provider;
  readonly officer: Officer;
  readonly role: Role;
  readonly rotation: RotationList;
  readonly partner: KeptPartner;
  readonly hold: Hold;
}

export type RegisterName = keyof Entries;

/** Who puts an entry in, and when. */
export interface Putting {
  /** The id of whoever has signed in or calls with a token. */
  readonly who: string;
  /** RFC 3339, in UTC. */
  readonly at: string;
  /** The version that the entry is to replace, 0 for none; without it whichever stands there is replaced. */
  readonly ifVersion?: number;
}

/** One change of an entry: what it was and what it became. */
export interface Change<R extends RegisterName = RegisterName> {
  readonly id: string;
  /** 1 for the first time that the entry was put in, 2 for the next … */
  readonly version: number;
  readonly who: string;
  readonly at: string;
  readonly before?: Entries[R];
  readonly after: Entries[R];
}

export interface ChangePage<R extends RegisterName = RegisterName> {
  /** Newest first. */
  readonly changes: readonly Change<R>[];
  /** The `before` of the next page, when there is one. */
  readonly next?: string;
}

/** An entry with how many times it has been put in. */
export interface Versioned<R extends RegisterName> {
  readonly entry: Entries[R];
  readonly version: number;
}

/** Whether an entry was put in, and the version that stands there now. */
export interface Put {
  readonly ok: boolean;
  readonly version: number;
}

/** The municipality's registers of who is who, as they are read. */
export interface Registers {
  readonly find: <R extends RegisterName>(register: R, id: string) => Promise<Entries[R] | undefined>;
  readonly read: <R extends RegisterName>(register: R, id: string) => Promise<Versioned<R> | undefined>;
  /** By id. @param how.fresh with what was put in up to now; without it, a second or so may be missing */
  readonly list: <R extends RegisterName>(
    register: R,
    how?: { readonly fresh: boolean },
  ) => Promise<readonly Entries[R][]>;
}

/** The registers, for those who change them, and a journal of every change that nothing is taken out of. */
export interface KeptRegisters extends Registers {
  /**
   * Adds an entry, or replaces the one with its id, and notes the change. An entry that says what the one there says already
   * changes nothing and is not noted. Not put in when another version than `ifVersion` stands there.
   */
  readonly put: <R extends RegisterName>(register: R, entry: Entries[R], putting?: Putting) => Promise<Put>;
  /** What was changed, newest first, from before the place that `before` names. */
  readonly changes: <R extends RegisterName>(
    register: R,
    question: { readonly limit: number; readonly before?: string },
  ) => Promise<ChangePage<R>>;
}

/** Who put an entry in where nobody says so: Frist itself, before anybody was there. */
export const BY_FRIST: Putting = { who: 'frist', at: '1970-01-01T00:00:00Z' };

/** A change's place in the journal, so that text sorts as time does: when, then which entry, then its version. */
export const changeKey = (change: Pick<Change, 'id' | 'version' | 'at'>): string =>
  [sortable(change.at), change.id, String(change.version).padStart(10, '0')].join('#');

/** A page of changes that may hold one twice, in any order. */
export const changePage = <R extends RegisterName>(
  changes: readonly Change<R>[],
  { limit, before }: { readonly limit: number; readonly before?: string },
): ChangePage<R> => {
  const byKey = new Map(changes.map((change) => [changeKey(change), change]));
  const found = [...byKey]
    .filter(([key]) => before === undefined || key < before)
    .toSorted(([a], [b]) => (a < b ? 1 : -1));
  const last = found.slice(0, limit).at(-1);
  return {
    changes: found.slice(0, limit).map(([, change]) => change),
    ...(found.length > limit && last && { next: last[0] }),
  };
};
