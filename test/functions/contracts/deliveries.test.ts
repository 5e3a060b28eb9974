import { describe, expect, test } from 'vitest';
import { deliveryOf, idOf, TURN_MS, type Failure } from '../../../functions/shared/deliveries/deliveries.ts';
import { memoryDeliveries } from '../../../functions/shared/deliveries/memory.ts';
import { tableDeliveries } from '../../../functions/shared/deliveries/table.ts';
import { dynamoForTests, newCase } from '../../support/dynamo.ts';

const table = dynamoForTests();

const failure = (partner: string, caseNumber: string): Failure => ({
  partner,
  case: caseNumber,
  sequence: 3,
  type: 'se.frist.order.sent.v1',
  status: 'retrying',
  attempts: 1,
  why: '500',
  first: '2026-11-23T09:00:00Z',
  last: '2026-11-23T09:00:00Z',
});

describe.each([
  { name: 'in memory', open: memoryDeliveries },
  { name: 'in the table', open: (wall: () => number) => tableDeliveries(table(), wall) },
])('deliveries $name', ({ open }) => {
  const begin = () => {
    const clock = { now: 1000 };
    const subject = newCase();
    const deliveries = open(() => clock.now);
    const turn = (holder: string) => ({ partner: `p-${subject}`, case: subject, holder });
    return { clock, subject, partner: `p-${subject}`, deliveries, turn };
  };

  test('remember how far a partner has been told, and never go back', async () => {
    const { deliveries, partner, subject } = begin();
    expect(await deliveries.told(partner, subject)).toBe(0);
    await deliveries.markTold(partner, subject, 4);
    await deliveries.markTold(partner, subject, 2);
    expect(await deliveries.told(partner, subject)).toBe(4);
    expect(await deliveries.told(partner, newCase())).toBe(0);
    expect(await deliveries.told('other', subject)).toBe(0);
  });

  test('show where a partner stands still, by case, until it does not', async () => {
    const { deliveries, partner, subject } = begin();
    const other = newCase();
    await deliveries.putFailure(failure(partner, other));
    await deliveries.putFailure(failure(partner, subject));
    await deliveries.putFailure({ ...failure(partner, subject), attempts: 2 });
    expect(await deliveries.failures(partner)).toEqual([
      { ...failure(partner, subject), attempts: 2 },
      failure(partner, other),
    ]);
    await deliveries.clearFailure(partner, other);
    expect(await deliveries.failure(partner, other)).toBeUndefined();
    expect(await deliveries.failures(partner)).toHaveLength(1);
    expect(await deliveries.failures('nobody')).toEqual([]);
  });

  test('let one at a time tell, who looks again when somebody came meanwhile', async () => {
    const { deliveries, turn } = begin();
    expect(await deliveries.takeTurn(turn('a'))).toBe(true);
    expect(await deliveries.takeTurn(turn('b'))).toBe(false);
    expect(await deliveries.endTurn(turn('a'))).toBe(false);
    expect(await deliveries.endTurn(turn('a'))).toBe(true);
    expect(await deliveries.takeTurn(turn('b'))).toBe(true);
    expect(await deliveries.endTurn(turn('b'))).toBe(true);
  });

  test('end a turn that nobody ends when its time is over, and the late one changes nothing', async () => {
    const { deliveries, turn, clock } = begin();
    await deliveries.takeTurn(turn('a'));
    clock.now += TURN_MS;
    expect(await deliveries.takeTurn(turn('b'))).toBe(true);
    expect(await deliveries.endTurn(turn('a'))).toBe(true);
    expect(await deliveries.takeTurn(turn('c'))).toBe(false);
  });

  test('give the turn to one of those who come at once', async () => {
    const { deliveries, turn } = begin();
    const taken = await Promise.all(['a', 'b', 'c', 'd'].map(async (holder) => deliveries.takeTurn(turn(holder))));
    expect(taken.filter(Boolean)).toHaveLength(1);
  });
});

test.each(['2026-0417', 'Ärende 7/2026', 'Å'.repeat(64)])('the id of a delivery stands for its case: %s', (subject) => {
  const id = idOf({ partner: 'carefox', case: subject });
  expect(id).toMatch(/^[\w-]+$/u);
  expect(deliveryOf(id)).toEqual({ partner: 'carefox', case: subject });
});

test.each(['', 'x', 'A'.repeat(1000), Buffer.from('a\nb\nc').toString('base64url')])('%j is the id of none', (id) => {
  expect(deliveryOf(id)).toBeUndefined();
});
