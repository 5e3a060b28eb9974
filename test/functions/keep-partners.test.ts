import { describe, expect, test } from 'vitest';
import { createHandler } from '../../functions/keep-partners/handler.ts';
import { idOf } from '../../functions/shared/deliveries/deliveries.ts';
import { memoryDeliveries } from '../../functions/shared/deliveries/memory.ts';
import type { Response } from '../../functions/shared/http.ts';
import { memoryKeys } from '../../functions/shared/keys/memory.ts';
import { memoryPartnerStates } from '../../functions/shared/partners/memory.ts';
import { memoryRegisters } from '../../functions/shared/registers/memory.ts';
import { memorySchedules } from '../../functions/shared/schedules/memory.ts';
import { memorySessions } from '../../functions/shared/session/memory.ts';
import type { PersonRole } from '../../functions/shared/session/session.ts';
import { MONDAY_10, moment } from '../support/facts.ts';
import { jsonIn, request, type Asked } from '../support/messages.ts';
import { standingClock } from '../support/office.ts';
import { personnummer } from '../support/personal-numbers.ts';

const open = (role: PersonRole = 'administrator') => {
  const clock = standingClock(MONDAY_10);
  const registers = memoryRegisters();
  const keys = memoryKeys();
  const deliveries = memoryDeliveries();
  const handler = createHandler({
    clock: clock.now,
    deliveries,
    keys,
    partners: memoryPartnerStates(),
    registers,
    schedules: memorySchedules(clock.now),
    reach: 'public',
    log: () => undefined,
    sessions: memorySessions({ id: 'lars', name: 'Lars Holm', roles: [role] }),
    municipality: { name: 'Exempelkommun' },
  });
  const ask = async (route: string, asked: Asked = {}): Promise<Response> => handler(request(route, asked));
  const put = async (json: unknown, more: Asked = {}): Promise<Response> =>
    ask('PUT /api/partners/{id}', { path: { id: 'carefox' }, json, ...more });
  return { clock, registers, keys, deliveries, ask, put };
};

const CAREFOX = { name: 'Carefox', providers: ['hemvard-vast'], url: 'https://carefox.example/frist' };

test('the secret is told when the partner is new, when another is asked for, and never else', async () => {
  const { put, ask, keys } = open();
  const first = jsonIn(await put(CAREFOX)) as { secret: string };
  expect(first).toEqual({ id: 'carefox', ...CAREFOX, secret: expect.stringMatching(/^whsec_/u) as string });
  expect(jsonIn(await put({ ...CAREFOX, name: 'Carefox AB' }))).not.toHaveProperty('secret');
  const second = jsonIn(await put(CAREFOX, { query: { rotate: '1' } })) as { secret: string };
  expect(second.secret).toMatch(/^whsec_/u);
  expect(second.secret).not.toBe(first.secret);
  expect(jsonIn(await ask('GET /api/partners'))).toEqual({
    partners: [
      {
        id: 'carefox',
        ...CAREFOX,
        secrets: [{ number: 2 }, { number: 1, until: moment('2026-11-24 10:00').toString() }],
      },
    ],
  });
  keys.rotate('webhooks');
  expect(jsonIn(await ask('GET /api/partners'))).toMatchObject({ partners: [{ secrets: [{ renew: true }, {}] }] });
});

test('of two who register a partner at once, one is told the secret', async () => {
  const { put } = open();
  const told = (await Promise.all([put(CAREFOX), put(CAREFOX)])).map(
    (answer) => 'secret' in (jsonIn(answer) as object),
  );
  expect(told.filter(Boolean)).toHaveLength(1);
});

