import { beforeEach, describe, expect, test } from 'vitest';
import type { OrderOutcome } from '../../domain/statistics/outcomes.ts';
import { createHandler } from '../../functions/show-statistics/handler.ts';
import type { Response } from '../../functions/shared/http.ts';
import { memorySessions } from '../../functions/shared/session/memory.ts';
import type { Person, PersonRole } from '../../functions/shared/session/session.ts';
import { dayOfDate } from '../../domain/calendar/stockholm.ts';
import { sayPeriod, usualPeriods } from '../../functions/show-statistics/period.ts';
import { fact, HEMVARD, KOMMUNEN } from '../support/facts.ts';
import { wordsOf } from '../support/provider-page.ts';
import { jsonIn, request } from '../support/messages.ts';
import { municipality, openOffice, type Office } from '../support/office.ts';

let office: Office;
beforeEach(async () => {
  office = await openOffice();
});

/** The function, asked by somebody who has signed in or by nobody. */
const handlerFor = (person?: Person) =>
  createHandler({ ...office, sessions: memorySessions(person), municipality, clock: office.clock.now });

const ask = async (query: Readonly<Record<string, string>>, headers = {}): Promise<Response> =>
  handlerFor()(request('GET /api/statistics', { query, headers }));

const YEAR = { from: '2026-01-01', to: '2026-12-31' };

/** So many orders of a provider in November, each in a case of its own. */
const happened = async (provider: string, number: number, more: Partial<OrderOutcome> = {}): Promise<void> => {
  for (let index = 0; index < number; index += 1) {
    const subject = `${provider}-${String(index)}`;
    const one = { kind: 'order', case: subject, order: 'O-1', provider, day: '2026-11-23', breaches: 0 } as const;
    await office.outcomes.keep(subject, '2026-11', 1, [{ ...one, ...more }]);
  }
};

describe('B5: the statistics of a period', () => {
  test('tell of each provider by name, and of all', async () => {
    await happened(KOMMUNEN.id, 5, { confirm: 'met', secondsToConfirm: 5400 });
    await happened(HEMVARD.id, 6, { start: 'breached', daysToStart: 4, breaches: 1 });
    await happened('gone', 5);
    const answer = await ask(YEAR);
    expect(answer.statusCode).toBe(200);
    const none = { withheld: [] };
    expect(jsonIn(answer)).toMatchObject({
      ...YEAR,
      providers: [
        { provider: 'gone', name: 'gone', orders: 5, ...none },
        { provider: HEMVARD.id, name: HEMVARD.name, orders: 6, startJudged: 6, startedInTime: 0, breaches: 6, ...none },
        { provider: KOMMUNEN.id, name: KOMMUNEN.name, confirmedInTime: 5, hoursToConfirmMedian: 1.5, ...none },
      ],
      total: { orders: 16, daysToStartP90: 4, breaches: 6, ...none },
    });
    expect(office.lines).toContainEqual({ code: 'REPORT_MADE', ids: { rows: 3 } });
  });

  test('as CSV have Swedish headings, and say where a figure is withheld', async () => {
    await happened(KOMMUNEN.id, 4);
    await happened(HEMVARD.id, 6, { confirm: 'met', secondsToConfirm: 5400 });
    const answer = await ask(YEAR, { accept: 'text/csv' });
    expect(answer.headers).toMatchObject({ 'content-type': 'text/csv; charset=utf-8; header=present' });
    const [heading, first, second, total, end] = (answer.body ?? '').split('\r\n');
    expect(heading).toBe(
      'Från,Till,Utförare,Namn,Beställningar,Återkallade eller ersatta,Med avgjord frist att bekräfta,Bekräftade i tid,' +
        'Bekräftade,"Timmar till bekräftelse, median","Timmar till bekräftelse, 90:e percentilen",' +
        'Med avgjord frist att påbörja,Påbörjade i tid,Påbörjade,"Dagar till start, median",' +
        '"Dagar till start, 90:e percentilen",Passerade frister,Byten från,Byten till',
    );
    const hidden = 'färre än 5 eller skyddat';
    expect(first).toContain(`${HEMVARD.id},${HEMVARD.name},${hidden}`);
    expect(second).toContain(`${KOMMUNEN.id},${KOMMUNEN.name},${hidden}`);
    expect(total).toBe('2026-01-01,2026-12-31,,Alla,10,0,6,6,6,1.5,1.5,0,0,0,,,0,0,0');
    expect(end).toBe('');
  });

  test('of a period without any order are empty', async () => {
    await happened(HEMVARD.id, 6);
    expect(jsonIn(await ask({ from: '2026-11-24', to: '2026-11-24' }))).toMatchObject({
      providers: [],
      total: { orders: 0, hoursToConfirmMedian: null, withheld: [] },
    });
  });

  test.each([
    [{}, ['#/query/from', '#/query/to']],
    [{ from: '2026-01-01' }, ['#/query/to']],
    [{ to: '2026-01-01' }, ['#/query/from']],
    [{ from: '2026-02-30', to: 'i morgon' }, ['#/query/from', '#/query/to']],
    [{ from: '2026-1-1', to: '2026-12-31' }, ['#/query/from']],
    [{ from: '2026-02-01', to: '2026-01-31' }, ['#/query/to']],
    [{ from: '2026-01-01', to: '2036-01-01' }, ['#/query/to']],
  ])('are not made of %j, which is told where it is wrong', async (query, pointers) => {
    const answer = await ask(query);
    expect(answer.statusCode).toBe(400);
    expect(answer.headers).toMatchObject({ 'content-type': 'application/problem+json' });
    const { errors } = jsonIn(answer) as { errors: { pointer: string; detail: string }[] };
    expect(errors.map(({ pointer }) => pointer)).toEqual(pointers);
    expect(errors.every(({ detail }) => detail !== '')).toBe(true);
  });

  test('are made of ten years and no more', async () => {
    expect((await ask({ from: '2026-01-01', to: '2035-12-31' })).statusCode).toBe(200);
  });
});

