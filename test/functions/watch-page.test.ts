import { expect, test } from 'vitest';
import type { Officer } from '../../functions/shared/registers/registers.ts';
import type { Person } from '../../functions/shared/session/session.ts';
import { ANNA, BO, confirmation, EVA, fact, HEMVARD, KOMMUNEN, MONDAY_10, order, start } from '../support/facts.ts';
import { openOffice } from '../support/office.ts';
import { openDeskOf, wordsOf } from '../support/watch-page.ts';

const person = ({ id, name }: Officer, more: Partial<Person> = {}): Person => ({
  id,
  name,
  roles: ['officer'],
  ...more,
});

const CASE = '2026-0417';
const others = (subject: string, officer: string) => order(MONDAY_10, { officer }, { subject });

test('nobody who has not signed in sees anything, and is led back to where they wanted to go', async () => {
  const desk = openDeskOf(await openOffice());
  const answer = await desk.get('/watch', { who: 'all' });
  expect(answer.statusCode).toBe(303);
  expect(answer.headers?.['location']).toBe('/login?to=%2Fwatch%3Fwho%3Dall');
  expect(answer.body).toBeUndefined();
});

test('the emergency team sees no watch list', async () => {
  const desk = openDeskOf(await openOffice(), person(ANNA, { roles: ['emergency'] }));
  const answer = await desk.get('/watch');
  expect(answer.statusCode).toBe(403);
  expect(wordsOf(answer)).toContain('Du har inte tillgång hit');
  expect(answer.body).toContain('<p><a href="/watch/urgent">Tillbaka</a></p>');
});

test('what fails is said in Swedish, and logged without what it was about', async () => {
  const office = await openOffice();
  const waiting = async (): Promise<never> => Promise.reject(new Error('the table is down: 2026-0417'));
  const answer = await openDeskOf({ ...office, watchList: { ...office.watchList, waiting } }, person(ANNA)).get(
    '/watch',
  );
  expect(answer.statusCode).toBe(500);
  expect(wordsOf(answer)).toContain('Något gick fel hos oss Försök igen om en stund.');
  expect(office.lines.at(-1)).toMatchObject({ code: 'REQUEST_FAILED', ids: { route: 'GET /watch', error: 'Error' } });
  expect(JSON.stringify(office.lines)).not.toContain('2026-0417');
});

test("P10: a case officer's own list: what was missed first, then by time left, with whose move it is", async () => {
  const office = await openOffice();
  await office.tell(order(MONDAY_10), others('2026-0418', BO.id));
  await office.moveTo('2026-11-25 09:30');
  await office.tell(order('2026-11-25 09:00', {}, { subject: '2026-0419' }));
  const desk = openDeskOf(office, person(ANNA));
  const words = wordsOf(await desk.get('/watch'));
  expect(words).toContain(
    'Passerat passerat 9 timmar 2026-0417 Bekräfta mottagandet Hemvård Väst i går I dag 30 minuter 2026-0417 Påbörja insatsen Hemvård Väst i dag 10:00',
  );
  expect(words).toContain('1 passerad 1 i dag');
  expect(words).toMatch(/i morgon 2026-0419 Bekräfta mottagandet.*47 timmar 2026-0419 Påbörja insatsen/u);
  expect(words).not.toContain('2026-0418');
});

test('H16: what a provider that takes over is to do stands by its name, and is found by it', async () => {
  const office = await openOffice();
  await office.tell(
    order(MONDAY_10, { routine: 'hemtjanst' }),
    start('2026-11-23 10:00'),
    fact('switch.requested', MONDAY_10, {
      switch: 'X-1',
      service: 'personalCare',
      from: 'O-1',
      toProvider: KOMMUNEN.id,
    }),
  );
  const desk = openDeskOf(office, person(ANNA));
  expect(wordsOf(await desk.get('/watch'))).toMatch(/Genomföra bytet av utförare Kommunens hemtjänst/u);
  const found = wordsOf(await desk.get('/watch', { provider: KOMMUNEN.id }));
  expect(found).toContain('Genomföra bytet av utförare');
  expect(found).not.toContain('Bekräfta mottagandet');
});

test('the list of the unit, of those somebody stands in for, and of everybody', async () => {
  const office = await openOffice();
  await office.registers.put('officer', { ...ANNA, unit: 'Norr' });
  await office.registers.put('officer', { ...EVA, unit: 'Norr' });
  await office.tell(order(MONDAY_10), others('2026-0418', BO.id), others('2026-0419', EVA.id));
  const casesOf = async (who: string, one: Person): Promise<string[]> => {
    const { body = '' } = await openDeskOf(office, one).get('/watch', { who });
    return [...new Set([...body.matchAll(/data-row>([^<]+)<\/a>/gu)].map(([, text = '']) => text))].toSorted();
  };
  const anna = person(ANNA, { unit: 'Norr' });
  expect(await casesOf('me', anna)).toEqual([CASE]);
  expect(await casesOf('unit', anna)).toEqual([CASE, '2026-0419']);
  expect(await casesOf('all', anna)).toEqual([CASE, '2026-0418', '2026-0419']);
  // Bo stands in for Anna.
  expect(await casesOf('standin', person(BO))).toEqual([CASE]);
  // Whoever has no cases of their own begins with everybody's.
  expect(await casesOf('', person(EVA, { roles: ['reader'] }))).toEqual([CASE, '2026-0418', '2026-0419']);
});

