import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { functions } from '../../../infra/local/functions.ts';
import { startSystem, type LocalSystem } from '../../../infra/local/system.ts';
import { moment } from '../../support/facts.ts';
import { openBrowser } from '../../support/sign-in.ts';

/*
 * Row H5, its last part: the safety-alarm and night teams may send urgent orders too. They sign in as what they are, or
 * their own system calls by a token with that role.
 */

const PAGE = '/watch/urgent';
let system: LocalSystem | undefined;

beforeAll(async () => {
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  system = await startSystem({
    functions,
    now: moment('2026-12-08 22:15'),
    tokens: { 'night-team': ['emergency'] },
    backOff: [1],
    log: () => undefined,
  });
  for (const id of ['hemvard', 'akut', 'annan'])
    await send('PUT', `/api/providers/${id}`, { name: `Utförare ${id}`, mail: `${id}@example.org`, kind: 'private' });
  await send('PUT', '/api/lists/hemtjanst', { providers: [{ id: 'not-yet' }, { id: 'akut' }, { id: 'annan' }] });
});

afterAll(async () => {
  await system?.stop();
  vi.restoreAllMocks();
});

const web = (): string => system?.web ?? '';

const send = async (method: string, path: string, body?: object, token = 'local'): Promise<Response> => {
  const answer = await fetch(`${web()}${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  });
  await system?.queues.idle();
  return answer;
};

const orderFact = (subject: string, data: object): object => ({
  specversion: '1.0',
  id: `${subject}-${JSON.stringify(data).length}`,
  source: '/night',
  type: 'se.frist.order.sent.v1',
  subject,
  time: moment('2026-12-08 22:15').toString(),
  data: {
    order: 'O-1',
    service: 'personalCare',
    provider: 'hemvard',
    officer: 'anna',
    period: { from: '2026-12-08' },
    routine: 'hemtjanst',
    ...data,
  },
});

const urgent = { order: 'O-2', urgency: 'urgent', startWithinHours: 3 };

const caseOf = async (number: string) =>
  (await (await send('GET', `/api/cases/${number}`)).json()) as {
    orders: { order: string; provider: string }[];
    deadlines: { row: string; about: string; due: string; status: string }[];
  };

/** The night team, signed in at its own page. */
const nightTeam = async () => {
  const browser = openBrowser();
  const { url, answer } = await browser.signIn(web(), 'nattpatrullen', PAGE);
  expect(url).toBe(`${web()}${PAGE}`);
  const [, key = ''] = /name="answer" value="([^"]+)"/u.exec(await answer.text()) ?? [];
  const post = async (form: Record<string, string>): Promise<{ status: number; text: string }> => {
    const posted = await browser.once(`${web()}${PAGE}`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ answer: key, ...form }).toString(),
    });
    await system?.queues.idle();
    return { status: posted.status, text: (await posted.text()).replaceAll(/<style[^]*?<\/style>|<[^>]+>|\s+/gu, ' ') };
  };
  return { browser, post };
};

const FORM = { service: 'personalCare', hours: '3' };

describe('H5: the night team sends an urgent order', () => {
  test('H5: on its page: it goes to the provider that the client has, with its own limit in hours', async () => {
    await send('POST', '/api/facts', orderFact('2026-1', {}));
    const { post } = await nightTeam();
    const sent = await post({ ...FORM, case: '2026-1' });
    expect(sent.text).toContain('Uppdraget är skickat till Utförare hemvard');
    expect(sent.text).toContain('onsdag 9 december 2026 01:15');

    const { orders, deadlines } = await caseOf('2026-1');
    expect(orders.map(({ provider }) => provider)).toEqual(['hemvard', 'hemvard']);
    // Three hours from then, at night, with no cutoff.
    expect(deadlines).toContainEqual(
      expect.objectContaining({ row: 'H5', due: moment('2026-12-09 01:15').toString(), status: 'open' }),
    );
    const mails = system?.mails.all().filter(({ to }) => to.includes('hemvard@example.org')) ?? [];
    expect(mails).toHaveLength(2);
    expect(mails.at(-1)?.text).not.toMatch(/personlig|omvårdnad/iu);
  });

  test('H5: once, however often the form is posted', async () => {
    await send('POST', '/api/facts', orderFact('2026-2', {}));
    const { post } = await nightTeam();
    for (let time = 0; time < 3; time += 1) expect((await post({ ...FORM, case: '2026-2' })).status).toBe(200);
    expect((await caseOf('2026-2')).orders).toHaveLength(2);
  });

  test('H5: for a client without a provider: it goes to the next on the emergency list, when the number is confirmed', async () => {
    const { post } = await nightTeam();
    const unknown = await post({ ...FORM, case: '2026-3' });
    expect(unknown.status).toBe(422);
    expect(unknown.text).toContain('Frist känner inte ärendet');
    const sent = await post({ ...FORM, case: '2026-3', new: 'yes' });
    expect(sent.text).toContain('Uppdraget är skickat till Utförare akut');
    expect((await caseOf('2026-3')).orders).toMatchObject([{ provider: 'akut' }]);
    const next = await nightTeam();
    expect((await next.post({ ...FORM, case: '2026-4', new: 'yes' })).text).toContain('Utförare annan');
  });

  test.each([
    [{ case: '', ...FORM }, 'Skriv ärendets nummer'],
    [{ case: '?', ...FORM }, 'Det är inget ärendenummer'],
    [{ case: '19121212-1212', ...FORM, new: 'yes' }, 'ser ut att ha ett personnummer'],
    [{ case: '2026-1', hours: '3' }, 'Välj vad som behövs'],
    [{ case: '2026-1', ...FORM, hours: '0' }, '1 till 23'],
    [{ case: '2026-1', ...FORM, hours: '24' }, '1 till 23'],
    [{ case: '2026-1', ...FORM, hours: 'tre' }, '1 till 23'],
  ])('H5: not when it is filled in like %j: %s', async (form, said) => {
    const { post } = await nightTeam();
    const before = (await caseOf('2026-1')).orders.length;
    const refused = await post(form);
    expect(refused.status).toBe(422);
    expect(refused.text).toContain(said);
    expect((await caseOf('2026-1')).orders).toHaveLength(before);
  });

  test("H5: not by another site's form in the night team's browser", async () => {
    const { browser } = await nightTeam();
    const posted = await browser.once(`${web()}${PAGE}`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'cross-site' },
      body: new URLSearchParams({ answer: 'urgent-aaaaaaaaaaa', case: '2026-1', ...FORM }).toString(),
    });
    expect(posted.status).toBe(403);
  });

  test('H5: through the API by its own token, and nothing else: no other order, no other fact, and it reads nothing', async () => {
    const tell = async (fact: object) => (await send('POST', '/api/facts', fact, 'night-team')).status;
    await send('POST', '/api/facts', orderFact('2026-5', {}));
    expect(await tell(orderFact('2026-5', urgent))).toBe(202);
    expect((await caseOf('2026-5')).orders).toHaveLength(2);
    expect(await tell(orderFact('2026-5', { order: 'O-3' }))).toBe(403);
    expect(
      await tell({
        ...orderFact('2026-5', {}),
        type: 'se.frist.order.recalled.v1',
        data: { order: 'O-1', reason: 'Nej' },
      }),
    ).toBe(403);
    for (const path of ['/api/cases/2026-5', '/api/cases/2026-5/journal', '/api/deadlines', '/api/providers'])
      expect((await send('GET', path, undefined, 'night-team')).status, path).toBe(403);
  });
});

describe('the page is for nobody else', () => {
  test('a reader is told so', async () => {
    const { answer } = await openBrowser().signIn(web(), 'maj', PAGE);
    expect(answer.status).toBe(403);
  });

  test('the session of the night team is over in the morning: it signs in again', async () => {
    const { browser } = await nightTeam();
    await send('POST', '/local/clock', { advance: 'PT7H59M' });
    expect((await browser.once(`${web()}${PAGE}`)).status).toBe(200);
    await send('POST', '/local/clock', { advance: 'PT1M' });
    const over = await browser.once(`${web()}${PAGE}`);
    expect([over.status, over.headers.get('location')]).toEqual([303, '/login?to=%2Fwatch%2Furgent']);
  });
});
