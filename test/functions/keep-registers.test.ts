import { describe, expect, test } from 'vitest';
import { createHandler } from '../../functions/keep-registers/handler.ts';
import type { Response } from '../../functions/shared/http.ts';
import { memoryRegisters } from '../../functions/shared/registers/memory.ts';
import { jsonIn, request, type Asked } from '../support/messages.ts';

const open = () => {
  const registers = memoryRegisters();
  const handler = createHandler({ registers, log: () => undefined });
  const put = async (register: string, id: string, json: unknown, asked: Asked = {}): Promise<Response> =>
    handler(request(`PUT /api/${register}/{id}`, { path: { id }, json, ...asked }));
  return { registers, handler, put };
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
    ['text/plain', '{}', 415],
    ['application/json', '{', 400],
    ['application/json', `"${'x'.repeat(2_000_000)}"`, 413],
  ])('%s', async (type, body, status) => {
    const { put } = open();
    const asked = { body, headers: { 'content-type': type } };
    expect((await put('providers', 'x', undefined, asked)).statusCode).toBe(status);
  });
});
