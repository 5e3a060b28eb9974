import { expect, test } from 'vitest';
import { functions } from '../../../infra/local/functions.ts';
import { startSystem } from '../../../infra/local/system.ts';
import exempelkommun from '../../../infra/municipalities/exempelkommun.json' with { type: 'json' };
import { endOf } from '../../support/facts.ts';
import { townForTests } from '../../support/town.ts';

/* Row S5: a municipality sets the limits that a routine leaves to it. Monday is 23 November 2026. */

const town = townForTests('2026-11-23 10:00', {
  municipality: { parameters: { ledsagning: { startWithin: { amount: 14, unit: 'days' } } } },
});

const COMPLETE = {
  service: 'companion',
  goals: 'Delta i föreningsliv.',
  purpose: 'Bryta isolering.',
  hours: { perMonth: 20, perWeek: 5 },
} as const;

test('S5: the interval of the municipality’s own procurement document holds, also for an order that names the routine', async () => {
  const vante = await town.provider({ connected: true });
  for (const routine of [undefined, 'ledsagning']) {
    const life = town.openCase();
    await life.order({ ...COMPLETE, provider: vante.id, ...(routine !== undefined && { routine }) });
    expect(await life.deadline('start')).toMatchObject({ row: 'S5', due: endOf('2026-12-07') });
  }
});

test('S5: a municipality that has not set it cannot start, and is told what is missing', async () => {
  const { parameters: _left, ...municipality } = exempelkommun;
  await expect(startSystem({ functions, municipality })).rejects.toThrow(
    'the parameter startWithin of the routine ledsagning is to be set',
  );
});
