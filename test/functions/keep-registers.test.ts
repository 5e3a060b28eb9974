import { describe, expect, test } from 'vitest';
import { memoryErasures } from '../../functions/shared/erasures/memory.ts';
import { createHandler } from '../../functions/keep-registers/handler.ts';
import type { Response } from '../../functions/shared/http.ts';
import { memoryMailProblems } from '../../functions/shared/registers/mail-problems-memory.ts';
import { memoryRegisters } from '../../functions/shared/registers/memory.ts';
import { moment } from '../support/facts.ts';
import { jsonIn, request, type Asked } from '../support/messages.ts';
import { standingClock } from '../support/office.ts';

const open = () => {
  const registers = memoryRegisters();
  const clock = standingClock('2026-11-23 10:00');
  const problems = memoryMailProblems();
  const erasures = memoryErasures();
  const handler = createHandler({ registers, problems, erasures, clock: clock.now, log: () => undefined });
  const put = async (register: string, id: string, json: unknown, asked: Asked = {}): Promise<Response> =>
    handler(request(`PUT /api/${register}/{id}`, { path: { id }, json, ...asked }));
  return { registers, problems, clock, handler, put };
};

const HEMVARD = { name: 'Hemvård Väst', mail: 'uppdrag@hemvardvast.example', kind: 'private' };
const ANNA = { name: 'Anna Lind', mail: 'anna.lind@exempelkommun.example' };

test('a provider is put in, read back, replaced and listed', async () => {
  const { put, handler, registers } = open();
  const whole = { id: 'hemvard-vast', ...HEMVARD, connected: false, services: [] };
  const answer = await put('providers', 'hemvard-vast', HEMVARD);
  expect([answer.statusCode, jsonIn(answer)]).toEqual([200, whole]);
  expect(await registers.find('provider', 'hemvard-vast')).toEqual(whole);

  const changed = { ...whole, name: 'Hemvård Väst AB', connected: true, services: ['service'] };
  expect(jsonIn(await put('providers', 'hemvard-vast', changed))).toEqual(changed);
  await put('providers', 'aaa', { name: 'Aaa', kind: 'municipal' });
  expect(jsonIn(await handler(request('GET /api/providers')))).toMatchObject({
    providers: [{ id: 'aaa' }, changed],
  });
});

test('B7: a provider whose mail comes back is shown with it, until its address is changed or a mail arrives', async () => {
  const { put, handler, problems } = open();
  const shown = async (): Promise<unknown> =>
    (jsonIn(await handler(request('GET /api/providers'))) as { providers: { mailProblem?: unknown }[] }).providers[0]
      ?.mailProblem;
  await put('providers', 'hemvard-vast', HEMVARD);
  await problems.note('Uppdrag@hemvardvast.example', moment('2026-11-23 10:00'), 'Permanent NoEmail');
  expect(await shown()).toEqual({ since: '2026-11-23T09:00:00Z', reason: 'Permanent NoEmail' });

  await put('providers', 'hemvard-vast', { ...HEMVARD, mail: 'ny@hemvardvast.example' });
  expect(await shown()).toBeUndefined();
  await put('providers', 'hemvard-vast', HEMVARD);
  expect(await shown()).toBeDefined();
  await problems.clear(HEMVARD.mail, moment('2026-11-23 11:00'));
  expect(await shown()).toBeUndefined();
});

test('an officer is put in with who stands in and who leads', async () => {
  const { put, registers } = open();
  const entry = { ...ANNA, unit: 'Bistånd norr', substitute: 'bo', manager: 'eva' };
  expect((await put('officers', 'anna', entry)).statusCode).toBe(200);
  expect(await registers.find('officer', 'anna')).toEqual({ id: 'anna', ...entry });
});

