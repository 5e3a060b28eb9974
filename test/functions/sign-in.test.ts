import { AuthorizationResponseError } from 'openid-client';
import { describe, expect, test } from 'vitest';
import { createHandler } from '../../functions/sign-in/handler.ts';
import type { Issuer } from '../../functions/sign-in/issuer.ts';
import type { Response } from '../../functions/shared/request.ts';
import { memoryKeys } from '../../functions/shared/keys/memory.ts';
import { STANDARD_CLAIMS, type Claims } from '../../functions/shared/session/caller.ts';
import { sealedSessions } from '../../functions/shared/session/sealed.ts';
import { ANNA } from '../support/facts.ts';
import { wordsOf } from '../support/provider-page.ts';
import { request } from '../support/messages.ts';
import { openDesk } from '../support/office.ts';

const PUBLIC_URL = 'https://frist.example';
const ANNAS_CLAIMS: Claims = {
  sub: 'S-1',
  name: 'Anna L',
  email: 'Anna.Lind@exempelkommun.example',
  roles: ['officer'],
};

/** The sign-in at an issuer that says of everybody what it is given, and takes down what it was asked. */
const open = async (claims: Claims | Error = ANNAS_CLAIMS) => {
  const { clock, registers, log, lines } = await openDesk('2026-11-23 08:00');
  const keys = memoryKeys();
  const sessions = sealedSessions({ keys, clock: clock.now, claims: STANDARD_CLAIMS, publicUrl: PUBLIC_URL });
  const finished: unknown[] = [];
  const issuer: Issuer = {
    begin: async () => ({ url: 'https://issuer.example/auth', attempt: { state: 's', nonce: 'n', verifier: 'v' } }),
    finish: async (query, attempt) => {
      finished.push([query, attempt]);
      if (claims instanceof Error) throw claims;
      return claims;
    },
    logoutUrl: async () => 'https://issuer.example/logout',
  };
  const handler = createHandler({
    issuer,
    sessions,
    keys,
    registers,
    claims: STANDARD_CLAIMS,
    municipality: 'Exempelkommun',
    officersMail: 'bistand@exempelkommun.example',
    publicUrl: PUBLIC_URL,
    clock: clock.now,
    log,
  });
  const begin = async (to?: string) => handler(request('GET /login', to === undefined ? {} : { query: { to } }));
  const comeBack = async (cookies: string[] = [], query = 'code=c&state=s') =>
    handler({ ...request('GET /login/callback'), cookies, rawQueryString: query });
  return {
    handler,
    begin,
    comeBack,
    clock,
    keys,
    sessions,
    finished,
    lines,
    codes: () => lines.map(({ code }) => code),
  };
};

/** What the browser sends back of the cookies it was given. */
const kept = ({ cookies = [] }: Response): string[] => cookies.map((cookie) => cookie.split(';')[0] ?? '');

describe('signing in', () => {
  test('goes by the issuer and back, and makes a session of the case officer in the register', async () => {
    const { begin, comeBack, sessions, finished, codes } = await open();
    const away = await begin('/watch/cases/2026-0417?at=1');
    expect(away).toMatchObject({ statusCode: 303, headers: { location: 'https://issuer.example/auth' } });
    expect(away.cookies).toEqual([expect.stringMatching(/^__Host-frist-login=.*; HttpOnly; SameSite=Lax; Secure$/u)]);

    const back = await comeBack(kept(away));
    expect(back).toMatchObject({ statusCode: 303, headers: { location: '/watch/cases/2026-0417?at=1' } });
    expect(finished).toEqual([['code=c&state=s', { state: 's', nonce: 'n', verifier: 'v' }]]);
    const person = await sessions.personOf({ ...request('GET /watch'), cookies: kept(back) });
    expect(person).toEqual({ id: ANNA.id, name: ANNA.name, roles: ['officer'] });
    // The attempt is used up.
    expect(back.cookies?.[0]).toMatch(/^__Host-frist-login=; .*Max-Age=0;/u);
    expect(codes()).toEqual(['LOGIN']);
  });

  test.each([
    [
      'somebody in no register',
      { sub: 'S-2', name: 'Maj', email: 'maj@example.org', roles: 'reader', unit: 'Nämnden' },
    ],
    ['an address that the issuer has not verified', { ...ANNAS_CLAIMS, sub: 'S-2', name: 'X', email_verified: false }],
  ])('%s is known by the subject of the login', async (_, claims) => {
    const { begin, comeBack, sessions } = await open(claims);
    const cookies = kept(await comeBack(kept(await begin())));
    expect(await sessions.personOf({ ...request('GET /watch'), cookies })).toMatchObject({
      id: 'S-2',
      name: claims.name,
    });
  });

  test('without a role in Frist lets nobody in, and says so', async () => {
    const { begin, comeBack, codes } = await open({ ...ANNAS_CLAIMS, roles: ['cook'] });
    const back = await comeBack(kept(await begin()));
    expect(back.statusCode).toBe(403);
    expect(back.body).toContain('Du har ingen behörighet i Frist');
    expect(kept(back)).toEqual(['__Host-frist-login=']);
    expect(codes()).toEqual(['LOGIN_WITHOUT_ROLE']);
  });

  test('leads to the first page that somebody may use, where they asked for none', async () => {
    const { begin, comeBack } = await open({ ...ANNAS_CLAIMS, roles: ['emergency'] });
    expect((await comeBack(kept(await begin()))).headers).toMatchObject({ location: '/watch/urgent' });
  });

  test.each([
    'https://evil.example/',
    '//evil.example/',
    '/\\evil.example/',
    '/\t/evil.example',
    'javascript:alert(1)',
    'watch',
    '',
    `/${'a'.repeat(2000)}`,
    '/watch\r\nset-cookie: a=1',
  ])('never leads on to %j', async (to) => {
    const { begin, comeBack } = await open();
    expect((await comeBack(kept(await begin(to)))).headers).toMatchObject({ location: '/watch' });
  });
});