describe('the page of the statistics', () => {
  const person = (role: PersonRole): Person => ({ id: 'eva', name: 'Eva Berg', roles: [role] });
  const open = async (path: string, query: Readonly<Record<string, string>> = {}, who?: Person): Promise<Response> =>
    handlerFor(who)(request(`GET /watch/statistics${path}`, { query }));

  test('sends whoever has not signed in to do so, and lets in those who may read reports', async () => {
    const nobody = await open('');
    expect([nobody.statusCode, nobody.headers?.['location']]).toEqual([303, '/login?to=%2Fwatch%2Fstatistics']);
    const officer = await open('', YEAR, person('officer'));
    expect(officer.statusCode).toBe(403);
    expect(wordsOf(officer)).toContain('Du har inte tillgång hit');
    for (const role of ['manager', 'administrator', 'reader'] as const)
      expect((await open('', YEAR, person(role))).statusCode).toBe(200);
  });

  test('shows so many providers to a page, by name or the worst first, and keeps that in the address', async () => {
    for (let number = 10; number < 55; number += 1) {
      const id = `p-${String(number)}`;
      await office.registers.put('provider', { ...HEMVARD, id, name: `Omsorg ${String(number)}` });
      await happened(id, 6, {
        start: number === 44 ? 'breached' : 'met',
        daysToStart: 2,
        breaches: number === 33 ? 1 : 0,
      });
    }
    // Two of one: nothing is told of it, and so not by its place either.
    await happened(KOMMUNEN.id, 2, { start: 'breached', daysToStart: 9, breaches: 3 });
    const rows = async (query: Readonly<Record<string, string>>) => {
      const { body = '' } = await open('', { ...YEAR, ...query }, person('reader'));
      return { body, names: [...body.matchAll(/<th scope="row"><b>([^<]*)<\/b>/gu)].map(([, name]) => name) };
    };
    const first = await rows({});
    expect(first.names).toEqual(expect.arrayContaining(['Omsorg 10', 'Alla']));
    expect(first.names).toHaveLength(21);
    expect(first.body).toContain('Sida 1 av 3');
    const second = await rows({ page: '2' });
    expect(second.names).toContain('Omsorg 30');
    expect(second.names.filter((name) => name !== 'Alla' && first.names.includes(name))).toEqual([]);
    expect((await rows({ page: '99' })).body).toContain('Sida 3 av 3');
    expect((await rows({ page: 'x', order: 'toString' })).names).toEqual(first.names);

    const slowest = await rows({ order: 'started' });
    expect(slowest.names[0]).toBe('Omsorg 44');
    expect(slowest.names).not.toContain(KOMMUNEN.name);
    expect(slowest.body).toContain(
      'href="/watch/statistics?from=2026-01-01&amp;to=2026-12-31&amp;order=started&amp;page=2"',
    );
    expect((await rows({ order: 'breaches' })).names[0]).toBe('Omsorg 33');
    // The file has them all.
    const file = await open('/file', YEAR, person('reader'));
    expect((file.body ?? '').split('\r\n')).toHaveLength(46 + 3);
  });

  test('says nothing of limits that nobody had', async () => {
    await happened(KOMMUNEN.id, 8);
    const words = wordsOf(await open('', YEAR, person('manager')));
    expect(words).toContain('Under 2026 skickades 8 beställningar till 1 utförare. Ingen frist passerade.');
    expect(words).not.toMatch(/NaN|procent (?:bekräftades|påbörjades)/u);
  });

  test('says of what was begun on the day that it was so', async () => {
    await happened(KOMMUNEN.id, 8, { confirm: 'met', secondsToConfirm: 5400, start: 'met', daysToStart: 0 });
    expect(wordsOf(await open('', YEAR, person('manager')))).toContain(
      'Hälften påbörjades samma dag och nio av tio samma dag.',
    );
  });

  test('tells the period in words, and each provider in the table and the picture', async () => {
    await happened(KOMMUNEN.id, 8, { confirm: 'met', secondsToConfirm: 5400, start: 'met', daysToStart: 2 });
    await happened(HEMVARD.id, 7, { start: 'breached', daysToStart: 4, breaches: 1 });
    const words = wordsOf(await open('', YEAR, person('manager')));
    expect(words).toContain('Under 2026 skickades 15 beställningar till 2 utförare.');
    expect(words).toContain('100 procent bekräftades i tid, av 8 som hade en frist för det.');
    expect(words).toContain('53 procent påbörjades i tid, av 15 som hade en frist för det.');
    expect(words).toContain('Hälften påbörjades inom 2 dagar och nio av tio inom 4 dagar. 7 frister passerade.');
    expect(words).toContain('Påbörjade i tid Kommunens hemtjänst 100 % Hemvård Väst 0 %');
    expect(words).toContain('Hemvård Väst 7 – – 0 av 7 4 · 4 7 0 0');
    expect(words).not.toContain('Dolt');
  });

  test('hides what is about a few, in the table and in the picture', async () => {
    await happened(KOMMUNEN.id, 3, { start: 'met', daysToStart: 2 });
    await happened(HEMVARD.id, 7, { start: 'met', daysToStart: 4 });
    await happened('gone', 20, { start: 'met', daysToStart: 1 });
    const words = wordsOf(await open('', YEAR, person('manager')));
    expect(words).toContain('Kommunens hemtjänst dolt dolt dolt dolt dolt dolt 0 0');
    expect(words).toContain('Påbörjade i tid gone 100 % Dagar till start');
    expect(words).toContain('Dolt: färre än fem');
  });

  test('shows the year that it is when no period is asked for, and says so when there is nothing', async () => {
    const words = wordsOf(await open('', {}, person('manager')));
    expect(words).toContain('Inga beställningar skickades och inga byten begärdes under 2026.');
    expect((await open('', {}, person('manager'))).body).toContain('value="2026-01-01"');
  });

  test('says beside the field what is wrong with a period, and keeps what was written', async () => {
    const answer = await open('', { from: '2026-02-01', to: '2026-01-31' }, person('manager'));
    expect(answer.statusCode).toBe(400);
    expect(answer.body).toContain(
      'id="to" name="to" value="2026-01-31" aria-invalid="true" aria-describedby="to-error"',
    );
    expect(wordsOf(answer)).toContain('Ange en dag som inte ligger före den första.');
    expect(wordsOf(await open('', { from: 'x', to: '' }, person('manager')))).toContain('Ange ett datum');
    expect(wordsOf(await open('', { from: '2000-01-01', to: '2026-01-01' }, person('manager')))).toContain('tio år');
  });

  test('gives the same as a file', async () => {
    await happened(HEMVARD.id, 7);
    const file = await open('/file', YEAR, person('manager'));
    expect(file.headers).toMatchObject({
      'content-disposition': 'attachment; filename="statistik-2026-01-01-2026-12-31.csv"',
    });
    expect(file.body).toBe((await ask(YEAR, { accept: 'text/csv' })).body);
    expect((await open('/file', {}, person('manager'))).statusCode).toBe(303);
  });

  test('B8: a decision whose three months end on the last day of a quarter is on the list of that quarter', async () => {
    const decided = { decision: 'B-1', service: 'personalCare', legalBasis: 'SoL', on: '2026-12-31' } as const;
    await office.moveTo('2026-12-31 10:00');
    await office.tell(fact('decision.made', '2026-12-31 10:00', decided));
    await office.moveTo('2027-04-05 10:00');
    const file = async (quarter: string) => (await open('/ivo/file', { quarter }, person('manager'))).body;
    expect(await file('2026Q4')).not.toContain('2026-0417');
    expect(await file('2027Q1')).toContain('2026-0417,B-1,,notExecuted,SoL,2026-12-31');
  });

  test('B8: the list to IVO is shown for a quarter, and as a file', async () => {
    await office.tell(
      fact('decision.made', '2026-11-23 09:00', {
        decision: 'B-1',
        service: 'personalCare',
        legalBasis: 'SoL',
        on: '2026-11-23',
      }),
    );
    await office.moveTo('2027-02-25 10:00');
    const quarter = { quarter: '2027Q1' };
    const words = wordsOf(await open('/ivo', quarter, person('manager')));
    expect(words).toContain('Till IVO, första kvartalet 2027');
    expect(words).toContain('1 beslut ska rapporteras: 1 som inte har verkställts i tid.');
    expect(words).toContain('2026-0417 personlig omvårdnad SoL inte verkställt 23 november 2026 inte angiven');
    const file = await open('/ivo/file', quarter, person('manager'));
    expect(file.body).toContain('2026-0417,B-1,,notExecuted,SoL,2026-11-23');
    // The quarter before the one that it is, which is the next to be reported.
    expect(wordsOf(await open('/ivo', {}, person('manager')))).toContain('fjärde kvartalet 2026');
    expect(wordsOf(await open('/ivo', { quarter: '2026Q5' }, person('manager')))).toContain(
      'Inget beslut ska rapporteras',
    );
  });
});

test.each([
  [{ from: '2026-01-01', to: '2026-12-31' }, '2026'],
  [{ from: '2026-10-01', to: '2026-12-31' }, 'fjärde kvartalet 2026'],
  [{ from: '2026-02-01', to: '2026-02-28' }, 'februari 2026'],
  [{ from: '2026-02-01', to: '2026-04-30' }, '1 februari 2026–30 april 2026'],
  [{ from: '2026-02-02', to: '2026-02-02' }, '2 februari 2026–2 februari 2026'],
])('the period %j is called %s', (period, words) => {
  expect(sayPeriod(period)).toBe(words);
});

test('the usual periods are whole months, quarters and years, also in January', () => {
  expect(usualPeriods(dayOfDate('2027-01-15'))).toEqual([
    { words: 'i år', from: '2027-01-01', to: '2027-12-31' },
    { words: 'det här kvartalet', from: '2027-01-01', to: '2027-03-31' },
    { words: 'förra kvartalet', from: '2026-10-01', to: '2026-12-31' },
    { words: 'december', from: '2026-12-01', to: '2026-12-31' },
    { words: '2026', from: '2026-01-01', to: '2026-12-31' },
  ]);
});
