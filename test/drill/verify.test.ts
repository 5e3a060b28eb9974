import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { tableJournal } from '../../functions/shared/journal/table.ts';
import { verifyJournals } from '../../infra/drill/verify.ts';
import { dynamoForTests, newCase } from '../support/dynamo.ts';
import { confirmation, MONDAY_10, order, recorded } from '../support/facts.ts';

const table = dynamoForTests();
const verified = async () => verifyJournals(table().client, table().name);

/** `npm run drill -- --verify`, as an operator runs it. */
const drill = async (...args: string[]) =>
  promisify(execFile)(process.execPath, [fileURLToPath(new URL('../../infra/drill/main.ts', import.meta.url)), ...args])
    .then(({ stdout }) => ({ status: 0, stdout }))
    .catch((error: { code: number; stdout: string }) => ({ status: error.code, stdout: error.stdout }));

test('a restored table is verified: whole journals are counted, and each that is not is named with what is wrong', async () => {
  const journal = tableJournal(table());
  const [whole, gap, foreign, headless] = [newCase(), newCase(), newCase(), newCase()];
  const facts = (subject: string) => [
    order(MONDAY_10, {}, { subject }),
    confirmation('2026-11-23 11:00', {}, { subject }),
  ];
  for (const [index, fact] of facts(whole).entries()) await journal.append(recorded(fact, index + 1));
  // What is no journal is not looked at.
  await table().client.send(new PutCommand({ TableName: table().name, Item: { pk: `case#${whole}`, sk: 'watched' } }));
  expect(await verified()).toEqual({ cases: 1, facts: 2, faults: [] });
  expect(await drill('--verify', table().name)).toMatchObject({ status: 0 });

  for (const [index, fact] of facts(gap).entries()) await journal.append(recorded(fact, index * 2 + 1));
  const put = async (pk: string, sk: string, fact: string) =>
    table().client.send(new PutCommand({ TableName: table().name, Item: { pk: `case#${pk}`, sk, fact } }));
  await put(foreign, 'fact#0000000001', JSON.stringify(recorded(order(MONDAY_10, {}, { subject: whole }), 1)));
  await put(headless, 'fact#0000000001', '{"half":');
  await put(headless, 'fact#0000000002', JSON.stringify(recorded(order(MONDAY_10, {}, { subject: headless }), 7)));

  const { cases, facts: read, faults } = await verified();
  expect([cases, read]).toEqual([4, 7]);
  expect(new Map(faults.map((fault) => [`${fault.case} ${fault.wrong}`, true])).keys().toArray().toSorted()).toEqual(
    [
      `${gap} has no fact 2, but 3`,
      `${foreign} fact 1 is of another case`,
      `${headless} fact 1 is not JSON`,
      `${headless} fact 2 says that it is fact 7`,
    ].toSorted(),
  );
  expect((await drill('--verify', table().name)).status).toBe(1);
});

test('asked for nothing, the drill says how it is asked', async () => {
  expect((await drill()).status).toBe(2);
});
