import { defaults, seal as sealAs } from 'iron-webcrypto';
import { describe, expect, test } from 'vitest';
import type { Request } from '../../functions/shared/http.ts';
import { memoryKeys } from '../../functions/shared/keys/memory.ts';
import { callerOf, claimsSchema, STANDARD_CLAIMS } from '../../functions/shared/session/caller.ts';
import { seal } from '../../functions/shared/session/seal.ts';
import { sealedSessions } from '../../functions/shared/session/sealed.ts';
import type { Person } from '../../functions/shared/session/session.ts';
import { request } from '../support/messages.ts';
import { standingClock } from '../support/office.ts';

const ANNA: Person = { id: 'anna', name: 'Anna Lind', roles: ['officer'], unit: 'Bistånd norr' };

const open = (publicUrl = 'https://frist.example') => {
  const keys = memoryKeys();
  const clock = standingClock('2026-11-23 08:00');
  const sessions = sealedSessions({ keys, clock: clock.now, claims: STANDARD_CLAIMS, publicUrl });
  return { keys, clock, sessions, publicUrl };
};

/** A request with the cookie that a `Set-Cookie` leaves in the browser. */
const withCookie = (setCookie: string): Request => ({
  ...request('GET /watch'),
  cookies: ['other=1', setCookie.split(';')[0] ?? ''],
});

describe('a session', () => {
  test('tells who has signed in, through one rotation of the key and no longer', async () => {
    const { keys, sessions } = open();
    const cookie = await sessions.begin(ANNA);
    expect(await sessions.personOf(withCookie(cookie))).toEqual(ANNA);
    keys.rotate('session');
    expect(await sessions.personOf(withCookie(cookie))).toEqual(ANNA);
    expect(await sessions.personOf(withCookie(await sessions.begin(ANNA)))).toEqual(ANNA);
    keys.rotate('session');
    expect(await sessions.personOf(withCookie(cookie))).toBeUndefined();
  });

  test('is over after eight hours by the clock, whatever the browser keeps', async () => {
    const { clock, sessions } = open();
    const cookie = await sessions.begin(ANNA);
    clock.moveTo('2026-11-23 15:59');
    expect(await sessions.personOf(withCookie(cookie))).toEqual(ANNA);
    clock.moveTo('2026-11-23 16:00');
    expect(await sessions.personOf(withCookie(cookie))).toBeUndefined();
  });

  test('lies in a cookie for this host over https alone, out of reach of scripts and of other sites', async () => {
    const cookie = await open().sessions.begin(ANNA);
    expect(cookie).toMatch(/^__Host-frist=[\w.*-]+; Path=\/; Max-Age=28800; HttpOnly; SameSite=Lax; Secure$/u);
    expect(cookie.length).toBeLessThan(1000);
    expect(cookie).not.toContain('Domain');
    expect(open().sessions.end()).toBe('__Host-frist=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax; Secure');
  });

  test('says nothing of the person to whoever reads the cookie', async () => {
    const cookie = await open().sessions.begin(ANNA);
    const seen = cookie.split('*').map((part) => Buffer.from(part, 'base64url').toString());
    expect(`${cookie}${seen.join()}`).not.toMatch(/anna|Lind|officer|norr/iu);
  });

  test('on http, where browsers refuse the prefix, has a name without it', async () => {
    const { sessions } = open('http://127.0.0.1:3000');
    const cookie = await sessions.begin(ANNA);
    expect(cookie).toMatch(/^frist=[^;]+; Path=\/; Max-Age=28800; HttpOnly; SameSite=Lax$/u);
    expect(await sessions.personOf(withCookie(cookie))).toEqual(ANNA);
  });
});