describe('refused, with a pointer, and nothing kept', () => {
  test.each([
    ['providers', 'x', { ...HEMVARD, name: undefined }, ['#/name']],
    ['providers', 'x', { ...HEMVARD, name: '' }, ['#/name']],
    ['providers', 'x', { ...HEMVARD, name: 'Hemvård\r\nBcc: alla@example.org' }, ['#/name']],
    ['providers', 'x', { ...HEMVARD, mail: 'no address' }, ['#/mail']],
    ['providers', 'x', { ...HEMVARD, mail: 'a@example.org, b@example.org' }, ['#/mail']],
    ['providers', 'x', { ...HEMVARD, mail: 'Anna <a@example.org>' }, ['#/mail']],
    ['providers', 'x', { ...HEMVARD, mail: 'a@example.org\r\nBcc: b@example.org' }, ['#/mail']],
    ['providers', 'x', { ...HEMVARD, kind: 'other' }, ['#/kind']],
    ['providers', 'x', { ...HEMVARD, connected: 'ja' }, ['#/connected']],
    ['providers', 'x', { ...HEMVARD, services: ['service', ''] }, ['#/services/1']],
    ['providers', 'x', { ...HEMVARD, colour: 'green' }, ['#/colour']],
    ['providers', 'x', { ...HEMVARD, id: 'y' }, ['#/id']],
    ['providers', 'x\ny', HEMVARD, ['#/id']],
    ['providers', 'x'.repeat(129), HEMVARD, ['#/id']],
    ['officers', 'x', {}, ['#/name', '#/mail']],
    ['officers', 'x', { ...ANNA, manager: '' }, ['#/manager']],
    ['officers', 'x', null, ['#/name', '#/mail']],
    ['officers', 'x', [ANNA], ['#']],
    ['officers', 'x', 'Anna', ['#']],
  ])('PUT /api/%s/%j %j', async (register, id, body, pointers) => {
    const { put, registers } = open();
    const answer = await put(register, id, body);
    expect(answer).toMatchObject({ statusCode: 422, headers: { 'content-type': 'application/problem+json' } });
    const { errors } = jsonIn(answer) as { errors: { pointer: string; detail: string }[] };
    expect(errors.map(({ pointer }) => pointer)).toEqual(pointers);
    expect([await registers.list('provider'), await registers.list('officer')]).toEqual([[], []]);
  });

  test.each([
    [{ ...HEMVARD, name: undefined }, 'is missing: expected a string'],
    [{ ...HEMVARD, name: '' }, 'must have a length of at least 1'],
    [{ ...HEMVARD, kind: 'privat' }, 'must be one of "municipal", "private"'],
    [{ ...HEMVARD, connected: 'ja' }, 'must be true or false'],
    [{ ...HEMVARD, services: 'service' }, 'must be a list'],
  ])('%j: the answer says what is expected', async (body, detail) => {
    const { errors } = jsonIn(await open().put('providers', 'x', body)) as { errors: { detail: string }[] };
    expect(errors.map((error) => error.detail)).toEqual([detail]);
  });

  test.each([
    ['text/plain', '{}', 415],
    ['application/json', '{', 400],
    ['application/json', `"${'x'.repeat(2_000_000)}"`, 413],
  ])('%s', async (type, body, status) => {
    const { put } = open();
    const asked = { body, headers: { 'content-type': type } };
    expect((await put('providers', 'x', undefined, asked)).statusCode).toBe(status);
  });
});

test('K11: a list is taken whoever is on it, and says whom the register of providers does not know until it does', async () => {
  const { put, handler } = open();
  await put('providers', 'hemvard', HEMVARD);
  const list = { providers: [{ id: 'not-yet' }, { id: 'hemvard' }] };
  const saved = await handler(request('PUT /api/lists/{service}', { path: { service: 'cleaning' }, json: list }));
  expect([saved.statusCode, jsonIn(saved)]).toEqual([200, { ...list, id: 'cleaning', unknownProviders: ['not-yet'] }]);
  const lists = async (): Promise<unknown> => jsonIn(await handler(request('GET /api/lists')));
  expect(await lists()).toEqual({ lists: [{ ...list, id: 'cleaning', unknownProviders: ['not-yet'] }] });

  await put('providers', 'not-yet', HEMVARD);
  expect(await lists()).toEqual({ lists: [{ ...list, id: 'cleaning' }] });
});

