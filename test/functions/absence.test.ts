import { beforeEach, describe, expect, test } from 'vitest';
import type { Response } from '../../functions/shared/http.ts';
import { recipientFor } from '../../functions/shared/mail/people.ts';
import { memoryMailProblems } from '../../functions/shared/registers/mail-problems-memory.ts';
import type { Officer } from '../../functions/shared/registers/registers.ts';
import { memorySessions } from '../../functions/shared/session/memory.ts';
import type { Person } from '../../functions/shared/session/session.ts';
import { createHandler } from '../../functions/show-registers/handler.ts';
import { ANNA, BO } from '../support/facts.ts';
import { posted, request } from '../support/messages.ts';
import { municipality, openOffice, type Office } from '../support/office.ts';
import { wordsOf } from '../support/provider-page.ts';

type Texts = Readonly<Record<string, string>>;

let office: Office;
beforeEach(async () => {
  office = await openOffice();
  await office.registers.put('officer', { ...ANNA, substitute: BO.id });
});

const anna: Person = { id: ANNA.id, name: ANNA.name, roles: ['officer'] };

const visit = (who: Person | undefined = anna) => {
  const handler = createHandler({
    ...office,
    problems: memoryMailProblems(),
    municipality,
    clock: office.clock.now,
    sessions: memorySessions(who),
  });
  return {
    get: async (query: Texts = {}): Promise<Response> => handler(request('GET /watch/absence', { query })),
    post: async (form: Texts, query: Texts = {}, headers: Texts = {}): Promise<Response> =>
      handler(
        request(
          'POST /watch/absence',
          posted(form, { query, headers: { 'sec-fetch-site': 'same-origin', ...headers } }),
        ),
      ),
  };
};

const away = (first: string, last = ''): Texts => ({ answer: 'absence', first, last });

const absencesOf = async ({ id }: Officer) => (await office.registers.find('officer', id))?.absences;

describe('B6: an officer says when they are away', () => {
  test('and what they are told goes to the substitute meanwhile, and is noted with who said so', async () => {
    const { get, post } = visit();
    expect(wordsOf(await get())).toContain(
      'Medan du är borta får ersättaren Bo Ek påminnelser och larm om dina ärenden.',
    );
    expect(wordsOf(await get())).toContain('Ingen frånvaro är inlagd.');

    const answer = await post(away('2026-11-23', '2026-11-27'));
    expect([answer.statusCode, answer.headers?.['location']]).toEqual([303, '/watch/absence?saved=added']);
    expect(await absencesOf(ANNA)).toEqual([{ from: '2026-11-23', to: '2026-11-27' }]);
    expect(await recipientFor(ANNA.id, office.clock.now(), office)).toBe('officer/bo');
    const words = wordsOf(await get({ saved: 'added' }));
    expect(words).toContain('Frånvaron är sparad.');
    expect(words).toContain('borta nu måndag 23 november till och med fredag 27 november');
    const { changes } = await office.registers.changes('officer', { limit: 1 });
    expect(changes).toMatchObject([{ id: ANNA.id, who: ANNA.id, at: '2026-11-23T09:00:00Z' }]);
  });

  test.each([
    ['the substitute', {}, 'får ersättaren Bo Ek påminnelser och larm om dina ärenden.'],
    [
      'the manager where there is no substitute',
      { substitute: undefined },
      'får chefen Eva Berg påminnelser och larm om dina ärenden, för ingen ersättare finns i registret.',
    ],
    [
      'the common address where there is neither',
      { substitute: undefined, manager: undefined },
      'går påminnelser och larm om dina ärenden till kommunens gemensamma adress',
    ],
  ])('and reads who is told meanwhile: %s', async (_, { ...without }, words) => {
    const kept = Object.entries({ ...ANNA, ...without }).filter(([, value]) => value !== undefined);
    await office.registers.put('officer', Object.fromEntries(kept) as unknown as Officer);
    expect(wordsOf(await visit().get())).toContain(`Medan du är borta ${words}`);
  });

  test('until further notice, and takes it out when back', async () => {
    const { get, post } = visit();
    await post(away('2026-11-24'));
    expect(wordsOf(await get())).toContain('från i morgon, tills vidare');
    const answer = await post({ answer: 'end', from: '2026-11-24', to: '' });
    expect(answer.headers?.['location']).toBe('/watch/absence?saved=ended');
    expect(await absencesOf(ANNA)).toEqual([]);
    // Pressed twice, it is out still.
    expect((await post({ answer: 'end', from: '2026-11-24', to: '' })).statusCode).toBe(303);
  });

  test('each time once, and those that are over go', async () => {
    await office.registers.put('officer', { ...ANNA, absences: [{ from: '2026-06-01', to: '2026-06-30' }] });
    const { post } = visit();
    await post(away('2026-12-24'));
    await post(away('2026-11-30', '2026-11-30'));
    await post(away('2026-12-24'));
    expect(await absencesOf(ANNA)).toEqual([{ from: '2026-11-30', to: '2026-11-30' }, { from: '2026-12-24' }]);
  });

  test('for a colleague who is ill', async () => {
    const { get, post } = visit({ ...anna, id: BO.id, name: BO.name });
    const own = wordsOf(await get());
    expect(own).toContain('Din frånvaro');
    const page = wordsOf(await get({ officer: ANNA.id }));
    expect(page).toContain('Frånvaro för Anna Lind Under frånvaron får ersättaren Bo Ek');
    const answer = await post(away('2026-11-23', '2026-11-23'), { officer: ANNA.id });
    expect(answer.headers?.['location']).toBe('/watch/absence?officer=anna&saved=added');
    expect(await absencesOf(ANNA)).toEqual([{ from: '2026-11-23', to: '2026-11-23' }]);
    const { changes } = await office.registers.changes('officer', { limit: 1 });
    expect(changes).toMatchObject([{ id: ANNA.id, who: BO.id }]);
  });

  test('a change that somebody else makes meanwhile stays', async () => {
    const { registers } = office;
    let raced = false;
    const racing: typeof registers = {
      ...registers,
      put: async (register, entry, putting) => {
        if (!raced) {
          raced = true;
          await registers.put('officer', { ...ANNA, unit: 'Söder', absences: [{ from: '2027-01-01' }] });
        }
        return registers.put(register, entry, putting);
      },
    };
    office = { ...office, registers: racing };
    await visit().post(away('2026-12-01', '2026-12-02'));
    expect(await registers.find('officer', ANNA.id)).toMatchObject({
      unit: 'Söder',
      absences: [{ from: '2026-12-01', to: '2026-12-02' }, { from: '2027-01-01' }],
    });
  });

  test('and stays away when an administrator changes the rest of the entry', async () => {
    const absences = [{ from: '2026-12-01' }];
    await office.registers.put('officer', { ...ANNA, absences });
    const found = await office.registers.read('officer', ANNA.id);
    const handler = createHandler({
      ...office,
      problems: memoryMailProblems(),
      municipality,
      clock: office.clock.now,
      sessions: memorySessions({ id: 'lars', name: 'Lars Holm', roles: ['administrator'] }),
    });
    await handler(
      request(
        'POST /watch/registers/{register}/entry',
        posted(
          { version: String(found?.version), name: 'Anna Ny', mail: ANNA.mail },
          { path: { register: 'officers' }, query: { id: ANNA.id }, headers: { 'sec-fetch-site': 'same-origin' } },
        ),
      ),
    );
    expect(await office.registers.find('officer', ANNA.id)).toMatchObject({ name: 'Anna Ny', absences });
  });
});

