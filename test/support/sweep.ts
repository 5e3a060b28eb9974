import { wiring } from '../../infra/wiring.ts';
import type { Answered } from './visit.ts';

/*
 * Every route of the wiring, whoever added it, with what should not come: nobody asking, by a method that is not there, too
 * much, malformed, and what should never be said again.
 */

export const routes = Object.values(wiring).flatMap((each) => Object.keys(each.routes ?? {}));

const HTML = '<script>alert(1)</script>';
/** What stands in the place of secrets. */
export const PRIVATE = 'private-5e1f0a';

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
export const BODIES: readonly (readonly [what: string, body: string | Uint8Array<ArrayBuffer>, type: string])[] = [
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

/** Asks every route for what it should not give; answers what came through, and how much was asked. */
export const sweep = async (
  ask: (method: string, path: string, init?: RequestInit) => Promise<Answered>,
): Promise<{ readonly wrong: readonly string[]; readonly asked: number }> => {
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
          await ask(method, query, {
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
      judge(`${route} ${what}`, await ask(method, path, { headers, body }), takesBody);
    }
  }
  for (const route of routes) {
    const [method = '', pattern = ''] = route.split(' ');
    const path = pattern.replaceAll(/\{\w+\}/gu, 'x');
    const other = await ask('PATCH', path);
    judge(`PATCH ${path}`, other, true);
    if (other.status !== 405) wrong.push(`PATCH ${path}: ${String(other.status)}`);
    if (!pattern.startsWith('/api/')) continue;
    const nobody = await ask(method, path);
    if (nobody.status !== 401) wrong.push(`${route} by nobody: ${String(nobody.status)}`);
  }
  return { wrong, asked };
};
