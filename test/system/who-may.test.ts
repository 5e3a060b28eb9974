import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { PERSON_ROLES, type PersonRole } from '../../functions/shared/session/session.ts';
import { WHO_MAY } from '../../functions/shared/session/who-may.ts';
import { functions } from '../../infra/local/functions.ts';
import { startSystem, type LocalSystem } from '../../infra/local/system.ts';
import { wiring, type Access } from '../../infra/wiring.ts';

/*
 * Every route of the wiring, asked by every role and by nobody on the running system. A route that somebody adds is among
 * them by itself, and fails here until it is said who may use it.
 */

const routes = Object.values(wiring).flatMap((each) => Object.entries<Access>(each.routes ?? {}));
const tokens = Object.fromEntries(PERSON_ROLES.map((role) => [`token-${role}`, [role]]));

let system: LocalSystem | undefined;

beforeAll(async () => {
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  system = await startSystem({ functions, tokens, log: () => undefined });
});

afterAll(async () => {
  await system?.stop();
  vi.restoreAllMocks();
});

const ask = async (route: string, authorization?: string): Promise<Response> => {
  const [method = '', path = ''] = route.split(' ');
  return fetch(`${system?.web ?? ''}${path.replaceAll(/\{\w+\}/gu, '2026-0417')}`, {
    method,
    redirect: 'manual',
    headers: {
      ...(authorization !== undefined && { authorization }),
      ...(method !== 'GET' && method !== 'HEAD' && { 'content-type': typeOf(path) }),
    },
    ...(method !== 'GET' && method !== 'HEAD' && { body: '{}' }),
  });
};

/** Pages take forms. */
const typeOf = (path: string): string =>
  path.startsWith('/api/') ? 'application/json' : 'application/x-www-form-urlencoded';

test('it is said of each route who may use it, and of nothing else', () => {
  expect(Object.keys(WHO_MAY).toSorted()).toEqual(routes.map(([route]) => route).toSorted());
});

test.each(routes)('%s asks for a token or a login (%s) exactly where not everybody may use it', (route, access) => {
  expect(access === 'public').toBe(WHO_MAY[route] === 'everybody');
});

const guarded = routes.filter(([route]) => WHO_MAY[route] !== 'everybody');
const asked = guarded.flatMap(([route]) => PERSON_ROLES.map((role) => ({ route, role })));

describe('by a role', () => {
  test.each(asked)('$route by $role', async ({ route, role }) => {
    const { status } = await ask(route, `Bearer token-${role}`);
    const may = (WHO_MAY[route] as readonly PersonRole[]).includes(role);
    expect({ may, status }).toEqual({ may: status !== 403, status });
    expect([401, 500]).not.toContain(status);
  });
});

describe('by nobody', () => {
  test.each(guarded)('%s (%s) is closed without a token, and with one that is not known', async (route, access) => {
    for (const authorization of [undefined, 'Bearer token-owner', 'Bearer ', 'Basic token-officer']) {
      const { status, headers } = await ask(route, authorization);
      // A page sends its reader to sign in.
      const toLogin = access === 'person' && status === 303 && headers.get('location')?.startsWith('/login?to=');
      expect(toLogin === true || status === 401, String(status)).toBe(true);
    }
  });
});

test('emergency teams state urgent orders and no other fact', async () => {
  const tell = async (type: string, data: object) => {
    const answer = await fetch(`${system?.web ?? ''}/api/facts`, {
      method: 'POST',
      headers: { authorization: 'Bearer token-emergency', 'content-type': 'application/json' },
      body: JSON.stringify([
        { specversion: '1.0', id: type, source: '/night', type, subject: '2026-1', time: '2026-11-22T23:00:00Z', data },
      ]),
    });
    return [answer.status, ((await answer.json()) as { errors?: unknown[] }).errors];
  };
  const order = { order: 'O-1', service: 'alarm', provider: 'x', officer: 'anna', period: { from: '2026-11-23' } };
  expect(await tell('se.frist.order.sent.v1', { ...order, urgency: 'normal' })).toEqual([
    403,
    [expect.objectContaining({ pointer: '#/0/data/urgency' })],
  ]);
  expect(await tell('se.frist.order.recalled.v1', { order: 'O-1', reason: 'Nej' })).toEqual([
    403,
    [expect.objectContaining({ pointer: '#/0/type' })],
  ]);
  // The order itself is checked as anybody's: the provider is not in the register.
  const urgent = await tell('se.frist.order.sent.v1', { ...order, urgency: 'urgent', startWithinHours: 3 });
  expect(urgent).toEqual([422, [expect.objectContaining({ pointer: '#/0/data/provider' })]]);
});
