import { expect, test, vi } from 'vitest';
import { wiring } from '../../infra/wiring.ts';
import { sign } from '../support/partner.ts';
import { moment, MONDAY_10 } from '../support/facts.ts';
import { openTown, type Answered } from '../support/town.ts';

vi.setConfig({ testTimeout: 120_000 });

/*
 * Every route of the wiring, whoever added it, with what should not come: nothing breaks, nothing is said again that was not
 * for others to see, and nothing has an effect.
 */

const routes = Object.values(wiring).flatMap((each) => Object.keys(each.routes ?? {}));

const HTML = '<script>alert(1)</script>';
const PRIVATE = 'private-5e1f0a';

/** What stands in the place of each parameter of a path. */
const PARAMETERS = [
  'x',
  '..%2f..%2fetc%2fpasswd',
  '2026-0417%0d%0aset-cookie:%20a=b',
  encodeURIComponent(HTML),
  '%00',
  '%E0%A4%A',
  'å'.repeat(300),
  'A'.repeat(3000),
  "'%20OR%201=1--",
];

const NAMES = [
  'id',
  'name',
  'mail',
  'mails',
  'kind',
  'providers',
  'url',
  'absences',
  'type',
  'data',
  'subject',
  'answer',
];
const every = (value: unknown): string => JSON.stringify(Object.fromEntries(NAMES.map((name) => [name, value])));
const JSON_TYPE = 'application/json';
const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;

/** Bodies that nobody should take, and what they say they are. */
const BODIES: readonly (readonly [what: string, body: string | Uint8Array<ArrayBuffer>, type: string])[] = [
  ['nothing', '', JSON_TYPE],
  ['no JSON', 'name=x', JSON_TYPE],
  ['truncated JSON', '{"name": "x", "providers": [', JSON_TYPE],
  ['a number', '7', JSON_TYPE],
  ['null', 'null', JSON_TYPE],
  ['a list of lists', '[[[]]]', JSON_TYPE],
  ['very deep JSON', deep, JSON_TYPE],
  ['HTML in every field', every(HTML), JSON_TYPE],
  ['line breaks in every field', every('x\r\nBcc: alla@example.org'), JSON_TYPE],
  ['a null in every field', every(null), JSON_TYPE],
  ['another field', '{"__proto__": {"admin": true}, "constructor": 1}', JSON_TYPE],
  ['XML', '<fact/>', 'application/xml'],
  ['another set of characters', '{}', 'application/json; charset=iso-8859-1'],
  ['bytes that are no UTF-8', new Uint8Array([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d]), 'application/cloudevents+json'],
  ['a file', new Uint8Array(64), 'multipart/form-data; boundary=x'],
  ['a type with line breaks in it', '{}', 'application/json;\tx="y"; charset=utf-16'],
  ['too much', `"${'x'.repeat(1_300_000)}"`, JSON_TYPE],
];

const CREDENTIALS: readonly Readonly<Record<string, string>>[] = [
  { authorization: 'Bearer secret' },
  { authorization: `Bearer ${PRIVATE}` },
  { cookie: `__Host-frist=${PRIVATE}; frist=${PRIVATE}` },
];

test('every route, with what should not come', async () => {
  const town = await openTown();
  const before = await stateOf(town);
  const wrong: string[] = [];
  let asked = 0;
  const judge = (what: string, answer: Answered, mustRefuse: boolean): void => {
    asked += 1;
    const { status, text, headers } = answer;
    const isPage = (headers.get('content-type') ?? '').startsWith('text/html') || status === 303;
    const said = `${text} ${[...headers].flat().join(' ')}`;
    if (status >= 500) wrong.push(`${what}: ${String(status)}`);
    else if (said.includes(PRIVATE) || said.includes('whsec_')) wrong.push(`${what}: says a secret again`);
    else if (said.includes(HTML) && isPage) wrong.push(`${what}: HTML comes through`);
    else if (headers.get('set-cookie')?.includes('a=b') === true) wrong.push(`${what}: a header comes through`);
    else if (mustRefuse && !isPage && status < 400) wrong.push(`${what}: ${String(status)}`);
    else if (status >= 400 && !isPage && headers.get('content-type') !== 'application/problem+json')
      wrong.push(`${what}: ${String(status)} without a word`);
  };

  for (const route of routes) {
    const [method = '', pattern = ''] = route.split(' ');
    const withBody = method === 'POST' || method === 'PUT';
    const parameters = pattern.includes('{') ? PARAMETERS : ['x'];
    for (const parameter of parameters) {
      const path = pattern.replaceAll(/\{\w+\}/gu, parameter);
      const query = `${path}?status=${encodeURIComponent(HTML)}&cursor=%00&at=${parameter}&rotate=2&code=x&state=y`;
      for (const headers of CREDENTIALS)
        judge(
          `${route} ${parameter.slice(0, 40)}`,
          await town.ask(method, query, {
            headers: { ...headers, ...(withBody && { 'content-type': JSON_TYPE }) },
            ...(withBody && { body: '{' }),
          }),
          withBody,
        );
    }
    if (!withBody) continue;
    const path = pattern.replaceAll(/\{\w+\}/gu, 'x');
    // What acts on its address alone takes no body, and so none is wrong.
    const takesBody = !route.endsWith('/redeliver');
    for (const [what, body, type] of BODIES) {
      const headers = { 'content-type': type, authorization: 'Bearer secret' };
      judge(`${route} ${what}`, await town.ask(method, path, { headers, body }), takesBody);
    }
  }
  expect(wrong).toEqual([]);
  expect(asked).toBeGreaterThan(routes.length * 3);

  await town.settle();
  expect(await stateOf(town)).toEqual(before);
  expect(town.deadLetters()).toEqual([]);
  expect(town.log.join('')).not.toMatch(new RegExp(`${PRIVATE}|alla@example|<script>|REQUEST_FAILED`, 'u'));
});

test('a webhook that a partner signed is refused for the same reasons, and nothing is kept', async () => {
  const town = await openTown();
  const { secret } = (await town.ok('PUT', '/api/partners/carefox', {
    name: 'Carefox',
    providers: ['hemvard-vast'],
  })) as {
    secret: string;
  };
  const before = await stateOf(town);
  for (const [index, [what, body, type]] of BODIES.entries()) {
    const text = typeof body === 'string' ? body : Buffer.from(body).toString('utf8');
    const signed = sign(text, secret, { id: `m${String(index)}`, at: moment(MONDAY_10) });
    const answer = await town.ask('POST', '/webhooks/carefox', { headers: { 'content-type': type, ...signed }, body });
    expect([400, 413, 415, 422], what).toContain(answer.status);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(answer.text).not.toContain(secret);
  }
  expect(await stateOf(town)).toEqual(before);
  expect(town.log.join('')).not.toContain(secret);
});

/** All that somebody could have changed. */
const stateOf = async (town: Awaited<ReturnType<typeof openTown>>): Promise<unknown> => ({
  registers: await Promise.all(
    ['providers', 'officers', 'roles', 'lists', 'partners'].map(async (name) => town.ok('GET', `/api/${name}`)),
  ),
  deadlines: await town.ok('GET', '/api/deadlines'),
  mails: await town.mails(),
});
