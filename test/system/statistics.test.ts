import { expect, test } from 'vitest';
import { townForTests } from '../support/town.ts';
import { type Case } from '../support/visit.ts';

/* The statistics on the running system. Monday is 23 November 2026. */

const town = townForTests('2026-11-23 10:00');

interface Told {
  readonly provider?: string;
  readonly orders: number | null;
  readonly confirmJudged: number | null;
  readonly confirmedInTime: number | null;
  readonly hoursToConfirmMedian: number | null;
  readonly startedInTime: number | null;
  readonly daysToStartP90: number | null;
  readonly breaches: number | null;
  readonly withheld: readonly string[];
}

const statistics = async (from: string, to: string): Promise<{ providers: Told[]; total: Told }> =>
  town.ok('GET', `/api/statistics?from=${from}&to=${to}`);

test('B5: the statistics tell how providers kept their limits, as JSON and as CSV, and nothing of a few', async () => {
  const quick = await town.provider({ name: 'Alfa' });
  const slow = await town.provider({ name: 'Beta' });
  const cases: Case[] = Array.from({ length: 6 }, () => town.openCase());
  for (const one of cases) await one.order({ provider: quick.id });
  const others = Array.from({ length: 5 }, () => town.openCase());
  for (const one of others) await one.order({ provider: slow.id });

  await town.advance('PT2H');
  for (const one of cases) await one.tell('order.confirmed', { order: 'O-1', channel: 'api' });
  await town.moveTo('2026-11-24 12:00');
  for (const one of cases) await one.tell('service.started', { order: 'O-1', date: '2026-11-24' });
  // Nobody at Beta confirms before Tuesday is over; one begins in time all the same.
  await others[0]!.tell('service.started', { order: 'O-1', date: '2026-11-24' });
  await town.moveTo('2026-11-26 12:00');

  const { providers, total } = await statistics('2026-11-23', '2026-11-23');
  expect(providers).toMatchObject([
    {
      provider: quick.id,
      orders: 6,
      confirmJudged: 6,
      confirmedInTime: 6,
      hoursToConfirmMedian: 2,
      startedInTime: 6,
      daysToStartP90: null,
      breaches: 0,
    },
    {
      provider: slow.id,
      orders: 5,
      confirmJudged: 5,
      confirmedInTime: 0,
      startedInTime: 1,
      daysToStartP90: null,
      breaches: 9,
    },
  ]);
  // One start alone is about somebody, and the other provider's would give it away.
  expect(providers.map(({ withheld }) => withheld)).toEqual(
    [0, 1].map(() => ['started', 'daysToStartMedian', 'daysToStartP90']),
  );
  expect(total).toMatchObject({ orders: 11, confirmedInTime: 6, breaches: 9, daysToStartP90: 1, withheld: [] });
  expect(await statistics('2026-11-24', '2026-12-31')).toMatchObject({ providers: [], total: { orders: 0 } });

  const answer = await town.api('GET', '/api/statistics?from=2026-11-23&to=2026-11-23', undefined, {
    accept: 'text/csv',
  });
  expect(answer.headers.get('content-type')).toContain('text/csv');
  expect(answer.text).toContain(`2026-11-23,2026-11-23,${quick.id},Alfa,6,0,6,6,`);

  // What comes to be known late changes what was told.
  await others[1]!.tell('order.confirmed', { order: 'O-1', channel: 'officer' }, { at: '2026-11-24 09:00' });
  expect((await statistics('2026-11-23', '2026-11-23')).providers[1]).toMatchObject({
    confirmedInTime: 1,
    breaches: 8,
  });
});

test('B5: a period that is none is refused with a pointer', async () => {
  const answer = await town.api('GET', '/api/statistics?from=2026-12-31&to=2026-01-01');
  expect(answer.status).toBe(400);
  expect(answer.body).toMatchObject({ errors: [{ pointer: '#/query/to' }] });
  expect((await town.ask('GET', '/api/statistics')).status).toBe(401);
});
