import { expect, test } from 'vitest';
import { MONDAY_10, orderWire, wire } from '../support/facts.ts';
import { personnummer, samordningsnummer } from '../support/personal-numbers.ts';
import { openTown } from '../support/town.ts';
import { type Answered } from '../support/visit.ts';

interface Problem {
  readonly title: string;
  readonly status: number;
  readonly errors?: readonly { readonly pointer: string; readonly detail: string }[];
}

const pnr = personnummer('811218', '987');
const sam = samordningsnummer('701003', '239');

/** What is sent, how it is answered, and where the answer points. */
const BAD: readonly (readonly [
  what: string,
  body: unknown,
  status: number,
  pointers?: readonly string[] | undefined,
  type?: string,
])[] = [
  ['an unknown type', orderWire(MONDAY_10, {}, { type: 'se.frist.order.made.v1' }), 422, ['#/type']],
  ['a time that is none', orderWire(MONDAY_10, {}, { time: '2026-11-23 10:00' }), 422, ['#/time']],
  ['a time that does not exist', orderWire(MONDAY_10, {}, { time: '2026-11-31T10:00:00+01:00' }), 422, ['#/time']],
  ['an unknown provider', orderWire(MONDAY_10, { provider: 'nobody' }), 422, ['#/data/provider']],
  [
    'a case number with line breaks',
    orderWire(MONDAY_10, {}, { subject: '2026-0417\nBcc: alla@example.org' }),
    422,
    ['#/subject'],
  ],
  ['a body of 2 MB', orderWire(MONDAY_10, { goals: 'x'.repeat(2_000_000) }), 413],
  ['a text that is too long', orderWire(MONDAY_10, { goals: 'x'.repeat(4001) }), 422, ['#/data/goals']],
  ['JSON that is a number', 7, 422, ['#']],
  ['JSON that is nothing', null, 422, ['#']],
  ['JSON that is a text', '"order.sent"', 422, ['#']],
  ['a list with something else in it', [orderWire(MONDAY_10), 7], 422, ['#/1']],
  ['no JSON', '{"specversion"', 400],
  ['no body', '', 400],
  ['a personnummer in a text', orderWire(MONDAY_10, { goals: `Kalle ${pnr}` }), 422, ['#/data/goals']],
  [
    'a personnummer of twelve digits',
    wire('deviation.reported', MONDAY_10, { order: 'O-1', text: `19${pnr.slice(0, 6)}-${pnr.slice(6)}` }),
    422,
    ['#/data/text'],
  ],
  [
    'a samordningsnummer in a text',
    wire('order.recalled', MONDAY_10, { order: 'O-1', reason: `${sam.slice(0, 6)} ${sam.slice(6)}` }),
    422,
    ['#/data/reason'],
  ],
  [
    'a fact that only Frist records',
    wire('mail.sent', MONDAY_10, { mail: 'm', audience: 'provider' }),
    422,
    ['#/type'],
  ],
  ['a fact in another format', orderWire(MONDAY_10), 415, undefined, 'application/xml'],
  ['a fact as a form', orderWire(MONDAY_10), 415, undefined, 'application/x-www-form-urlencoded'],
];

test('whatever is wrong with what comes in is said, and the system goes on', async () => {
  const town = await openTown();
  for (const [what, body, status, pointers, type] of BAD) {
    const answer = await town.api('POST', '/api/facts', body, type === undefined ? {} : { 'content-type': type });
    const { errors = [], ...problem } = answer.body as Problem;
    expect({
      what,
      status: answer.status,
      type: answer.headers.get('content-type'),
      problem,
      pointers: errors.map(({ pointer }) => pointer),
    }).toEqual({
      what,
      status,
      type: 'application/problem+json',
      problem: expect.objectContaining({ status, title: expect.any(String) as string }) as object,
      pointers: pointers ?? [],
    });
    expect(answer.text).not.toMatch(/Kalle|alla@example/u);
  }
  await town.settle();
  expect(await town.life.story()).toEqual([]);
  expect(await town.mails()).toEqual([]);

  await town.tell(orderWire(MONDAY_10));
  expect((await town.life.story()).toSorted()).toEqual(['mail.delivered provider', 'mail.sent provider', 'order.sent']);
  expect(await town.deadLetters()).toEqual([]);
  expect(town.log.join('')).toContain('FACT_RECORDED');
  expect(town.log.join('')).not.toMatch(/Kalle|alla@example|8112189876|uppdrag@/u);
});

test('whoever has no token, or another one, is let in nowhere but at the provider’s page', async () => {
  const town = await openTown();
  const body = JSON.stringify(orderWire(MONDAY_10));
  const refused: Answered[] = [];
  for (const authorization of ['', 'Bearer', 'Bearer other', 'Bearer secret2', 'Basic c2VjcmV0', 'secret']) {
    const headers = { 'content-type': 'application/json', ...(authorization !== '' && { authorization }) };
    refused.push(
      await town.ask('POST', '/api/facts', { headers, body }),
      await town.ask('GET', '/api/cases/2026-0417', { headers }),
      await town.ask('GET', '/api/deadlines', { headers }),
      await town.ask('PUT', '/api/providers/x', { headers, body: '{}' }),
    );
  }
  expect(new Set(refused.map(({ status }) => status))).toEqual(new Set([401]));
  expect(new Set(refused.map(({ headers }) => headers.get('www-authenticate')))).toEqual(
    new Set(['Bearer realm="frist"']),
  );
  await town.settle();
  expect(await town.life.story()).toEqual([]);
  expect((await town.ask('GET', '/p/other')).status).toBe(404);
});

test.each([
  ['GET', '/api/cases/2026-0417%0d%0aBcc:%20a', 404],
  ['GET', '/api/cases/%E0%A4%A', 400],
  ['GET', `/api/cases/${'2'.repeat(3000)}`, 404],
  ['GET', '/api/deadlines?cursor=zzzz', 400],
  ['GET', '/api/deadlines?before=soon', 400],
  ['GET', '/api/nothing', 404],
  ['DELETE', '/api/facts', 405],
  ['GET', '/p/..%2f..%2fetc', 404],
])('%s %s is answered %i', async (method, path, status) => {
  const town = await openTown();
  expect((await town.api(method, path)).status).toBe(status);
});
