import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, test } from 'vitest';
import { memoryReceipts } from '../../../functions/shared/receipts/memory.ts';
import { tableReceipts } from '../../../functions/shared/receipts/table.ts';
import { dynamoForTests, newCase } from '../../support/dynamo.ts';
import { moment } from '../../support/facts.ts';

const table = dynamoForTests();
const NOW = moment('2026-11-23 10:00');
const LATER = NOW.add({ minutes: 5 });

describe.each([
  { name: 'in memory', open: memoryReceipts },
  { name: 'in the table', open: () => tableReceipts(table()) },
])('receipts $name', ({ open }) => {
  const begin = () => {
    const receipts = open();
    const received = { partner: newCase(), id: 'msg_1', timestamp: NOW, body: '{"a":1}' };
    return { receipts, received };
  };

  test('a webhook is taken once for each time that it is signed, and was heard when it first came', async () => {
    const { receipts, received } = begin();
    expect(await receipts.take(received, NOW)).toMatchObject({ kind: 'taken', at: NOW });
    expect(await receipts.take(received, LATER)).toEqual({ kind: 'replayed' });
    expect(await receipts.take({ ...received, timestamp: LATER }, LATER)).toMatchObject({ kind: 'taken', at: NOW });
    expect(await receipts.take({ ...received, timestamp: LATER }, LATER)).toEqual({ kind: 'replayed' });
    expect(await receipts.take(received, LATER)).toEqual({ kind: 'replayed' });
  });

  test('an id is of one body, and of one partner', async () => {
    const { receipts, received } = begin();
    await receipts.take(received, NOW);
    expect(await receipts.take({ ...received, timestamp: LATER, body: '{}' }, LATER)).toEqual({ kind: 'reused' });
    expect(await receipts.take({ ...received, partner: newCase() }, NOW)).toMatchObject({ kind: 'taken' });
    expect(await receipts.take({ ...received, id: 'msg_2' }, NOW)).toMatchObject({ kind: 'taken' });
  });

  test('of many replays at once one is taken', async () => {
    const { receipts, received } = begin();
    const taken = await Promise.all(Array.from({ length: 8 }, async () => receipts.take(received, NOW)));
    expect(taken.filter(({ kind }) => kind === 'taken')).toHaveLength(1);
  });
});

test('the table keeps neither ids nor bodies, and says when a receipt can go', async () => {
  const partner = newCase();
  await tableReceipts(table()).take({ partner, id: 'msg_secret', timestamp: NOW, body: 'the body' }, NOW);
  const { Items = [] } = await table().client.send(new ScanCommand({ TableName: table().name }));
  const row = Items.find(({ pk }) => pk === `webhook#${partner}`);
  expect(row?.['expires']).toBe(moment('2026-12-07 10:00').epochMilliseconds / 1000);
  expect(JSON.stringify(row)).not.toMatch(/msg_secret|the body/u);
});
