/** A municipality's file: what differs from one cell to the next. */

import { readFileSync, readdirSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as z from 'zod/mini';

/** Who somebody can be (`PERSON_ROLES` in `functions/shared/session/session.ts`). */
export const ROLES = ['officer', 'manager', 'administrator', 'reader', 'emergency'] as const;

const domainName = z.string().check(z.regex(/^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/u));

const certificateIn = (region: string) =>
  z.string().check(z.regex(new RegExp(`^arn:aws:acm:${region}:\\d{12}:certificate/[\\w-]+$`, 'u')));

/** As long as Secrets Manager takes. */
const days = z.int().check(z.minimum(1), z.maximum(1000));

const municipalitySchema = z.strictObject({
  /** Names the stack, so it is kept once deployed: `frist-<id>`. */
  id: z.string().check(z.regex(/^[a-z][a-z0-9-]{1,40}$/u)),
  name: z.string().check(z.minLength(1)),
  /** The address that Frist mails from. Its domain becomes the SES identity. */
  mailFrom: z.email(),
  /** The case officers' shared mailbox: where alerts go when no address is known for the case officer. */
  officersMail: z.email(),
  /** The domain of the addresses that mails to providers can be replied to. Without it they cannot. */
  replyDomain: z.optional(domainName),
  /**
   * The domain that bounces come back to (custom MAIL FROM), within the domain of `mailFrom`, so that SPF speaks for the
   * municipality. Without it: Amazon's own.
   */
  bounceDomain: z.optional(domainName),
  /**
   * The domain of the web, with its certificate in the same region. The API then answers there and nowhere else; where it
   * points is an output of the stack.
   */
  webDomain: z.optional(
    z.strictObject({
      name: domainName,
      certificateArn: certificateIn('eu-north-1'),
    }),
  ),
  /**
   * A web application firewall: people come to CloudFront at `name`, and the API, at `webDomain`, lets nobody in who does not
   * show the client certificate, which CloudFront does. `truststore` is who signed that (`s3://…` in the same region, PEM).
   */
  waf: z.optional(
    z.strictObject({
      name: domainName,
      certificateArn: certificateIn('us-east-1'),
      clientCertificateArn: certificateIn('us-east-1'),
      truststore: z.string().check(z.regex(/^s3:\/\/[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]\/.+$/u)),
      truststoreVersion: z.optional(z.string().check(z.minLength(1))),
      requestsInFiveMinutes: z.optional(z.int().check(z.minimum(10), z.maximum(2_000_000_000))),
    }),
  ),
  /** Where people reach the web, without a slash at the end. Without it: `waf`, `webDomain`, or the address API Gateway gives. */
  publicUrl: z.optional(z.url({ protocol: /^https$/u }).check(z.regex(/[^/]$/u))),
  /**
   * Who signs people in and signs the bearer tokens (OpenID Connect issuer), and for whom (the `aud` claim). Without both:
   * a Cognito user pool of the cell's own.
   */
  issuer: z.optional(z.url({ protocol: /^https$/u })),
  audience: z.optional(z.string().check(z.minLength(1))),
  /**
   * What Frist is at the issuer when people sign in: its client id where it is not the audience, and whether it has a
   * secret there, which is put in the secret `client`.
   */
  login: z.optional(z.strictObject({ clientId: z.optional(z.string()), confidential: z.optional(z.boolean()) })),
  /**
   * How a token or a login says what somebody may do: which claims hold roles, unit and mail address, what the roles
   * are called there, and what begins a scope that is one (`ClaimRules` in `functions/shared/session/caller.ts`).
   */
  claims: z.optional(
    z.strictObject({
      roles: z.optional(z.string()),
      scopePrefix: z.optional(z.string()),
      roleNames: z.optional(z.partialRecord(z.enum(ROLES), z.array(z.string().check(z.regex(/^[^\s,]+$/u))))),
      unit: z.optional(z.string()),
      officer: z.optional(z.string()),
    }),
  ),
  /** Who is mailed when an alarm goes off. */
  alarmMail: z.optional(z.email()),
  /** Service id to routine id, for orders that name no routine. */
  routines: z.record(z.string(), z.string()),
  /** By routine id and name: the limits that the routines leave to the municipality. */
  parameters: z.optional(
    z.record(
      z.string(),
      z.record(
        z.string(),
        z.strictObject({
          amount: z.int().check(z.minimum(1), z.maximum(10_000)),
          unit: z.enum(['hours', 'days', 'weekdays', 'weeks', 'months']),
        }),
      ),
    ),
  ),
  /**
   * After how many years a case that rests is erased (row B10): five by the Social Services Act, unless the municipality has
   * decided to keep some longer. Without it nothing is erased.
   */
  retention: z.optional(z.strictObject({ years: z.int().check(z.minimum(1), z.maximum(100)) })),
  /** After how many days the keys are rotated: the sessions' after 90 where it is not said, the partner systems' on demand alone. */
  rotation: z.optional(z.strictObject({ session: z.optional(days), webhooks: z.optional(days) })),
  /** Whether the case numbers in the logs are hashed. The logs say who read which case. */
  hashCaseNumbers: z.optional(z.boolean()),
  /** Whether case officers and readers see the cases of their own unit alone, and not the whole municipality's. */
  ownUnitOnly: z.optional(z.boolean()),
});

export type Municipality = z.infer<typeof municipalitySchema>;

/**
 * Reads and checks a municipality's file.
 *
 * @param chosen the id of one in `infra/municipalities`, or the path of one kept elsewhere, which ends in `.json`
 * @throws when there is no such file, when it holds something else than its schema says, or another id than its name.
 */
export const readMunicipality = (chosen: string): Municipality => {
  const file = chosen.endsWith('.json')
    ? resolve(chosen)
    : fileURLToPath(new URL(`../municipalities/${chosen}.json`, import.meta.url));
  const parsed = municipalitySchema.safeParse(JSON.parse(readFileSync(file, 'utf8')));
  if (!parsed.success) throw new Error(`${file}:\n${z.prettifyError(parsed.error)}`);
  const id = basename(file, '.json');
  if (parsed.data.id !== id) throw new Error(`${file}: id is "${parsed.data.id}", expected "${id}"`);
  if ((parsed.data.issuer === undefined) !== (parsed.data.audience === undefined))
    throw new Error(`${file}: issuer and audience are given together, or neither`);
  const errors = choiceErrors(parsed.data, readRoutines());
  if (errors.length > 0) throw new Error(`${file}:\n${errors.join('\n')}`);
  if (parsed.data.mailFrom.toLowerCase().endsWith(`@${parsed.data.replyDomain ?? ''}`))
    throw new Error(`${file}: replyDomain is where all mail goes to Frist, so it cannot be the domain of mailFrom`);
  const { bounceDomain, mailFrom, waf, webDomain } = parsed.data;
  if (waf !== undefined && (webDomain === undefined || webDomain.name === waf.name))
    throw new Error(`${file}: with waf, webDomain is the domain behind it, and another than waf.name`);
  if (bounceDomain !== undefined && !bounceDomain.endsWith(`.${mailFrom.slice(mailFrom.lastIndexOf('@') + 1)}`))
    throw new Error(`${file}: bounceDomain must lie within the domain of mailFrom`);
  return parsed.data;
};

/** What is read here of a routine's file: the limits that it leaves to the municipality. */
export interface RoutineFile {
  readonly id: string;
  readonly parameters?: Readonly<Record<string, { readonly example?: boolean }>>;
}

/**
 * What is wrong with a municipality's choice of routines: one that there is not, a parameter that there is not, or one
 * that a routine in use is shipped with an example of and the municipality has not set (row S5).
 */
export const choiceErrors = (
  { routines, parameters = {} }: Pick<Municipality, 'routines' | 'parameters'>,
  files: readonly RoutineFile[],
): string[] => {
  const known = new Map(files.map((file) => [file.id, file]));
  const used = new Set(Object.values(routines));
  const isSet = (id: string, name: string): boolean => parameters[id]?.[name] !== undefined;
  return [
    ...Object.entries(routines)
      .filter(([, id]) => !known.has(id))
      .map(([service, id]) => `routines.${service}: there is no routine ${id}`),
    ...Object.entries(parameters).flatMap(([id, values]) =>
      Object.keys(values)
        .filter((name) => known.get(id)?.parameters?.[name] === undefined)
        .map((name) => `parameters.${id}.${name}: there is no such parameter`),
    ),
    ...[...used].flatMap((id) =>
      Object.entries(known.get(id)?.parameters ?? {})
        .filter(([name, { example }]) => example === true && !isSet(id, name))
        .map(([name]) => `parameters.${id}.${name}: is missing. The routine holds only an example of it`),
    ),
  ];
};

/** The routines' files, read as the data that they are. */
export const readRoutines = (): RoutineFile[] => {
  const folder = new URL('../../domain/routine/routines/', import.meta.url);
  return readdirSync(folder).flatMap((name) => JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as RoutineFile);
};