describe('nobody is let in by', () => {
  const forged: Record<string, (made: ReturnType<typeof open>) => Promise<string>> = {
    'no cookie': async () => 'unrelated=1',
    'an empty cookie': async () => '__Host-frist=',
    'the name without its prefix': async ({ sessions }) => (await sessions.begin(ANNA)).replace('__Host-', ''),
    "another system's session": async () => {
      const foreign = open();
      foreign.keys.rotate('session');
      foreign.keys.rotate('session');
      return foreign.sessions.begin(ANNA);
    },
    'a seal of the right version made with another key': async ({ keys, clock }) => {
      const [{ version }] = await keys.of('session');
      const ends = clock.now().epochMilliseconds / 1000 + 3600;
      const password = { id: Buffer.from(version).toString('hex'), secret: new Uint8Array(32) };
      return `__Host-frist=${await sealAs({ person: ANNA, ends }, password, defaults)}`;
    },
    'what was sealed for something else': async ({ keys, clock }) => {
      const ends = clock.now().epochMilliseconds / 1000 + 3600;
      return `__Host-frist=${await seal(keys, 'login', { person: ANNA, ends })}`;
    },
    'a role that there is not': async ({ keys, clock }) => {
      const ends = clock.now().epochMilliseconds / 1000 + 3600;
      return `__Host-frist=${await seal(keys, 'session', { person: { ...ANNA, roles: ['owner'] }, ends })}`;
    },
    'an unsigned seal': async ({ sessions }) =>
      (await sessions.begin(ANNA)).split(';')[0]?.replace(/[^*]+$/u, '') ?? '',
    'a plain text in the place of a seal': async () =>
      `__Host-frist=Fe26.2*31**${Buffer.alloc(16).toString('base64url')}*${Buffer.from(JSON.stringify({ person: ANNA, ends: 9e9 })).toString('base64url')}***`,
    'a seal that is said to end later': async ({ sessions }) =>
      (await sessions.begin(ANNA)).replace(/[*][*](?=[^*]*[*][^*]*;)/u, '*9999999999999*'),
    'a text too long for a cookie': async ({ sessions }) => {
      const [first = ''] = (await sessions.begin(ANNA)).split(';');
      return first + 'A'.repeat(5000);
    },
  };

  test.each(Object.keys(forged))('%s', async (name) => {
    const made = open();
    const cookie = (await forged[name]?.(made)) ?? '';
    expect(await made.sessions.personOf(withCookie(cookie))).toBeUndefined();
  });

  test('a seal with any one character changed', async () => {
    const { sessions } = open();
    const cookie = (await sessions.begin(ANNA)).split(';')[0] ?? '';
    const start = cookie.indexOf('=') + 1;
    for (let place = start; place < cookie.length; place += 7) {
      const other = cookie[place] === 'A' ? 'B' : 'A';
      // The last character of a part may hold bits that mean nothing.
      if ((cookie[place + 1] ?? '*') === '*') continue;
      const changed = cookie.slice(0, place) + other + cookie.slice(place + 1);
      expect(await sessions.personOf(withCookie(changed)), String(place)).toBeUndefined();
    }
  });
});

describe('who calls by a token', () => {
  const asking = (claims: Record<string, string>) => request('GET /api/tasks', { claims });

  test.each([
    ['[officer manager]', ['officer', 'manager']],
    ['officer', ['officer']],
    ['reader, officer', ['officer', 'reader']],
    ['[owner]', []],
    ['', []],
  ])('roles of "%s" are %j', (roles, expected) => {
    expect(callerOf(asking({ sub: 's', roles }), STANDARD_CLAIMS)).toEqual({ id: 's', name: 's', roles: expected });
  });

  test('is told by the claims that the municipality chose', () => {
    const rules = claimsSchema.parse({ roles: 'cognito:groups', roleNames: { officer: ['SG-42'] }, unit: 'dept' });
    const claims = { sub: 's', name: 'Anna', dept: 'Norr', 'cognito:groups': '[SG-42 reader]', roles: 'administrator' };
    expect(callerOf(asking(claims), rules)).toEqual({
      id: 's',
      name: 'Anna',
      roles: ['officer', 'reader'],
      unit: 'Norr',
    });
  });

  test('has the roles that the scopes of a system give it', () => {
    const claims = { sub: 's', scope: 'openid frist/officer frist/owner other/administrator' };
    const rules = claimsSchema.parse({ scopePrefix: 'frist/' });
    expect(callerOf(asking(claims), rules)).toMatchObject({ roles: ['officer'] });
    expect(callerOf(asking(claims), STANDARD_CLAIMS)).toMatchObject({ roles: [] });
  });

  test('is nobody on a route that takes no token', () => {
    expect(callerOf(request('GET /watch'), STANDARD_CLAIMS)).toBeUndefined();
  });
});