describe('coming back is refused', () => {
  test('without the attempt, with one of another key or for another purpose, and after ten minutes', async () => {
    const { begin, comeBack, clock, sessions, finished } = await open();
    const foreign = kept(await (await open()).begin()).map((cookie) => cookie.replace(/\w(?=\w{3}$)/u, '_'));
    const session = (await sessions.begin({ id: 'a', name: 'A', roles: [] })).replace('frist=', 'frist-login=');
    const own = kept(await begin());
    clock.moveTo('2026-11-23 08:10');
    for (const cookies of [[], foreign, [session.split(';')[0] ?? ''], own]) {
      const back = await comeBack(cookies);
      expect(back.statusCode).toBe(400);
      expect(back.body).toContain('Inloggningen hann gå ut');
      expect(back.cookies).toBeUndefined();
    }
    expect(finished).toEqual([]);
  });

  test('when the issuer said no, and the way back leads to where the person wanted to go', async () => {
    const cause = new URLSearchParams({ error: 'access_denied' });
    const { begin, comeBack } = await open(new AuthorizationResponseError('no', { cause }));
    const back = await comeBack(kept(await begin('/watch/urgent')), 'error=access_denied&state=s');
    expect(back.statusCode).toBe(403);
    expect(back.body).toContain('Inloggningen avbröts');
    expect(back.body).toContain('/login?to=%2Fwatch%2Furgent');
  });

  test('when the issuer cannot be trusted or does not answer, and nothing of its answer is shown or logged', async () => {
    const { begin, comeBack, lines } = await open(new Error('unexpected hemlig@example.org'));
    const back = await comeBack(kept(await begin()));
    expect(back.statusCode).toBe(502);
    expect(`${back.body ?? ''}${JSON.stringify(lines)}`).not.toContain('hemlig');
    expect(lines).toMatchObject([{ code: 'LOGIN_FAILED', ids: { error: 'Error' } }]);
  });
});

describe('signing out', () => {
  const form = { 'content-type': 'application/x-www-form-urlencoded' };

  test('ends the session and goes on to the issuer', async () => {
    const { handler } = await open();
    const answer = await handler(request('POST /logout', { body: '', headers: form }));
    expect(answer).toMatchObject({ statusCode: 200, headers: { refresh: '0; url=https://issuer.example/logout' } });
    expect(kept(answer)).toEqual(['__Host-frist=']);
  });

  test("is not done for another site's form", async () => {
    const { handler } = await open();
    const headers = { ...form, 'sec-fetch-site': 'cross-site' };
    const answer = await handler(request('POST /logout', { body: '', headers }));
    expect(answer.statusCode).toBe(403);
    expect(answer.cookies).toBeUndefined();
  });
});

test('the bare address leads to where somebody begins, and to sign in first', async () => {
  const { handler, begin, comeBack } = await open({ ...ANNAS_CLAIMS, email: 'natt@example.org', roles: 'emergency' });
  const leadsTo = async (cookies: string[] = []) =>
    (await handler({ ...request('GET /'), cookies })).headers?.['location'];
  expect(await leadsTo()).toBe('/login');
  expect(await leadsTo(kept(await comeBack(kept(await begin()))))).toBe('/watch/urgent');
});

test('everybody can read how accessible the pages are, and whom to write to', async () => {
  const { handler } = await open();
  const answer = await handler(request('GET /tillganglighet'));
  expect(answer.statusCode).toBe(200);
  expect(wordsOf(answer)).toContain('WCAG 2.1');
  expect(answer.body).toContain('href="mailto:bistand@exempelkommun.example"');
});
