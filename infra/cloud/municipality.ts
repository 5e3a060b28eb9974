/** A municipality's file, `infra/municipalities/<id>.json`: what differs from one cell to the next. */

import { readFileSync } from 'node:fs';
import * as z from 'zod/mini';

const ROLES = ['officer', 'manager', 'administrator', 'reader', 'emergency'] as const;

const municipalitySchema = z.strictObject({
  /** Names the stack, so it is kept once deployed: `frist-<id>`. */
  id: z.string().check(z.regex(/^[a-z][a-z0-9-]{1,40}$/u)),
  name: z.string().check(z.minLength(1)),
  /** The address that Frist mails from. Its domain becomes the SES identity. */
  mailFrom: z.email(),
  /** The case officers' shared mailbox: where alerts go when no address is known for the case officer. */
  officersMail: z.email(),
  /** Where people reach the web, without a slash at the end. Without it: the address API Gateway gives. */
  publicUrl: z.optional(z.url({ protocol: /^https$/u }).check(z.regex(/[^/]$/u))),
  /** Who signs the bearer tokens (OpenID Connect issuer) and for whom (the `aud` claim). */
  issuer: z.url({ protocol: /^https$/u }),
  audience: z.string().check(z.minLength(1)),
  /**
   * How a token or a login says what somebody may do: which claims hold roles, unit and mail address, and what the roles
   * are called there (`ClaimRules` in `functions/shared/session/caller.ts`).
   */
  claims: z.optional(
    z.strictObject({
      roles: z.optional(z.string()),
      roleNames: z.optional(z.partialRecord(z.enum(ROLES), z.array(z.string().check(z.regex(/^[^\s,]+$/u))))),
      unit: z.optional(z.string()),
      officer: z.optional(z.string()),
    }),
  ),
  /** Who is mailed when an alarm goes off. */
  alarmMail: z.optional(z.email()),
  /** Service id to routine id, for orders that name no routine. */
  routines: z.record(z.string(), z.string()),
  /** Whether case officers and readers see the cases of their own unit alone, and not the whole municipality's. */
  ownUnitOnly: z.optional(z.boolean()),
});

export type Municipality = z.infer<typeof municipalitySchema>;

/**
 * Reads and checks a municipality's file.
 *
 * @throws when there is no such file, when it holds something else than its schema says, or another id than its name.
 */
export const readMunicipality = (id: string): Municipality => {
  const file = new URL(`../municipalities/${id}.json`, import.meta.url);
  const parsed = municipalitySchema.safeParse(JSON.parse(readFileSync(file, 'utf8')));
  if (!parsed.success) throw new Error(`${file.pathname}:\n${z.prettifyError(parsed.error)}`);
  if (parsed.data.id !== id) throw new Error(`${file.pathname}: id is "${parsed.data.id}", expected "${id}"`);
  return parsed.data;
};
