import { beforeEach, describe, expect, test } from 'vitest';
import { createHandler } from '../../functions/read-cases/handler.ts';
import type { Response } from '../../functions/shared/http.ts';
import {
  ANNA,
  confirmation,
  endOf,
  HEMVARD,
  KOMMUNEN,
  moment,
  MONDAY_10,
  order,
  recall,
  start,
} from '../support/facts.ts';
import { jsonIn, request, type Asked } from '../support/messages.ts';
import { municipality, openOffice, type Office } from '../support/office.ts';

let office: Office;
beforeEach(async () => {
  office = await openOffice();
});

const ask = async (routeKey: string, asked: Asked = {}): Promise<Response> =>
  createHandler({ ...office, routines: municipality.routines, clock: office.clock.now })(request(routeKey, asked));

const path = { case: '2026-0417' };

interface Case {
  readonly orders: readonly { readonly order: string; readonly status: string }[];
  readonly deadlines: readonly { readonly rule: string; readonly status: string; readonly due: string }[];
  readonly tasks: readonly { readonly task: string; readonly status: string }[];
  readonly nextWake: string | null;
}

const caseAt = async (at?: string): Promise<Case> =>
  jsonIn(await ask('GET /api/cases/{case}', { path, ...(at !== undefined && { query: { at } }) })) as Case;

const statuses = ({ deadlines }: Case): string[] => deadlines.map(({ rule, status }) => `${rule} ${status}`);

describe('a case', () => {
  test('is shown with its orders, deadlines, tasks and the next moment of interest', async () => {
    await office.tell(order(MONDAY_10));
    const answer = await ask('GET /api/cases/{case}', { path });
    expect(answer).toMatchObject({
      statusCode: 200,
      headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
    });
    expect(jsonIn(answer)).toMatchObject({
      case: '2026-0417',
      orders: [
        {
          order: 'O-1',
          status: 'sent',
          service: 'personalCare',
          provider: HEMVARD.id,
          officer: ANNA.id,
          routine: 'kundval',
          sent: moment(MONDAY_10).toString(),
        },
      ],
      switches: [],
      deadlines: [
        { rule: 'confirm', status: 'open', due: endOf('2026-11-24'), opened: moment(MONDAY_10).toString() },
        { rule: 'start', status: 'open', due: moment('2026-11-25 10:00').toString() },
      ],
      tasks: [],
      nextWake: moment('2026-11-24 15:00').toString(),
    });
  });

  test('follows the clock: what was open has passed', async () => {
    await office.tell(order(MONDAY_10));
    office.clock.moveTo('2026-11-25 00:00');
    expect(statuses(await caseAt())).toEqual(['confirm breached', 'start open']);
    await office.tell(confirmation('2026-11-24 09:00'), start('2026-11-25 00:00'));
    const now = await caseAt();
    expect(statuses(now)).toEqual(['confirm met', 'start met']);
    expect(now.tasks).toMatchObject([{ task: 'registerStart:O-1', status: 'open' }]);
    expect(now.nextWake).toBeNull();
  });

  test('is shown as it was known at a past moment: what was recorded later is left out', async () => {
    await office.tell(order(MONDAY_10));
    await office.moveTo('2026-11-25 08:00');
    await office.tell(confirmation('2026-11-24 09:00'));

    expect(statuses(await caseAt('2026-11-24T12:00:00Z'))).toEqual(['confirm open', 'start open']);
    expect(statuses(await caseAt('2026-11-25T08:00:00+01:00'))).toEqual(['confirm met', 'start open']);
    // A second before the confirmation was recorded, though long after it happened.
    expect(statuses(await caseAt('2026-11-25T07:59:59+01:00'))).toEqual(['confirm breached', 'start open']);
    // As a browser's form writes a plus sign.
    expect(statuses(await caseAt('2026-11-25T08:00:00 01:00'))).toEqual(['confirm met', 'start open']);
  });

  test('is shown as it will stand at a moment to come', async () => {
    await office.tell(order(MONDAY_10));
    expect(statuses(await caseAt('2026-12-24T12:00:00Z'))).toEqual(['confirm breached', 'start breached']);
  });

  test('of which no fact was known then is not found', async () => {
    await office.tell(order('2026-11-22 10:00'));
    for (const [routeKey, asked] of [
      ['GET /api/cases/{case}', { path: { case: '2026-9999' } }],
      ['GET /api/cases/{case}/journal', { path: { case: '2026-9999' } }],
      ['GET /api/cases/{case}', { path: { case: '2'.repeat(5000) } }],
      ['GET /api/cases/{case}', { path, query: { at: '2026-11-23T08:59:59Z' } }],
    ] as const) {
      const answer = await ask(routeKey, asked);
      expect(answer).toMatchObject({ statusCode: 404, headers: { 'content-type': 'application/problem+json' } });
    }
  });

  test.each(['', 'igår', '2026-11-23', '2026-11-23T10:00:00', '2026-02-30T10:00:00Z'])(
    'is not asked for at %j: 400, and says what a moment looks like',
    async (at) => {
      await office.tell(order(MONDAY_10));
      const answer = await ask('GET /api/cases/{case}', { path, query: { at } });
      expect(answer.statusCode).toBe(400);
      expect(jsonIn(answer)).toMatchObject({ errors: [{ pointer: '#/query/at' }] });
    },
  );
});