describe('what cannot be taken', () => {
  test.each([
    [away(''), 'first', 'Ange ett datum'],
    [away('2026-02-30'), 'first', 'Ange ett datum'],
    [away('2026-10-01'), 'first', 'inte ligger mer än en månad tillbaka'],
    [away('2029-01-01'), 'first', 'inom två år'],
    [away('2026-11-23', 'snart'), 'last', 'Ange ett datum'],
    [away('2026-11-25', '2026-11-24'), 'last', 'Den sista dagen är före den första.'],
  ])('%j is told beside the field %s, and stays there', async (form, field, words) => {
    const answer = await visit().post(form);
    expect(answer.statusCode).toBe(422);
    expect(answer.body).toMatch(new RegExp(`id="absence-${field}-error" role="alert">[^<]*${words}`, 'u'));
    expect(answer.body).toContain(`<a href="#absence-${field}">`);
    expect(answer.body).toContain(`value="${form['first'] ?? ''}"`);
    expect(await absencesOf(ANNA)).toBeUndefined();
  });

  test('more times than an entry holds', async () => {
    const absences = Array.from({ length: 100 }, (_, day) => ({
      from: `2027-0${String(1 + (day % 9))}-01`,
      to: `2028-01-${String(10 + Math.floor(day / 9))}`,
    }));
    await office.registers.put('officer', { ...ANNA, absences });
    const answer = await visit().post(away('2026-12-01'));
    expect([answer.statusCode, wordsOf(answer)]).toEqual([422, expect.stringContaining('Högst 100 tillfällen')]);
    expect(await absencesOf(ANNA)).toHaveLength(100);
  });

  test('a form of another site, somebody who is not in the register, and who has no cases', async () => {
    expect((await visit().post(away('2026-11-24'), {}, { 'sec-fetch-site': 'cross-site' })).statusCode).toBe(400);
    expect(await absencesOf(ANNA)).toBeUndefined();
    expect((await visit().get({ officer: 'nobody' })).statusCode).toBe(404);
    expect((await visit().post(away('2026-11-24'), { officer: 'nobody' })).statusCode).toBe(404);
    const stranger: Person = { id: 'lars', name: 'Lars Holm', roles: ['administrator'] };
    expect(wordsOf(await visit(stranger).get())).toContain('Du finns inte i registret över handläggare');
    expect((await visit(stranger).post(away('2026-11-24'))).statusCode).toBe(404);
    expect((await visit({ ...stranger, roles: ['reader'] }).get()).statusCode).toBe(403);
    expect((await visit({ ...stranger, roles: ['emergency'] }).post(away('2026-11-24'))).statusCode).toBe(403);
  });
});
