import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, test } from 'vitest';
import { memoryLinks } from '../../../functions/shared/links/memory.ts';
import { tableLinks } from '../../../functions/shared/links/table.ts';
import { dynamoForTests } from '../../support/dynamo.ts';
import { moment } from '../../support/facts.ts';

const table = dynamoForTests();
const LINK = { case: '2026-0417', order: 'O-1', audience: 'provider' } as const;
const REPLY = { case: '2026-0417', about: 'O-1', audience: 'provider', provider: 'hemvard-vast' } as const;
const EXPIRES = moment('2026-12-01 00:00');
const BEFORE = EXPIRES.subtract({ seconds: 1 });

describe.each([
  { name: 'in memory', open: memoryLinks },
  { name: 'in the table', open: () => tableLinks(table()) },
])('links $name', ({ open }) => {
  test('lead to what they were made for, each by a token of its own', async () => {
    const links = open();
    const other = { ...LINK, order: 'O-2' };
    const made = [
      await links.create({ link: LINK, reply: REPLY }, EXPIRES),
      await links.create({ link: LINK }, EXPIRES),
      await links.create({ link: other }, EXPIRES),
    ];

    expect(new Set(made.flatMap(({ page, reply }) => [page, reply])).size).toBe(6);
    expect(await Promise.all(made.map(async ({ page }) => links.find(page, BEFORE)))).toEqual([LINK, LINK, other]);
  });

  test('have an address to reply to, by 128 bits in small letters', async () => {
    const links = open();
    const { reply } = await links.create({ link: LINK, reply: REPLY }, EXPIRES);
    expect(reply).toMatch(/^[0-9a-f]{32}$/u);
    expect(await links.answered(reply, BEFORE)).toEqual(REPLY);
  });

  test('are not opened by the address, nor is a reply taken at what the link says', async () => {
    const links = open();
    const { page, reply } = await links.create({ link: LINK, reply: REPLY }, EXPIRES);
    expect(await links.find(reply, BEFORE)).toBeUndefined();
    expect(await links.answered(page, BEFORE)).toBeUndefined();
    expect(await links.find(Buffer.from(reply, 'hex').toString('base64url'), BEFORE)).toBeUndefined();
    expect(await links.answered(Buffer.from(page, 'base64url').toString('hex'), BEFORE)).toBeUndefined();
  });

  test('lead to nothing but what they were made for', async () => {
    const links = open();
    const [opened, answered] = [
      await links.create({ link: LINK }, EXPIRES),
      await links.create({ reply: REPLY }, EXPIRES),
    ];
    expect(await links.answered(opened.reply, BEFORE)).toBeUndefined();
    expect(await links.find(answered.page, BEFORE)).toBeUndefined();
    expect(await links.answered(answered.reply, BEFORE)).toEqual(REPLY);
  });

  test('lead nowhere from the moment they expire', async () => {
    const links = open();
    const { page, reply } = await links.create({ link: LINK, reply: REPLY }, EXPIRES);

    for (const at of [EXPIRES, EXPIRES.add({ hours: 24 })]) {
      expect(await links.find(page, at)).toBeUndefined();
      expect(await links.answered(reply, at)).toBeUndefined();
    }
  });

  test.each(['', 'x', 'A'.repeat(22), 'e'.repeat(32), 'A'.repeat(5000), '../../etc', '%00', 'åäö'])(
    'do not know the token %j',
    async (token) => {
      expect(await open().find(token, BEFORE)).toBeUndefined();
      expect(await open().answered(token, BEFORE)).toBeUndefined();
    },
  );
});

test('the table holds no token, only a hash, in one item, and says when it can go', async () => {
  const count = async () => (await table().client.send(new ScanCommand({ TableName: table().name }))).Items ?? [];
  const before = (await count()).length;
  const { page, reply } = await tableLinks(table()).create({ link: LINK, reply: REPLY }, EXPIRES);
  expect(page).toMatch(/^[\w-]{22}$/);

  const items = await count();
  expect(items).toHaveLength(before + 1);
  expect(JSON.stringify(items)).not.toContain(page);
  expect(JSON.stringify(items)).not.toContain(reply);
  expect(items.every(({ expires }) => expires === EXPIRES.epochMilliseconds / 1000)).toBe(true);
});
