import * as z from 'zod/mini';
import type { Request } from '../request.ts';
import { PERSON_ROLES, type Person, type PersonRole } from './session.ts';

/** Which claims of a token or a login say who somebody is and what they may do: the municipality's choice. */
export const claimsSchema = z.object({
  /** The claim that lists roles or groups. */
  roles: z._default(z.string(), 'roles'),
  /** What that claim calls each role; a role not named here is called by its own name. */
  roleNames: z._default(z.partialRecord(z.enum(PERSON_ROLES), z.array(z.string())), {}),
  /** What begins a scope that is a role; without it no scope is. Cognito gives a system scopes, and no groups. */
  scopePrefix: z.exactOptional(z.string().check(z.minLength(1))),
  /** The claim that names the unit of a case officer. */
  unit: z._default(z.string(), 'unit'),
  /** The claim that holds the mail address by which a case officer is found in the register. */
  officer: z._default(z.string(), 'email'),
});

export type ClaimRules = z.output<typeof claimsSchema>;

/** What a municipality's file that says nothing of claims means. */
export const STANDARD_CLAIMS: ClaimRules = claimsSchema.parse({});

export type Claims = Readonly<Record<string, unknown>>;

/**
 * Who calls by a bearer token that API Gateway has verified; undefined on routes that take none. A token without any role
 * that Frist knows is somebody who may do nothing.
 */
export const callerOf = (request: Request, rules: ClaimRules): Person | undefined => {
  const { authorizer } = request.requestContext as Authorized;
  const claims = authorizer?.jwt?.claims;
  if (claims === undefined) return undefined;
  const { sub = '', name = sub } = claims;
  const unit = textOf(claims[rules.unit]);
  return {
    id: String(sub),
    name: String(name),
    roles: rolesIn(claims, rules),
    ...(unit !== undefined && { unit }),
  };
};

interface Authorized {
  readonly authorizer?: { readonly jwt?: { readonly claims?: Claims } };
}

/** The roles that the claims give, in Frist's words. */
export const rolesIn = (claims: Claims, { roles, roleNames, scopePrefix }: ClaimRules): readonly PersonRole[] => {
  const scopes = scopePrefix === undefined ? [] : valuesOf(claims['scope']);
  const held = new Set([
    ...valuesOf(claims[roles]),
    ...scopes.flatMap((scope) => (scope.startsWith(scopePrefix ?? '') ? [scope.slice(scopePrefix?.length)] : [])),
  ]);
  return PERSON_ROLES.filter((role) => (roleNames[role] ?? [role]).some((name) => held.has(name)));
};

/** A claim that is text; empty text is none. */
export const textOf = (claim: unknown): string | undefined =>
  typeof claim === 'string' && claim !== '' ? claim : undefined;

/** A claim's values. An HTTP API hands a list over as text in brackets, `[officer manager]`. */
const valuesOf = (claim: unknown): readonly string[] => {
  if (Array.isArray(claim)) return claim.map(String);
  if (typeof claim !== 'string') return [];
  return claim.replace(/^\[(.*)\]$/u, '$1').split(/[\s,]+/u);
};
