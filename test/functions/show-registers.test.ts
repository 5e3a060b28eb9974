import { beforeEach, describe, expect, test } from 'vitest';
import type { Response } from '../../functions/shared/http.ts';
import { memoryMailProblems } from '../../functions/shared/registers/mail-problems-memory.ts';
import { memorySessions } from '../../functions/shared/session/memory.ts';
import type { Person, PersonRole } from '../../functions/shared/session/session.ts';
import { createHandler } from '../../functions/show-registers/handler.ts';
import { ANNA, BO, HEMVARD, KOMMUNEN, moment, MONDAY_10, order } from '../support/facts.ts';
import { request } from '../support/messages.ts';
import { municipality, openOffice, type Office } from '../support/office.ts';
import { wordsOf } from '../support/provider-page.ts';

let office: Office;
beforeEach(async () => {
  office = await openOffice();
});

type Texts = Readonly<Record<string, string | readonly string[]>>;

const person = (role: PersonRole): Person => ({ id: 'eva', name: 'Eva Berg', roles: [role] });

let problems = memoryMailProblems();
beforeEach(() => {
  problems = memoryMailProblems();
});
const desk = () => ({ ...office, problems, municipality, clock: office.clock.now });

const visit = (who: Person | undefined = person('administrator')) => {
  const handler = createHandler({ ...desk(), sessions: memorySessions(who) });
  const of = (register: string | undefined, query: Readonly<Record<string, string>>) => ({
    query,
    ...(register !== undefined && { path: { register } }),
  });
  return {
    get: async (page: string, register?: string, query: Readonly<Record<string, string>> = {}): Promise<Response> =>
      handler(request(`GET /watch/registers${page}`, of(register, query))),
    post: async (
      register: string,
      form: Texts,
      query: Readonly<Record<string, string>> = {},
      headers: Readonly<Record<string, string>> = { 'sec-fetch-site': 'same-origin' },
    ): Promise<Response> =>
      handler(
        request('POST /watch/registers/{register}/entry', {
          ...of(register, query),
          body: new URLSearchParams(
            Object.entries(form).flatMap(([name, value]) => [value].flat().map((one): [string, string] => [name, one])),
          ).toString(),
          base64: true,
          headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
        }),
      ),
  };
};

const ENTRY = '/{register}/entry';
const NEW = {
  version: '0',
  id: 'solros',
  name: 'Solros',
  mail: 'a@solros.example',
  kind: 'private',
  services: ['service'],
};

