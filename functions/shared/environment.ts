import * as z from 'zod/mini';
import { routinesOf, type Routines } from '../../domain/routine/routines.ts';
import type { Runtime } from './runtime.ts';
import { claimsSchema, STANDARD_CLAIMS, type ClaimRules } from './session/caller.ts';

/** A length, of which the deployment checked the rest: the routines' own schema is no function's to carry. */
const withinSchema = z.object({ amount: z.int(), unit: z.enum(['hours', 'days', 'weekdays', 'weeks', 'months']) });

/** What a function needs to know of the municipality it serves. */
const municipalitySchema = z.object({
  name: z.string(),
  /** Where alerts go when no address is known for the case officer, so that no alert is lost. */
  officersMail: z.email(),
  routines: z.record(z.string(), z.string()),
  /** By routine id and name: the limits that the routines leave to the municipality. */
  parameters: z.optional(z.record(z.string(), z.record(z.string(), withinSchema))),
  /** Whether case officers and readers see the cases of their own unit alone. */
  ownUnitOnly: z._default(z.boolean(), false),
  /** After how many years a case that rests is erased; without it none is. */
  retention: z.optional(z.object({ years: z.int() })),
  /** The domain of the addresses that mails to providers can be replied to; without it they cannot. */
  replyDomain: z.optional(z.string()),
});

/** The variables that `infra/wiring.ts` gives the functions whose permissions ask for them. */
const variables = {
  TABLE_NAME: z.string(),
  INDEX_NAME: z.string(),
  BUS_NAME: z.string(),
  MAIL_FROM: z.email(),
  CONFIGURATION_SET: z.string(),
  PUBLIC_URL: z.url(),
  SESSION_KEY_ID: z.string(),
  WEBHOOKS_KEY_ID: z.string(),
  PARTNER_REACH: z.enum(['public', 'loopback']),
  CLIENT_KEY_ID: z.string(),
  ISSUER: z.url(),
  CLIENT_ID: z.string(),
  CLIENT_KIND: z.enum(['public', 'confidential']),
  DEAD_LETTERS: z.string(),
  SCHEDULE_GROUP: z.string(),
  SCHEDULE_ROLE_ARN: z.string(),
  SCHEDULE_QUEUE_ARN: z.string(),
  SCHEDULE_DLQ_ARN: z.string(),
  MESSAGES_BUCKET: z.string(),
} as const;

type Variable = keyof typeof variables;

/** A municipality without its routines. */
export interface Office {
  readonly name: string;
  readonly officersMail: string;
  readonly replyDomain?: string;
  readonly ownUnitOnly?: boolean;
}

export interface Municipality extends Office {
  readonly routines: Routines;
  readonly retention?: { readonly years: number };
}

/**
 * Reads variables from the environment, once, when a function is wired.
 *
 * @throws when one is missing or malformed; the error names it and not its value.
 */
export const readVariables = <Name extends Variable>(
  { env }: Runtime,
  ...names: readonly Name[]
): Readonly<Record<Name, string>> => {
  const values: Partial<Record<Name, string>> = {};
  for (const name of names) {
    const parsed = variables[name].safeParse(env[name]);
    if (!parsed.success) throw new Error(`the environment variable ${name} is missing or malformed`);
    values[name] = parsed.data;
  }
  return values as Readonly<Record<Name, string>>;
};

/**
 * What a function needs that judges nothing by the routines, which are a part of its weight.
 *
 * @throws when MUNICIPALITY is missing or malformed.
 */
export const readOffice = ({ env }: Runtime): Office => {
  const { name, officersMail, replyDomain, ownUnitOnly } = municipalitySchema.parse(
    JSON.parse(env['MUNICIPALITY'] ?? 'null'),
  );
  return { name, officersMail, ownUnitOnly, ...(replyDomain !== undefined && { replyDomain }) };
};

/** @throws when MUNICIPALITY is missing, malformed, names a routine that there is not or leaves an example parameter as it is. */
export const readMunicipality = (runtime: Runtime): Municipality => {
  const parsed = municipalitySchema.parse(JSON.parse(runtime.env['MUNICIPALITY'] ?? 'null'));
  const { routines, parameters, retention } = parsed;
  return {
    ...readOffice(runtime),
    routines: routinesOf(routines, parameters),
    ...(retention && { retention }),
  };
};

const withClaims = z.object({ claims: z._default(claimsSchema, STANDARD_CLAIMS) });

/** How the municipality's tokens say what somebody may do. @throws when MUNICIPALITY is missing or malformed */
export const readClaims = ({ env }: Runtime): ClaimRules =>
  withClaims.parse(JSON.parse(env['MUNICIPALITY'] ?? 'null')).claims;