test('a municipality can keep its units apart: a case officer asks for everybody and gets the unit', async () => {
  const office = await openOffice();
  await office.registers.put('officer', { ...ANNA, unit: 'Norr' });
  await office.tell(order(MONDAY_10), others('2026-0418', BO.id));
  const anna = openDeskOf(office, person(ANNA, { unit: 'Norr' }), { ownUnitOnly: true });
  const { body } = await anna.get('/watch', { who: 'all' });
  expect(body).toContain(CASE);
  expect(body).not.toContain('2026-0418');
  expect(body).not.toContain('value="all"');
  const manager = openDeskOf(office, person(EVA, { roles: ['manager'] }), { ownUnitOnly: true });
  const { body: whole } = await manager.get('/watch', { who: 'all' });
  expect(whole).toContain('2026-0418');
  expect(whole).toContain('value="all"');
});

test('the list is narrowed by whose move it is, provider, service, routine and part of the list', async () => {
  const office = await openOffice();
  await office.tell(order(MONDAY_10), order(MONDAY_10, { service: 'service' }, { subject: '2026-0418' }));
  const desk = openDeskOf(office, person(ANNA));
  const has = async (query: Record<string, string>): Promise<string[]> => {
    const { body = '' } = await desk.get('/watch', query);
    return [CASE, '2026-0418'].filter((one) => body.includes(`>${one}<`));
  };
  expect(await has({ move: 'provider' })).toEqual([CASE, '2026-0418']);
  expect(await has({ move: 'officer', when: 'late' })).toEqual([]);
  expect(await has({ provider: HEMVARD.id })).toEqual([CASE, '2026-0418']);
  expect(await has({ provider: 'another', when: 'today' })).toEqual([]);
  expect(await has({ service: 'service' })).toEqual(['2026-0418']);
  expect(await has({ routine: 'kundval', when: 'week', service: 'personalCare' })).toEqual([CASE]);
  expect(await has({ when: 'late' })).toEqual([]);
});

test('K7, K12: tasks stand beside the limits', async () => {
  const office = await openOffice();
  await office.tell(
    order(MONDAY_10),
    confirmation('2026-11-23 11:00'),
    start('2026-11-23 12:00', {}, { door: 'link' }),
  );
  const words = wordsOf(await openDeskOf(office, person(ANNA)).get('/watch'));
  expect(words).toMatch(/Uppgifter utan frist .* i dag 12:00 2026-0417 Lägga in verkställighetsdatum Du/u);
});

test('a case number leads to its case', async () => {
  const desk = openDeskOf(await openOffice(), person(ANNA));
  const answer = await desk.get('/watch', { case: ' 2026-0417 ' });
  expect([answer.statusCode, answer.headers?.['location']]).toEqual([303, '/watch/cases/2026-0417']);
});

test('the same list asked for again says only that nothing has changed, until something has or time has passed', async () => {
  const office = await openOffice();
  await office.tell(order(MONDAY_10));
  await office.moveTo('2026-11-23 10:10');
  const desk = openDeskOf(office, person(ANNA));
  const etag = String((await desk.get('/watch')).headers?.['etag']);
  const again = async (): Promise<number | undefined> =>
    (await desk.get('/watch', {}, { 'if-none-match': etag })).statusCode;
  expect(await again()).toBe(304);
  await office.moveTo('2026-11-23 10:20');
  expect(await again()).toBe(304);
  await office.moveTo('2026-11-23 11:20');
  expect(await again()).toBe(200);
  office.clock.moveTo('2026-11-23 10:20');
  await office.tell(confirmation('2026-11-23 10:20'));
  expect(await again()).toBe(200);
});

test('what the address holds that is not understood is left out', async () => {
  const office = await openOffice();
  await office.tell(order(MONDAY_10));
  const desk = openDeskOf(office, person(ANNA));
  const query = { who: 'nobody', when: 'never', move: '<script>', provider: 'x'.repeat(200), after: 'zzz' };
  const answer = await desk.get('/watch', query);
  expect(answer.statusCode).toBe(200);
  expect(answer.body).toContain(CASE);
});

test('nothing runs or is loaded but what the page holds itself', async () => {
  const office = await openOffice();
  await office.tell(
    order(MONDAY_10),
    confirmation('2026-11-23 11:00'),
    start('2026-11-23 12:00', {}, { door: 'link' }),
  );
  await office.tell(others('2026-0418', ANNA.id));
  const answer = await openDeskOf(office, person(ANNA)).get('/watch');
  expect(answer.body).toContain('2026-0418');
  const policy = String(answer.headers?.['content-security-policy']);
  expect(policy).toMatch(
    /^default-src 'none'; style-src 'sha256-[^']+'; script-src 'sha256-[^']+'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'$/u,
  );
  expect(answer.headers).toMatchObject({ 'cache-control': 'no-store', 'referrer-policy': 'same-origin' });
  expect(answer.body).not.toMatch(/ on\w+=| style=|src=|https?:|url\(/iu);
});
