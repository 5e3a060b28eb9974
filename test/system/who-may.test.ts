import { describe, expect, test } from 'vitest';
import { PERSON_ROLES, type PersonRole } from '../../functions/shared/session/session.ts';
import { WHO_MAY } from '../../functions/shared/session/who-may.ts';
import { wiring, type Access } from '../../infra/wiring.ts';
import { MONDAY_10, wire } from '../support/facts.ts';
import { townForTests } from '../support/town.ts';
import type { Answered } from '../support/visit.ts';

/*
 * Every route of the wiring, asked by every role and by nobody on the running system. A route that somebody adds is among
 * them by itself, and fails here until it is said who may use it.
 */

const routes = Object.values(wiring).flatMap((each) => Object.entries<Access>(each.routes ?? {}));
const tokens = Object.fromEntries(PERSON_ROLES.map((role) => [`token-${role}`, [role]]));

const town = townForTests(MONDAY_10, { tokens });

const ask = async (route: string, authorization?: string): Promise<Answered> => {
  const [method = '', path = ''] = route.split(' ');
  return town.ask(method, path.replaceAll(/\{\w+\}/gu, '2026-0417'), {
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
  const tell = async (name: string, data: object) => {
    const fact = wire(name, MONDAY_10, data, { source: '/night', subject: '2026-1' });
    const { status, body } = await town.api('POST', '/api/facts', [fact], { authorization: 'Bearer token-emergency' });
    return [status, (body as { errors?: unknown[] }).errors];
  };
  const order = { order: 'O-1', service: 'alarm', provider: 'x', officer: 'anna', period: { from: '2026-11-23' } };
  expect(await tell('order.sent', { ...order, urgency: 'normal' })).toEqual([
    403,
    [expect.objectContaining({ pointer: '#/0/data/urgency' })],
  ]);
  expect(await tell('order.recalled', { order: 'O-1', reason: 'Nej' })).toEqual([
    403,
    [expect.objectContaining({ pointer: '#/0/type' })],
  ]);
  // The order itself is checked as anybody's: the provider is not in the register.
  const urgent = await tell('order.sent', { ...order, urgency: 'urgent', startWithinHours: 3 });
  expect(urgent).toEqual([422, [expect.objectContaining({ pointer: '#/0/data/provider' })]]);
});