test('a journal is shown whole: every fact as recorded, in order, Frist’s own among them', async () => {
  const [sent, late] = [order(MONDAY_10), confirmation('2026-11-24 09:00')];
  await office.tell(sent);
  await office.moveTo('2026-11-25 08:00');
  await office.tell(late);
  const { journal } = jsonIn(await ask('GET /api/cases/{case}/journal', { path })) as { journal: unknown[] };
  expect(journal).toEqual(await office.journal.load('2026-0417'));
  expect(journal.at(0)).toMatchObject({ ...sent, sequence: 1, recordedtime: moment(MONDAY_10).toString() });
  expect(journal).toContainEqual(expect.objectContaining({ id: late.id, recordedtime: '2026-11-25T07:00:00Z' }));
});

describe('the deadlines of all cases', () => {
  interface List {
    readonly deadlines: readonly { readonly case: string; readonly rule: string; readonly status: string }[];
    readonly next?: string;
  }

  const list = async (query: Readonly<Record<string, string>> = {}): Promise<List> =>
    jsonIn(await ask('GET /api/deadlines', { query })) as List;

  const inShort = ({ deadlines }: List): string[] => deadlines.map((one) => `${one.case} ${one.rule} ${one.status}`);

  beforeEach(async () => {
    await office.tell(
      order(MONDAY_10, {}, { subject: '1' }),
      order(MONDAY_10, { provider: KOMMUNEN.id }, { subject: '2' }),
      order(MONDAY_10, {}, { subject: '3' }),
      recall(MONDAY_10, {}, { subject: '3' }),
      start(MONDAY_10, {}, { subject: '2' }),
    );
    await office.moveTo('2026-11-25 00:30');
  });

  test('are listed due first', async () => {
    expect(inShort(await list())).toEqual([
      '1 confirm breached',
      '2 confirm breached',
      '3 confirm cancelled',
      '1 start open',
      '2 start met',
      '3 start cancelled',
    ]);
    expect(inShort(await list({ status: 'open,breached' }))).toEqual([
      '1 confirm breached',
      '2 confirm breached',
      '1 start open',
    ]);
    expect(inShort(await list({ status: 'open,open' }))).toEqual(['1 start open']);
  });

  test('are filtered by owner, provider and moment', async () => {
    expect(inShort(await list({ provider: KOMMUNEN.id }))).toEqual(['2 confirm breached', '2 start met']);
    expect(inShort(await list({ owner: 'officer' }))).toEqual([]);
    expect(await list({ owner: 'provider' })).toEqual(await list());
    expect(inShort(await list({ before: endOf('2026-11-24') }))).toEqual([]);
    expect(inShort(await list({ before: '2026-11-25T00:00:01+01:00' }))).toHaveLength(3);
    expect(inShort(await list({ provider: 'nobody' }))).toEqual([]);
  });

  test('are paged by the cursor of the page before, whatever else is asked', async () => {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page: List = await list({ limit: '2', ...(cursor !== undefined && { cursor }) });
      expect(page.deadlines).toHaveLength(2);
      seen.push(...inShort(page));
      cursor = page.next;
    } while (cursor !== undefined);
    expect(seen).toEqual(inShort(await list()));
  });

  test.each([
    ['status', 'late'],
    ['status', ''],
    ['status', 'open,'],
    ['owner', 'anna'],
    ['before', 'tomorrow'],
    ['before', '2026-11-23'],
    ['limit', '0'],
    ['limit', '501'],
    ['limit', '1.5'],
    ['limit', 'ten'],
    ['cursor', ''],
    ['cursor', 'zzzz'],
    ['cursor', '%00'],
    ['cursor', Buffer.from(`999999999999999#${'x'.repeat(2000)}`).toString('base64url')],
  ])('are not asked for with %s=%s: 400 with a pointer', async (name, value) => {
    const answer = await ask('GET /api/deadlines', { query: { [name]: value } });
    expect(answer.statusCode).toBe(400);
    expect(jsonIn(answer)).toMatchObject({
      errors: [{ pointer: `#/query/${name}`, detail: expect.any(String) as string }],
    });
  });
});