describe('the registers', () => {
  test('are shown to whoever reads cases, and changed by administrators alone', async () => {
    const nobody = createHandler({ ...desk(), sessions: memorySessions() });
    const away = await nobody(request('GET /watch/registers'));
    expect(away.headers?.['location']).toBe('/login?to=%2Fwatch%2Fregisters');
    const officer = visit(person('officer'));
    const list = await officer.get('/{register}', 'providers');
    expect(list.statusCode).toBe(200);
    expect(wordsOf(list)).toContain(
      'Hemvård Väst uppdrag@hemvardvast.example privat personlig omvårdnad, serviceinsatser',
    );
    expect(list.body).not.toContain('/entry');
    expect((await officer.get(ENTRY, 'providers')).statusCode).toBe(403);
    expect((await officer.post('providers', NEW)).statusCode).toBe(403);
    expect((await officer.get('/{register}/journal', 'providers')).statusCode).toBe(403);
    expect((await visit(person('emergency')).get('')).statusCode).toBe(403);
    expect(await office.registers.find('provider', 'solros')).toBeUndefined();
  });

  test('are counted on the first page, and one that is none is not found', async () => {
    const words = wordsOf(await visit().get(''));
    expect(words).toContain('Utförare 3 De som man kan välja');
    expect(words).toContain('Handläggare 3');
    expect(words).toContain('Roller 0');
    expect((await visit().get('/{register}', 'cases')).statusCode).toBe(404);
    expect((await visit().get(ENTRY, 'providers', { id: 'nobody' })).statusCode).toBe(404);
    expect((await visit().post('providers', NEW, { id: 'nobody' })).statusCode).toBe(404);
  });

  test('take a new entry, show it and note who put it in', async () => {
    const { get, post } = visit();
    const answer = await post('providers', { ...NEW, connected: 'yes' });
    expect([answer.statusCode, answer.headers?.['location']]).toEqual([303, '/watch/registers/providers?saved=solros']);
    expect(await office.registers.find('provider', 'solros')).toEqual({
      id: 'solros',
      name: 'Solros',
      mail: 'a@solros.example',
      kind: 'private',
      connected: true,
      services: ['service'],
    });
    expect(wordsOf(await get('/{register}', 'providers', { saved: 'solros' }))).toContain('Solros är sparad.');
    const { changes } = await office.registers.changes('provider', { limit: 1 });
    expect(changes).toMatchObject([{ id: 'solros', who: 'eva', at: '2026-11-23T09:00:00Z' }]);
    expect(wordsOf(await get('/{register}/journal', 'providers'))).toContain(
      'måndag 23 november 2026 10:00 Eva Berg Solros fanns inte Id: solros Namn: Solros Mejladress: a@solros.example',
    );
  });

  test('that hold many show so many to a page, by name, and find one by its name or id', async () => {
    for (let number = 100; number < 220; number += 1)
      await office.registers.put('provider', {
        id: `p-${String(number)}`,
        name: `Åsens omsorg ${String(number)}`,
        kind: 'private',
        connected: false,
        services: [],
      });
    const { get } = visit();
    const shown = async (query: Readonly<Record<string, string>>) =>
      wordsOf(await get('/{register}', 'providers', query));
    expect(await shown({})).toContain('Sida 1 av 3 Nästa');
    const second = await get('/{register}', 'providers', { page: '2' });
    expect(wordsOf(second)).toMatch(/Åsens omsorg 147 .* Åsens omsorg 196 .*Sida 2 av 3 Föregående Nästa/u);
    expect(wordsOf(second)).not.toContain('omsorg 197');
    for (const page of ['3', '99']) expect(await shown({ page })).toMatch(/omsorg 197 .*Sida 3 av 3 Föregående/u);
    for (const page of ['0', '-1', 'x']) expect(await shown({ page })).toContain('Sida 1 av 3');
    expect(await shown({ find: 'ÅSENS OMSORG 15' })).toMatch(/omsorg 150 .* omsorg 159/u);
    expect(await shown({ find: 'p-150' })).toContain('Åsens omsorg 150');
    const more = await get('/{register}', 'providers', { find: 'p-', page: '2' });
    expect(more.body).toContain('href="/watch/registers/providers?find=p-&amp;page=1"');
    expect(await shown({ find: '<script>' })).toContain('Inget här heter så.');
  });

  test('an entry is changed, but for what names it', async () => {
    const { get, post } = visit();
    const form = await get(ENTRY, 'officers', { id: ANNA.id });
    expect(form.body).toContain('name="version" value="1"');
    expect(form.body).not.toContain('name="id"');
    expect((await get(ENTRY, 'officers')).body).toContain('name="id"');
    await post(
      'officers',
      { version: '1', id: 'other', name: 'Anna Lind', mail: ANNA.mail, unit: 'Norr', substitute: BO.id, manager: '' },
      { id: ANNA.id },
    );
    expect(await office.registers.find('officer', ANNA.id)).toEqual({
      id: ANNA.id,
      name: 'Anna Lind',
      mail: ANNA.mail,
      unit: 'Norr',
      substitute: BO.id,
    });
    expect(await office.registers.find('officer', 'other')).toBeUndefined();
    expect(wordsOf(await get('/{register}/journal', 'officers'))).toContain(
      'Anna Lind Enhet: inget Chef: Eva Berg Enhet: Norr Chef: inget',
    );
  });

  test('a role is told to the addresses of its lines', async () => {
    await visit().post('roles', { version: '0', id: 'nurses', mails: ' a@example.org \r\n\r\nb@example.org' });
    expect(await office.registers.find('role', 'nurses')).toEqual({
      id: 'nurses',
      mails: ['a@example.org', 'b@example.org'],
    });
    expect(wordsOf(await visit().get('/{register}', 'roles'))).toContain(
      'Sjuksköterskorna i hemsjukvården a@example.org',
    );
  });

  test('K11: a rotation list takes the providers that have a number, in its order', async () => {
    const known = { other: [HEMVARD.id, KOMMUNEN.id, 'utan-mejl'] };
    const saved = await visit().post('lists', {
      version: '0',
      id: 'service',
      area: 'norr',
      ...known,
      new: ['2', '', '1'],
    });
    expect(saved.headers?.['location']).toBe('/watch/registers/lists?saved=service%2Fnorr');
    const list = { id: 'service/norr', area: 'norr', providers: [{ id: 'utan-mejl' }, { id: HEMVARD.id }] };
    expect(await office.registers.find('rotation', 'service/norr')).toEqual(list);
    const form = wordsOf(await visit().get(ENTRY, 'lists', { id: 'service/norr' }));
    expect(form).toContain('Utförare Nummer Högst antal Vilar Utan Mejl AB Hemvård Väst Inte på listan:');
    const capped = {
      version: '1',
      providers: `utan-mejl\r\n${HEMVARD.id}`,
      at: ['1', '2'],
      cap: ['', '4'],
      rests: ['0'],
    };
    await visit().post('lists', { ...capped, other: [KOMMUNEN.id], new: [''] }, { id: 'service/norr' });
    expect(await office.registers.find('rotation', 'service/norr')).toEqual({
      ...list,
      providers: [
        { id: 'utan-mejl', paused: true },
        { id: HEMVARD.id, cap: 4 },
      ],
    });
    expect(wordsOf(await visit().get('/{register}', 'lists'))).toContain(
      'Serviceinsatser, norr Utan Mejl AB (vilar), Hemvård Väst',
    );
    const changed = { ...capped, version: '2', at: ['', '2'], other: [KOMMUNEN.id], new: ['3'] };
    await visit().post('lists', changed, { id: 'service/norr' });
    expect(await office.registers.find('rotation', 'service/norr')).toMatchObject({
      providers: [{ id: HEMVARD.id }, { id: KOMMUNEN.id }],
    });
  });

  test('K11: a rotation list tells whom the register does not know, and that they are passed by', async () => {
    await office.registers.put('rotation', { id: 'service', providers: [{ id: 'okänd-1' }, { id: HEMVARD.id }] });
    expect(wordsOf(await visit().get('/{register}', 'lists'))).toContain(
      'Serviceinsatser okänd-1, Hemvård Väst okänd-1 finns inte bland utförarna och hoppas över.',
    );
    expect(wordsOf(await visit().get(ENTRY, 'lists', { id: 'service' }))).toContain(
      'okänd-1 finns inte bland utförarna Hemvård Väst Inte på listan:',
    );
  });

  test.each([
    ['providers', { name: '' }, 'name', 'Skriv ett namn'],
    ['providers', { name: 'x'.repeat(201) }, 'name', 'Skriv ett namn'],
    ['providers', { id: '' }, 'id', 'Skriv ett id'],
    ['providers', { mail: 'ingen adress' }, 'mail', 'Skriv en mejladress'],
    ['providers', { mail: 'Anna <a@example.org>' }, 'mail', 'Skriv en mejladress'],
    ['providers', { kind: '' }, 'kind', 'Välj vem som driver'],
    ['providers', { name: 'Firma 19121212-1212' }, 'name', 'personnummer'],
    ['roles', { id: 'chefer' }, 'id', 'Välj en roll'],
    ['roles', { id: 'nurses', mails: 'a@example.org\nfel' }, 'mails', 'mejladress på varje rad'],
    ['lists', { providers: ['a'], at: ['1'], other: ['b'], new: ['1'] }, 'providers', 'varje nummer en gång'],
    ['lists', { other: ['a'], new: ['0'] }, 'providers', 'hela tal från 1'],
    ['lists', { providers: ['a'], at: ['1'], cap: ['många'] }, 'providers', 'Högst antal'],
  ])(
    '%s %j: what is wrong is said beside the field, and what was written stays',
    async (register, wrong, field, words) => {
      const answer = await visit().post(register, { ...NEW, ...wrong });
      expect(answer.statusCode).toBe(422);
      expect(answer.body).toMatch(new RegExp(`id="${field}-error" role="alert">[^<]*${words}`, 'u'));
      expect(answer.body).toContain(`<a href="#${field}">`);
      expect(answer.body).toContain('name="version" value="0"');
      for (const kind of ['provider', 'role', 'rotation'] as const) {
        const left = (await office.registers.list(kind)).map(({ id }) => id);
        expect(left).not.toContain('solros');
        expect(left).not.toContain('chefer');
      }
    },
  );

  test('a change is not made over that of somebody else, who is shown', async () => {
    const changed = { ...NEW, name: 'Hemvård Väst AB', version: '1' };
    await office.registers.put('provider', { ...HEMVARD, name: 'Hemvård Väst HB' });
    const answer = await visit().post('providers', changed, { id: HEMVARD.id });
    expect(answer.statusCode).toBe(409);
    expect(wordsOf(answer)).toContain('Någon annan hann före');
    expect(answer.body).toContain('value="Hemvård Väst HB"');
    expect(answer.body).toContain('name="version" value="2"');
    expect((await office.registers.find('provider', HEMVARD.id))?.name).toBe('Hemvård Väst HB');
  });

  test('a new entry does not take the place of one that is there', async () => {
    const taken = await visit().post('providers', { ...NEW, id: HEMVARD.id });
    expect(taken.statusCode).toBe(422);
    expect(taken.body).toContain('Det finns redan en som heter så.');
    expect(taken.body).toContain('value="Solros"');
    expect(await office.registers.find('provider', HEMVARD.id)).toEqual(HEMVARD);
  });

  test('a form of another site is not read', async () => {
    const answer = await visit().post('providers', NEW, {}, { 'sec-fetch-site': 'cross-site' });
    expect(answer.statusCode).toBe(400);
    expect(await office.registers.find('provider', 'solros')).toBeUndefined();
  });
});