describe('what stands in the registers', () => {
  test('is read, each register by id', async () => {
    const { put, handler } = open();
    await put('officers', 'bo', { ...ANNA, name: 'Bo Ek' });
    await put('officers', 'anna', ANNA);
    await handler(request('PUT /api/roles/{role}', { path: { role: 'nurses' }, json: { mails: ['a@example.org'] } }));
    const list = { area: 'norr', providers: [{ id: 'hemvard-vast' }] };
    await handler(request('PUT /api/lists/{service}', { path: { service: 'cleaning' }, json: list }));

    const read = async (route: string): Promise<unknown> => jsonIn(await handler(request(route)));
    expect(await read('GET /api/officers')).toEqual({
      officers: [
        { id: 'anna', ...ANNA },
        { id: 'bo', ...ANNA, name: 'Bo Ek' },
      ],
    });
    expect(await read('GET /api/roles')).toEqual({ roles: [{ id: 'nurses', mails: ['a@example.org'] }] });
    expect(await read('GET /api/lists')).toEqual({
      lists: [{ ...list, id: 'cleaning/norr', unknownProviders: ['hemvard-vast'] }],
    });
    const entry = await handler(
      request('GET /api/registers/{register}/entries/{id}', {
        path: { register: 'lists', id: 'cleaning' },
        query: { area: 'norr' },
      }),
    );
    expect([entry.statusCode, entry.headers?.['etag']]).toEqual([200, '"1"']);
  });

  test.each([
    ['GET /api/registers/{register}/entries/{id}', { register: 'officers', id: 'nobody' }],
    ['GET /api/registers/{register}/entries/{id}', { register: 'toString', id: 'anna' }],
    ['GET /api/registers/{register}/journal', { register: 'cases' }],
  ])('%s %j: what is not there is not found', async (route, path) => {
    expect((await open().handler(request(route, { path }))).statusCode).toBe(404);
  });
});

describe('every change', () => {
  const journal = async ({ handler }: ReturnType<typeof open>, query = {}): Promise<Journal> =>
    jsonIn(
      await handler(request('GET /api/registers/{register}/journal', { path: { register: 'officers' }, query })),
    ) as Journal;

  interface Journal {
    readonly changes: readonly { readonly version: number; readonly who: string; readonly after: object }[];
    readonly next?: string;
  }

  test('is noted: who, when, and what it was before', async () => {
    const office = open();
    const by = (sub: string): Asked => ({ claims: { sub, roles: 'administrator' } });
    await office.put('officers', 'anna', ANNA, by('eva'));
    office.clock.moveTo('2026-11-24 08:00');
    await office.put('officers', 'anna', { ...ANNA, unit: 'Norr' }, by('admin'));
    await office.put('officers', 'anna', { ...ANNA, unit: 'Norr' }, by('admin'));
    expect((await journal(office)).changes).toEqual([
      {
        id: 'anna',
        version: 2,
        who: 'admin',
        at: '2026-11-24T07:00:00Z',
        before: { id: 'anna', ...ANNA },
        after: { id: 'anna', ...ANNA, unit: 'Norr' },
      },
      { id: 'anna', version: 1, who: 'eva', at: '2026-11-23T09:00:00Z', after: { id: 'anna', ...ANNA } },
    ]);
  });

  test('is not made over another when it says which it replaces', async () => {
    const office = open();
    const first = await office.put('officers', 'anna', ANNA);
    expect(first.headers?.['etag']).toBe('"1"');
    const ifMatch = (tag: string): Asked => ({ headers: { 'if-match': tag } });
    expect((await office.put('officers', 'anna', { ...ANNA, unit: 'Norr' }, ifMatch('"1"'))).statusCode).toBe(200);
    const late = await office.put('officers', 'anna', { ...ANNA, unit: 'Söder' }, ifMatch('"1"'));
    expect(late.statusCode).toBe(412);
    expect(await office.registers.find('officer', 'anna')).toMatchObject({ unit: 'Norr' });
    expect((await office.put('officers', 'anna', ANNA, ifMatch('W/"2"'))).statusCode).toBe(412);
    const onlyNew = { headers: { 'if-none-match': '*' } };
    expect((await office.put('officers', 'anna', ANNA, onlyNew)).statusCode).toBe(412);
    expect((await office.put('officers', 'bo', ANNA, onlyNew)).statusCode).toBe(200);
  });

  test('is read a page at a time', async () => {
    const office = open();
    for (const unit of ['a', 'b', 'c']) await office.put('officers', 'anna', { ...ANNA, unit });
    const { changes, next } = await journal(office, { limit: '2' });
    expect(changes.map(({ version }) => version)).toEqual([3, 2]);
    expect((await journal(office, { limit: '2', cursor: next })).changes).toMatchObject([{ version: 1 }]);
    for (const query of [{ limit: '0' }, { limit: 'x' }, { cursor: 'x' }]) {
      const answer = await office.handler(
        request('GET /api/registers/{register}/journal', { path: { register: 'officers' }, query }),
      );
      expect(answer.statusCode).toBe(400);
    }
  });
});
