import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import { armMornings } from '../../infra/local/mornings.ts';
import { openServers } from './harness.ts';

test('the morning comes at seven by the clock in Sweden, before and after summer time begins, and is armed once', async () => {
  const { clock, delivered, queues, schedules, store } = openServers(':memory:', {
    now: Temporal.Instant.from('2027-03-26T12:00:00Z'),
  });
  armMornings(schedules, clock.now());
  armMornings(schedules, clock.now());

  const mornings: string[] = [];
  for (let day = 0; day < 4; day += 1) {
    const due = schedules.nextDue();
    if (due === undefined) break;
    mornings.push(due.toString());
    clock.moveTo(due);
    schedules.fireDue();
  }
  expect(mornings).toEqual([
    '2027-03-27T06:00:00Z',
    '2027-03-28T05:00:00Z',
    '2027-03-29T05:00:00Z',
    '2027-03-30T05:00:00Z',
  ]);
  await queues.idle();
  expect(delivered['send-digest']).toEqual(mornings.map(() => JSON.stringify({ morning: true })));
  await queues.stop();
  store.close();
});