describe('B10: a case that is not to be erased', () => {
  const HELD = { version: '0', id: '2026-0417', held: 'held', reason: 'Tvist i förvaltningsrätten' };

  test('is put down with a reason, shown, and let go again, all of it in the journal', async () => {
    await office.tell(order(MONDAY_10));
    const { get, post } = visit();
    const saved = await post('holds', HELD);
    expect(saved.headers?.['location']).toBe('/watch/registers/holds?saved=2026-0417');
    expect(await office.registers.find('hold', '2026-0417')).toEqual({
      id: '2026-0417',
      held: true,
      reason: HELD.reason,
    });
    const list = await get('/{register}', 'holds', { saved: '2026-0417' });
    expect(wordsOf(list)).toContain('2026-0417 är sparad.');
    expect(wordsOf(list)).toContain('2026-0417 bevaras Tvist i förvaltningsrätten');
    expect(list.body).toContain('href="/watch/cases/2026-0417"');

    await post('holds', { version: '1', held: 'lifted', reason: 'Domen vann laga kraft' }, { id: '2026-0417' });
    expect(await office.registers.find('hold', '2026-0417')).toMatchObject({ held: false });
    expect(wordsOf(await get('/{register}', 'holds'))).toContain('2026-0417 får gallras Domen vann laga kraft');
    expect(wordsOf(await get('/{register}/journal', 'holds'))).toContain(
      'Eva Berg 2026-0417 Får ärendet gallras? Nej, det ska bevaras tills vidare Skäl: Tvist i förvaltningsrätten Får ärendet gallras? Ja, när gallringsfristen har gått ut Skäl: Domen vann laga kraft',
    );
  });

  test.each([
    [{ id: '2026-9999' }, 'id', 'Det finns inget ärende med det numret'],
    [{ id: '' }, 'id', 'Skriv ärendets nummer'],
    [{ held: '' }, 'held', 'Välj om ärendet ska bevaras'],
    [{ held: 'toString' }, 'held', 'Välj om ärendet ska bevaras'],
    [{ reason: ' ' }, 'reason', 'Skriv skälet'],
    [{ reason: 'Begärt av 19121212-1212' }, 'reason', 'personnummer'],
  ])('%j: nothing is kept, and why is said beside the field', async (wrong, field, words) => {
    await office.tell(order(MONDAY_10));
    const answer = await visit().post('holds', { ...HELD, ...wrong });
    expect(answer.statusCode).toBe(422);
    expect(answer.body).toMatch(new RegExp(`id="${field}-error" role="alert">[^<]*${words}`, 'u'));
    expect(await office.registers.list('hold')).toEqual([]);
  });

  test.each(['officer', 'manager', 'reader'] as const)('is no business of a %s', async (role) => {
    const { get, post } = visit(person(role));
    expect((await get('/{register}', 'holds')).statusCode).toBe(404);
    expect(wordsOf(await get(''))).not.toContain('gallras');
    expect((await get('/{register}/journal', 'holds')).statusCode).toBe(403);
    expect((await post('holds', HELD)).statusCode).toBe(403);
    expect(await office.registers.list('hold')).toEqual([]);
  });
});

test.each([
  ['Permanent NoEmail', 'adressen finns inte'],
  ['Permanent General', 'mottagarens mejlserver tar inte emot dem'],
  ['Permanent OnAccountSuppressionList', 'adressen är spärrad efter tidigare mejl som kom tillbaka'],
  ['complaint', 'mottagaren har anmält mejlen som skräppost'],
])(
  'B7: an address that mail does not reach (%s) is told with the provider: since when, and why',
  async (reason, why) => {
    const address = String(HEMVARD.mail);
    await problems.note(address, moment('2026-11-22 16:20'), reason);
    const words = wordsOf(await visit().get('/{register}', 'providers'));
    expect(words).toContain(`${address} Mejl kommer inte fram sedan i går 16:20: ${why}.`);
    await problems.clear(address, moment('2026-11-23 09:00'));
    expect(wordsOf(await visit().get('/{register}', 'providers'))).not.toContain('kommer inte fram');
  },
);

test('whoever may not see a page is led to one that they may', async () => {
  const refused = await visit(person('emergency')).get('');
  expect([refused.statusCode, refused.body]).toEqual([
    403,
    expect.stringContaining('<a href="/watch/urgent">Tillbaka'),
  ]);
});
