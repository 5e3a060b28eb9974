import { describe, expect, test } from 'vitest';
import { createHandler } from '../../functions/keep-partners/handler.ts';
import { idOf } from '../../functions/shared/deliveries/deliveries.ts';
import { memoryDeliveries } from '../../functions/shared/deliveries/memory.ts';
import type { Response } from '../../functions/shared/http.ts';
import { memoryKeys } from '../../functions/shared/keys/memory.ts';
import { memoryPartnerStates } from '../../functions/shared/partners/memory.ts';
import { activeSecrets } from '../../functions/shared/partners/secrets.ts';
import { memoryRegisters } from '../../functions/shared/registers/memory.ts';
import { memorySchedules } from '../../functions/shared/schedules/memory.ts';
import { memorySessions } from '../../functions/shared/session/memory.ts';
import type { PersonRole } from '../../functions/shared/session/session.ts';
import { HEMVARD, MONDAY_10, moment } from '../support/facts.ts';
import { type Asked, jsonIn, posted, request } from '../support/messages.ts';
import { standingClock } from '../support/office.ts';
import { wordsOf } from '../support/provider-page.ts';
import { personnummer } from '../support/personal-numbers.ts';

type Texts = Readonly<Record<string, string | readonly string[]>>;

const open = (role: PersonRole = 'administrator') => {
  const clock = standingClock(MONDAY_10);
  const registers = memoryRegisters();
  const keys = memoryKeys();
  const deliveries = memoryDeliveries();
  const partners = memoryPartnerStates();
  const lines: string[] = [];
  const handler = createHandler({
    clock: clock.now,
    deliveries,
    keys,
    partners,
    registers,
    schedules: memorySchedules(clock.now),
    reach: 'public',
    log: (code, ids) => lines.push(JSON.stringify([code, ids])),
    sessions: memorySessions({ id: 'lars', name: 'Lars Holm', roles: [role] }),
    municipality: { name: 'Exempelkommun' },
  });
  const ask = async (route: string, asked: Asked = {}): Promise<Response> => handler(request(route, asked));
  const put = async (json: unknown, more: Asked = {}): Promise<Response> =>
    ask('PUT /api/partners/{id}', { path: { id: 'carefox' }, json, ...more });
  const postTo = async (form: Texts, query: Readonly<Record<string, string>> = {}, site = 'same-origin') =>
    ask('POST /watch/registers/partners/entry', posted(form, { query, headers: { 'sec-fetch-site': site } }));
  return { clock, registers, keys, deliveries, partners, lines, ask, put, postTo };
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
  const press = (delivery: string, site = 'same-origin'): Asked =>
    posted({ delivery }, { headers: { 'sec-fetch-site': site } });
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

describe('B4: the pages of the partner systems', () => {
  const ENTRY = 'GET /watch/registers/partners/entry';
  const LIST = 'GET /watch/registers/partners';
  const FORM = {
    version: '0',
    id: 'carefox',
    name: 'Carefox',
    providers: [HEMVARD.id],
    url: 'https://carefox.example/frist?key=s3kr3t',
  };
  const ID = { id: 'carefox' };
  const ROTATION = { answer: 'rotate', generation: '1' };
  const secretIn = ({ body = '' }: Response): string | undefined => /whsec_[\w+/=]+/u.exec(body)?.[0];

  const registered = async () => {
    const desk = open();
    await desk.registers.put('provider', HEMVARD);
    const first = await desk.postTo(FORM);
    return { ...desk, first };
  };

  test('a system is registered, and its secret shown on that answer and nowhere else', async () => {
    const { first, ask, registers, partners, keys, clock, lines } = await registered();
    expect([first.statusCode, first.headers?.['cache-control'], first.headers?.['location']]).toEqual([
      200,
      'no-store',
      undefined,
    ]);
    const [kept] = [await partners.find('carefox')];
    const [valid] = await activeSecrets('carefox', kept ?? { generations: [] }, keys, clock.now());
    expect(secretIn(first)).toBe(valid);
    expect(wordsOf(first)).toContain('Den visas bara den här gången.');
    expect(await registers.find('partner', 'carefox')).toEqual({
      id: 'carefox',
      name: 'Carefox',
      providers: [HEMVARD.id],
      url: FORM.url,
      generation: 1,
    });
    const journal = await ask('GET /watch/registers/partners/journal');
    expect(wordsOf(journal)).toContain('lars Carefox fanns inte Id: carefox Namn: Carefox Talar för: Hemvård Väst');
    const others = [journal, await ask(LIST, { query: { saved: 'carefox' } }), await ask(ENTRY, { query: ID })];
    for (const page of others) expect(secretIn(page)).toBeUndefined();
    expect(JSON.stringify([await registers.changes('partner', { limit: 9 }), lines])).not.toContain('whsec_');
    expect(wordsOf(await ask(LIST))).toContain('Carefox Hemvård Väst carefox.example inget väntar');
    expect((await ask(LIST)).body).not.toContain('s3kr3t');
  });

  test('a form that is sent again registers nothing more, and shows no secret', async () => {
    const { postTo, registers } = await registered();
    const again = await postTo(FORM);
    expect(again.statusCode).toBe(422);
    expect(again.body).toMatch(/id="id-error" role="alert">Det finns redan en/u);
    expect(secretIn(again)).toBeUndefined();
    expect((await registers.changes('partner', { limit: 9 })).changes).toHaveLength(1);
  });

  test('a system is changed, but for its id, and keeps its secret', async () => {
    const { postTo, ask, registers } = await registered();
    const changed = { version: '1', id: 'other', name: 'Carefox AB', providers: [], url: '' };
    const answer = await postTo(changed, ID);
    expect([answer.statusCode, answer.headers?.['location']]).toEqual([303, '/watch/registers/partners?saved=carefox']);
    expect(await registers.list('partner')).toEqual([
      { id: 'carefox', name: 'Carefox AB', providers: [], generation: 1 },
    ]);
    expect(wordsOf(await ask(LIST, { query: { saved: 'carefox' } }))).toContain('Carefox AB är sparad.');
    // Who changed it meanwhile is not written over.
    const late = await postTo({ ...changed, name: 'Fox' }, ID);
    expect(late.statusCode).toBe(409);
    expect(late.body).toContain('value="Carefox AB"');
    expect((await postTo(changed, { id: 'nobody' })).statusCode).toBe(404);
  });

  test('another secret is made once for a page that was opened, and noted without it', async () => {
    const { first, postTo, ask, registers } = await registered();
    const second = await postTo(ROTATION, ID);
    expect(second.statusCode).toBe(200);
    expect(secretIn(second)).toMatch(/^whsec_/u);
    expect(secretIn(second)).not.toBe(secretIn(first));
    const again = await postTo(ROTATION, ID);
    expect([again.statusCode, secretIn(again)]).toEqual([409, undefined]);
    const shown = await ask(ENTRY, { query: ID });
    expect(wordsOf(shown)).toContain('Nummer 2 gäller. Nummer 1 gäller till i morgon 10:00.');
    expect(wordsOf(await ask('GET /watch/registers/partners/journal'))).toContain(
      'lars Carefox Hemlighet: nummer 1 Hemlighet: nummer 2',
    );
    expect(await registers.find('partner', 'carefox')).toMatchObject({ name: 'Carefox', generation: 2 });
  });

  test('of two who ask for another secret at once, one is shown it', async () => {
    const { postTo } = await registered();
    const answers = await Promise.all([postTo(ROTATION, ID), postTo(ROTATION, ID)]);
    expect(new Set(answers.map(({ statusCode }) => statusCode))).toEqual(new Set([200, 409]));
  });

  test.each([
    [{ id: 'Care Fox' }, 'id', 'små bokstäver a till z'],
    [{ name: '' }, 'name', 'Skriv ett namn'],
    [{ name: `Firma ${personnummer('811218', '987')}` }, 'name', 'personnummer'],
    [{ providers: ['a', 'a'] }, 'providers', 'Välj bland utförarna'],
    [{ url: 'http://carefox.example/' }, 'url', 'börjar med https://'],
    [{ url: 'https://169.254.169.254/latest' }, 'url', 'nå från internet'],
    [{ url: 'https://a:b@carefox.example/' }, 'url', 'utan användarnamn'],
    [{ url: 'carefox' }, 'url', 'börjar med https://'],
  ])('%j: nothing is kept, and why is said beside the field', async (wrong, field, words) => {
    const { postTo, registers } = open();
    const answer = await postTo({ ...FORM, ...wrong });
    expect(answer.statusCode).toBe(422);
    expect(answer.body).toMatch(new RegExp(`id="${field}-error" role="alert">[^<]*${words}`, 'u'));
    expect(answer.body).toContain(`<a href="#${field}">`);
    expect(await registers.list('partner')).toEqual([]);
  });

  test.each([
    ['of another site', 'administrator', 'cross-site', 400],
    ['of a manager', 'manager', 'same-origin', 403],
    ['of a reader', 'reader', 'same-origin', 403],
  ] as const)('a form %s changes nothing', async (_, role, site, status) => {
    const { postTo, registers, partners } = open(role);
    expect((await postTo(FORM, {}, site)).statusCode).toBe(status);
    await registers.put('partner', { id: 'carefox', name: 'Carefox', providers: [], generation: 1 });
    await partners.put('carefox', { generations: [{ number: 1, key: '1' }] }, undefined);
    expect((await postTo(ROTATION, ID, site)).statusCode).toBe(status);
    expect(await registers.find('partner', 'carefox')).toMatchObject({ generation: 1 });
    expect(await partners.find('carefox')).toMatchObject({ revision: 1 });
  });

  test('what a system was not told stands with it, and on the list, as does that its address is gone', async () => {
    const { ask, deliveries, partners } = await registered();
    await deliveries.putFailure({
      partner: 'carefox',
      case: '2026-0417',
      sequence: 3,
      type: 'se.frist.order.sent.v1',
      status: 'retrying',
      attempts: 4,
      why: 'timeout',
      first: '2026-11-23T08:00:00Z',
      last: '2026-11-23T08:30:00Z',
    });
    for (const page of [await ask(LIST), await ask(ENTRY, { query: ID })])
      expect(wordsOf(page)).toContain('2026-0417 Carefox försöker igen i dag 09:00 4 inget svar inom tio sekunder');
    expect(wordsOf(await ask(LIST))).toContain('1 ärende väntar');
    const state = await partners.find('carefox');
    await partners.put('carefox', { generations: [], ...state, disabled: '2026-11-23T08:30:00Z' }, state?.revision);
    expect(wordsOf(await ask(ENTRY, { query: ID }))).toContain(
      'Adressen svarade i dag 09:30 att den inte finns längre.',
    );
    const notice = wordsOf(await ask(LIST, { query: { redelivered: '2026-0417' } }));
    expect(notice).toContain('Ärende 2026-0417: försöker igen inom en minut.');
    expect(wordsOf(await ask(LIST, { query: { redelivered: 'Ring 071-123' } }))).not.toContain('071');
  });

  test('are for administrators', async () => {
    for (const role of ['officer', 'manager', 'reader', 'emergency'] as const) {
      const { ask } = open(role);
      for (const route of [LIST, ENTRY, 'GET /watch/registers/partners/journal'])
        expect((await ask(route)).statusCode, `${role} ${route}`).toBe(403);
    }
  });
});
