import { PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, test } from 'vitest';
import { memoryErasures } from '../../../functions/shared/erasures/memory.ts';
import { tableErasures } from '../../../functions/shared/erasures/table.ts';
import { dynamoForTests, newCase } from '../../support/dynamo.ts';

const table = dynamoForTests();

const receipt = (hash: string, at: string) => ({
  case: hash,
  at,
  lastNote: '2021-11-23',
  years: 5,
  eraseBy: '2027-12-31',
  items: 12,
  mails: 1,
});

describe.each([
  { name: 'in memory', open: () => memoryErasures() },
  { name: 'in the table', open: () => tableErasures(table()) },
])('erasures $name', ({ open }) => {
  test('B10: each has a receipt, kept once, the newest first', async () => {
    const erasures = open();
    const [first, second] = [receipt('aa', '2026-11-24T06:00:00Z'), receipt('bb', '2026-11-25T06:00:00Z')];
    await erasures.note(first);
    await erasures.note(second);
    await erasures.note(first);
    expect(await erasures.list(10)).toEqual([second, first]);
    expect(await erasures.list(1)).toEqual([second]);
  });

  test('a case that nothing is kept of is erased without harm', async () => {
    const erasures = open();
    const subject = newCase();
    expect(await erasures.count(subject)).toBe(0);
    await erasures.erase(subject, ['carefox']);
    expect(await erasures.count(subject)).toBe(0);
  });
});

test('B10: all that is kept of a case goes, and nothing of a case whose number begins like it', async () => {
  const { client, name } = table();
  const erasures = tableErasures(table());
  const [subject, other] = [newCase(), `${newCase()}-2`];
  const keys = [
    ...['fact#0000000001', 'mail#a', 'deadline#b', 'task#c', 'outcomes#2026-11', 'read#1', 'watched'].flatMap((sk) => [
      { pk: `case#${subject}`, sk },
      { pk: `case#${other}`, sk },
    ]),
    { pk: 'partner#carefox', sk: `told#${subject}` },
    { pk: 'partner#carefox', sk: `told#${other}` },
    { pk: 'undelivered#carefox', sk: subject },
  ];
  for (const Item of keys) await client.send(new PutCommand({ TableName: name, Item }));
  const left = async (pk: string) => {
    const { Items = [] } = await client.send(
      new QueryCommand({
        TableName: name,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': pk },
      }),
    );
    return Items.map((item) => String(item['sk']));
  };

  expect(await erasures.count(subject)).toBe(7);
  await erasures.erase(subject, ['carefox', 'another']);
  expect(await left(`case#${subject}`)).toEqual([]);
  expect(await left('undelivered#carefox')).toEqual([]);
  expect(await left('partner#carefox')).toEqual([`told#${other}`]);
  expect(await erasures.count(other)).toBe(7);
});
