import * as z from 'zod/mini';
import { ROLES } from '../../../domain/routine/roles.ts';
import { id } from '../../../events/define.ts';

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

/** A case officer (handläggare). */
export const officerSchema = z.strictObject({
  id,
  name,
  mail,
  unit: z.exactOptional(name),
  /** The officers who stand in when this one is away, and who lead this one, by id. */
  substitute: z.exactOptional(id),
  manager: z.exactOptional(id),
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

interface Entries {
  readonly provider: Provider;
  readonly officer: Officer;
  readonly role: Role;
  readonly rotation: RotationList;
  readonly partner: Partner;
}

export type RegisterName = keyof Entries;

/** The municipality's registers of who is who. */
export interface Registers {
  readonly find: <R extends RegisterName>(register: R, id: string) => Promise<Entries[R] | undefined>;
  readonly list: <R extends RegisterName>(register: R) => Promise<readonly Entries[R][]>;
  /** Adds an entry, or replaces the one with its id. */
  readonly put: <R extends RegisterName>(register: R, entry: Entries[R]) => Promise<void>;
}
