import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, test } from 'vitest';
import { memoryLinks } from '../../../functions/shared/links/memory.ts';
import { tableLinks } from '../../../functions/shared/links/table.ts';
import { dynamoForTests } from '../../support/dynamo.ts';
import { moment } from '../../support/facts.ts';

const table = dynamoForTests();
const LINK = { case: '2026-0417', order: 'O-1', audience: 'provider' } as const;
const EXPIRES = moment('2026-12-01 00:00');
const BEFORE = EXPIRES.subtract({ seconds: 1 });

describe.each([
  { name: 'in memory', open: memoryLinks },
  { name: 'in the table', open: () => tableLinks(table()) },
])('links $name', ({ open }) => {
  test('lead to what they were made for, each by a token of its own', async () => {
    const links = open();
    const other = { ...LINK, order: 'O-2' };
    const tokens = [
      await links.create(LINK, EXPIRES),
      await links.create(LINK, EXPIRES),
      await links.create(other, EXPIRES),
    ];

    expect(new Set(tokens).size).toBe(3);
    expect(await links.find(tokens[0] ?? '', BEFORE)).toEqual(LINK);
    expect(await links.find(tokens[1] ?? '', BEFORE)).toEqual(LINK);
    expect(await links.find(tokens[2] ?? '', BEFORE)).toEqual(other);
  });

  test('lead nowhere from the moment they expire', async () => {
    const links = open();
    const token = await links.create(LINK, EXPIRES);

    expect(await links.find(token, EXPIRES)).toBeUndefined();
    expect(await links.find(token, EXPIRES.add({ hours: 24 }))).toBeUndefined();
  });

  test.each(['', 'x', 'A'.repeat(22), 'A'.repeat(5000), '../../etc', '%00', 'åäö'])(
    'do not know the token %j',
    async (token) => {
      expect(await open().find(token, BEFORE)).toBeUndefined();
    },
  );
});

test('the table holds no token, only its hash, and says when the row can go', async () => {
  const token = await tableLinks(table()).create(LINK, EXPIRES);
  expect(token).toMatch(/^[\w-]{22}$/);

  const { Items = [] } = await table().client.send(new ScanCommand({ TableName: table().name }));
  expect(Items.length).toBeGreaterThan(0);
  expect(JSON.stringify(Items)).not.toContain(token);
  expect(Items.every(({ expires }) => expires === EXPIRES.epochMilliseconds / 1000)).toBe(true);
});
