import { beforeEach, describe, expect, test } from 'vitest';
import type { OrderOutcome } from '../../domain/statistics/outcomes.ts';
import { createHandler } from '../../functions/show-statistics/handler.ts';
import type { Response } from '../../functions/shared/http.ts';
import { HEMVARD, KOMMUNEN } from '../support/facts.ts';
import { jsonIn, request } from '../support/messages.ts';
import { openOffice, type Office } from '../support/office.ts';

let office: Office;
beforeEach(async () => {
  office = await openOffice();
});

const ask = async (query: Readonly<Record<string, string>>, headers = {}): Promise<Response> =>
  createHandler(office)(request('GET /api/statistics', { query, headers }));

const YEAR = { from: '2026-01-01', to: '2026-12-31' };

/** So many orders of a provider in November, each in a case of its own. */
const happened = async (provider: string, number: number, more: Partial<OrderOutcome> = {}): Promise<void> => {
  for (let index = 0; index < number; index += 1) {
    const subject = `${provider}-${String(index)}`;
    const one = { kind: 'order', case: subject, order: 'O-1', provider, day: '2026-11-23', breaches: 0 } as const;
    await office.outcomes.keep(subject, '2026-11', 1, [{ ...one, ...more }]);
  }
};

describe('B5 the statistics of a period', () => {
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
