import { AuthorizationResponseError } from 'openid-client';
import * as z from 'zod/mini';
import { traceOf } from '../shared/errors.ts';
import { httpHandler } from '../shared/http.ts';
import type { Keys } from '../shared/keys/keys.ts';
import type { Log } from '../shared/log.ts';
import type { Registers } from '../shared/registers/registers.ts';
import type { Request, Response } from '../shared/request.ts';
import type { Clock } from '../shared/runtime.ts';
import { rolesIn, textOf, type ClaimRules, type Claims } from '../shared/session/caller.ts';
import { cookieOf, type Cookie } from '../shared/session/cookies.ts';
import { seal, unseal } from '../shared/session/seal.ts';
import type { OwnSessions } from '../shared/session/sealed.ts';
import type { Person } from '../shared/session/session.ts';
import { homeOf } from '../shared/web/office.ts';
import { readPost } from '../shared/web/post.ts';
import type { Issuer } from './issuer.ts';
import { attemptLost, failed, foreignPost, leaving, loggedOut, refusedThere, withoutRole } from './pages.ts';
import { accessibilityPage } from './statement.ts';

export interface Dependencies {
  readonly issuer: Issuer;
  readonly sessions: OwnSessions;
  readonly keys: Keys;
  readonly registers: Pick<Registers, 'list'>;
  readonly claims: ClaimRules;
  readonly municipality: string;
  readonly officersMail: string;
  readonly publicUrl: string;
  readonly clock: Clock;
  readonly log: Log;
}

/** Signs people in by the municipality's issuer, and out again; and tells anybody how accessible the pages are. */
export const createHandler = (deps: Dependencies) => {
  const attempts = cookieOf('frist-login', deps.publicUrl);
  return httpHandler(
    {
      'GET /': (request) => home(request, deps),
      'GET /login': (request) => begin(request, attempts, deps),
      'GET /login/callback': (request) => finish(request, attempts, deps),
      'POST /logout': (request) => end(request, deps),
      'GET /logout': async () => loggedOut(deps.municipality),
      'GET /tillganglighet': async () =>
        accessibilityPage({ name: deps.municipality, officersMail: deps.officersMail }),
    },
    deps.log,
  );
};

/** Whoever types the bare address comes to where they begin, and signs in first where they have not. */
const home = async (request: Request, { sessions }: Dependencies): Promise<Response> => {
  const person = await sessions.personOf(request);
  return goTo(person === undefined ? '/login' : homeOf(person), []);
};

/** As long as somebody may take at the issuer. */
const ATTEMPT_SECONDS = 600;

const attemptSchema = z.object({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  to: z.string(),
  /** Seconds since 1970. */
  ends: z.number(),
});

const begin = async (request: Request, attempts: Cookie, deps: Dependencies): Promise<Response> => {
  const to = ownPath(request.queryStringParameters?.['to'] ?? '');
  try {
    const { url, attempt } = await deps.issuer.begin();
    const kept = await seal(deps.keys, 'login', { ...attempt, to, ends: seconds(deps.clock) + ATTEMPT_SECONDS });
    return goTo(url, [attempts.set(kept, ATTEMPT_SECONDS)]);
  } catch (error) {
    deps.log('LOGIN_FAILED', traceOf(error));
    return failed(to)(deps.municipality);
  }
};

const finish = async (request: Request, attempts: Cookie, deps: Dependencies): Promise<Response> => {
  const read = attemptSchema.safeParse(await unseal(deps.keys, 'login', attempts.in(request) ?? ''));
  if (!read.success || read.data.ends <= seconds(deps.clock)) return attemptLost(deps.municipality);
  const { to, ends: _, ...attempt } = read.data;
  let claims: Claims;
  try {
    claims = await deps.issuer.finish(request.rawQueryString, attempt);
  } catch (error) {
    deps.log('LOGIN_FAILED', traceOf(error));
    return (error instanceof AuthorizationResponseError ? refusedThere(to) : failed(to))(deps.municipality);
  }
  const person = await personOf(claims, deps);
  if (person.roles.length === 0) {
    deps.log('LOGIN_WITHOUT_ROLE');
    return { ...withoutRole(deps.municipality), cookies: [attempts.clear()] };
  }
  deps.log('LOGIN', { person: person.id });
  return goTo(to === '' ? homeOf(person) : to, [attempts.clear(), await deps.sessions.begin(person)]);
};

const end = async (request: Request, { issuer, sessions, municipality, log }: Dependencies): Promise<Response> => {
  if (!readPost(request).ok) return foreignPost(municipality);
  const url = await issuer.logoutUrl().catch((error: unknown) => {
    // The session here ends whether or not the issuer answers.
    log('LOGIN_FAILED', traceOf(error));
    return undefined;
  });
  return { ...(url === undefined ? loggedOut : leaving(url))(municipality), cookies: [sessions.end()] };
};

/** Who the claims tell of: the case officer with that mail address in the register, or somebody who is none. */
const personOf = async (claims: Claims, { registers, claims: rules }: Dependencies): Promise<Person> => {
  const mail = claims['email_verified'] === false ? undefined : textOf(claims[rules.officer])?.toLowerCase();
  const officers = mail === undefined ? [] : await registers.list('officer');
  const officer = officers.find((each) => each.mail.toLowerCase() === mail);
  const subject = textOf(claims['sub']) ?? '';
  const unit = officer?.unit ?? textOf(claims[rules.unit]);
  return {
    id: officer?.id ?? subject,
    name: officer?.name ?? textOf(claims['name']) ?? subject,
    roles: rolesIn(claims, rules),
    ...(unit !== undefined && { unit }),
  };
};

/** A path of Frist's own pages; empty for anything that a browser could take for another site's address. */
const ownPath = (to: string): string => (/^\/(?![/\\])[\w\-./~%?&=+:@,!$'()*;]{0,1000}$/u.test(to) ? to : '');

const goTo = (location: string, cookies: string[]): Response => ({
  statusCode: 303,
  headers: { location, 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' },
  cookies,
});

const seconds = (clock: Clock): number => Math.floor(clock().epochMilliseconds / 1000);
