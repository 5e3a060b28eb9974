import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, test } from 'vitest';
import { memoryQuota } from '../../../functions/shared/quota/memory.ts';
import { tableQuota } from '../../../functions/shared/quota/table.ts';
import { dynamoForTests, newCase } from '../../support/dynamo.ts';
import { moment } from '../../support/facts.ts';

const table = dynamoForTests();
const NOW = moment('2026-11-23 10:00').add({ seconds: 12, milliseconds: 300 });
const newKey = () => `page#${newCase()}`;

describe.each([
  { name: 'in memory', open: memoryQuota },
  { name: 'in the table', open: () => tableQuota(table()) },
])('a quota $name', ({ open }) => {
  test('lets so many through in a minute, and says how long the next has to wait', async () => {
    const [quota, key] = [open(), newKey()];
    for (let taken = 0; taken < 3; taken += 1) expect(await quota.take(key, 3, NOW)).toEqual({ ok: true });

    expect(await quota.take(key, 3, NOW)).toEqual({ ok: false, retryAfter: 48 });
    expect(await quota.take(key, 3, NOW.add({ milliseconds: 47_699 }))).toEqual({ ok: false, retryAfter: 1 });
    expect(await quota.take(key, 3, NOW.add({ milliseconds: 47_700 }))).toEqual({ ok: true });
  });

  test('counts each key by itself', async () => {
    const [quota, one, other] = [open(), newKey(), newKey()];
    await quota.take(one, 1, NOW);
    expect(await quota.take(one, 1, NOW)).toMatchObject({ ok: false });
    expect(await quota.take(other, 1, NOW)).toEqual({ ok: true });
  });

  test('lets no more through when all come at once', async () => {
    const [quota, key] = [open(), newKey()];
    const taken = await Promise.all(Array.from({ length: 12 }, async () => quota.take(key, 5, NOW)));
    expect(taken.filter(({ ok }) => ok)).toHaveLength(5);
  });
});

test('the table says when a count can go', async () => {
  const key = newKey();
  await tableQuota(table()).take(key, 1, NOW);
  const { Items = [] } = await table().client.send(new ScanCommand({ TableName: table().name }));
  const row = Items.find(({ pk }) => pk === `quota#${key}`);
  expect(row?.['expires']).toBe(moment('2026-11-23 11:00').epochMilliseconds / 1000);
});