describe('refused, with a pointer, and nothing kept', () => {
  test.each([
    [{ ...CAREFOX, name: '' }, '#/name'],
    [{ ...CAREFOX, name: 'Carefox\r\nBcc: alla@example.org' }, '#/name'],
    [{ ...CAREFOX, name: `Carefox ${personnummer('811218', '987')}` }, '#/name'],
    [{ ...CAREFOX, providers: undefined }, '#/providers'],
    [{ ...CAREFOX, providers: ['a', 'a'] }, '#/providers'],
    [{ ...CAREFOX, providers: [''] }, '#/providers/0'],
    [{ ...CAREFOX, url: 'http://carefox.example/' }, '#/url'],
    [{ ...CAREFOX, url: 'https://127.0.0.1/' }, '#/url'],
    [{ ...CAREFOX, url: 'https://169.254.169.254/latest' }, '#/url'],
    [{ ...CAREFOX, url: 'https://[fd00:ec2::254]/' }, '#/url'],
    [{ ...CAREFOX, url: 'https://a:b@carefox.example/' }, '#/url'],
    [{ ...CAREFOX, url: 'javascript:alert(1)' }, '#/url'],
    [{ ...CAREFOX, url: 7 }, '#/url'],
    [{ ...CAREFOX, secret: 'whsec_own' }, '#/secret'],
    [{ ...CAREFOX, id: 'other' }, '#/id'],
    [[CAREFOX], '#'],
  ])('%j', async (entry, pointer) => {
    const { put, registers } = open();
    const answer = await put(entry);
    expect(answer.statusCode).toBe(422);
    const { errors } = jsonIn(answer) as { errors: { pointer: string }[] };
    expect(errors.map((error) => error.pointer)).toContain(pointer);
    expect(await registers.list('partner')).toEqual([]);
  });

  test.each(['../x', 'Carefox', 'a b', '', 'x'.repeat(64)])('under the id %j', async (id) => {
    const { put, registers } = open();
    expect((await put(CAREFOX, { path: { id } })).statusCode).toBe(422);
    expect(await registers.list('partner')).toEqual([]);
  });

  test('a rotation that is not understood, and a status that there is not', async () => {
    const { put, ask } = open();
    expect((await put(CAREFOX, { query: { rotate: 'yes' } })).statusCode).toBe(400);
    expect((await ask('GET /api/webhooks', { query: { status: 'lost' } })).statusCode).toBe(400);
  });
});

test('what was not taken is listed by partner and status, and delivered again only where there is something', async () => {
  const { put, ask, deliveries } = open();
  await put(CAREFOX);
  const failure = {
    partner: 'carefox',
    case: '2026-0417',
    sequence: 1,
    type: 'se.frist.order.sent.v1',
    status: 'stopped' as const,
    attempts: 10,
    why: '500',
    first: '2026-11-20T09:00:00Z',
    last: '2026-11-23T08:00:00Z',
  };
  await deliveries.putFailure(failure);
  const id = idOf(failure);
  expect(jsonIn(await ask('GET /api/webhooks', { query: { partner: 'carefox', status: 'stopped' } }))).toEqual({
    deliveries: [{ id, ...failure }],
  });
  for (const query of [{ partner: 'other' }, { status: 'retrying' }])
    expect(jsonIn(await ask('GET /api/webhooks', { query }))).toEqual({ deliveries: [] });

  const again = await ask('POST /api/webhooks/{id}/redeliver', { path: { id } });
  expect([again.statusCode, jsonIn(again)]).toEqual([
    202,
    expect.objectContaining({ id, status: 'retrying', attempts: 0, next: moment('2026-11-23 10:01').toString() }),
  ]);
  for (const other of ['x', '', idOf({ partner: 'other', case: '2026-0417' }), '../..'])
    expect((await ask('POST /api/webhooks/{id}/redeliver', { path: { id: other } })).statusCode).toBe(404);
});

describe('the button of the page', () => {
  const FAILED = {
    partner: 'carefox',
    case: '2026-0417',
    sequence: 3,
    type: 'se.frist.order.sent.v1',
    status: 'stopped',
    attempts: 10,
    why: 'timeout',
    first: '2026-11-19T08:00:00Z',
    last: '2026-11-22T08:30:00Z',
  } as const;
  const press = (delivery: string, site = 'same-origin'): Asked => ({
    body: new URLSearchParams({ delivery }).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': site },
  });
  const ROUTE = 'POST /watch/registers/partners';

  test('has a delivery tried again, and leads back to the page', async () => {
    const { put, ask, deliveries } = open();
    await put(CAREFOX);
    await deliveries.putFailure(FAILED);
    const answer = await ask(ROUTE, press(idOf(FAILED)));
    expect([answer.statusCode, answer.headers?.['location']]).toEqual([
      303,
      '/watch/registers/partners?redelivered=2026-0417',
    ]);
    expect(await deliveries.failure('carefox', '2026-0417')).toMatchObject({ status: 'retrying', attempts: 0 });
  });

  test.each([
    ['of another site', press(idOf(FAILED), 'cross-site'), 'administrator', 400],
    ['of a delivery that has not failed', press('unknown'), 'administrator', 400],
    ['of no delivery', press(''), 'administrator', 400],
    ['of an officer', press(idOf(FAILED)), 'officer', 403],
  ] as const)('%s does nothing', async (_, asked, role, status) => {
    const { ask, deliveries } = open(role);
    await deliveries.putFailure(FAILED);
    expect((await ask(ROUTE, asked)).statusCode).toBe(status);
    expect(await deliveries.failure('carefox', '2026-0417')).toMatchObject({ status: 'stopped' });
  });
});
