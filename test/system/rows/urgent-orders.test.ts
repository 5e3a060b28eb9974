import { beforeAll, describe, expect, test } from 'vitest';
import { moment, orderWire, type Wire } from '../../support/facts.ts';
import { openBrowser } from '../../support/sign-in.ts';
import { townForTests } from '../../support/town.ts';
import type { Answered } from '../../support/visit.ts';

/*
 * Row H5, its last part: the safety-alarm and night teams may send urgent orders too. They sign in as what they are, or
 * their own system calls by a token with that role.
 */

const PAGE = '/watch/urgent';
const NIGHT = '2026-12-08 22:15';
const town = townForTests(NIGHT, { tokens: { 'night-team': ['emergency'] } });

beforeAll(async () => {
  for (const id of ['hemvard', 'akut', 'annan']) await town.provider({ id, name: `Utförare ${id}` });
  await town.list('hemtjanst', [{ id: 'not-yet' }, { id: 'akut' }, { id: 'annan' }]);
});

const orderFact = (subject: string, data: object): Wire =>
  orderWire(
    NIGHT,
    { provider: 'hemvard', period: { from: '2026-12-08' }, routine: 'hemtjanst', ...data },
    { subject, source: '/night' },
  );

/** Asks as the night team's own system does. */
const byTheirSystem = async (method: string, path: string, body?: object): Promise<Answered> =>
  town.api(method, path, body, { authorization: 'Bearer night-team' });

const urgent = { order: 'O-2', urgency: 'urgent', startWithinHours: 3 };

const ordersOf = async (number: string) => (await town.openCase(number).known()).orders;

/** The night team, signed in at its own page. */
const nightTeam = async () => {
  const browser = openBrowser();
  const { url, answer } = await browser.signIn(town.web(), 'nattpatrullen', PAGE);
  expect(url).toBe(`${town.web()}${PAGE}`);
  const [, key = ''] = /name="answer" value="([^"]+)"/u.exec(await answer.text()) ?? [];
  const post = async (form: Record<string, string>): Promise<{ status: number; text: string }> => {
    const posted = await browser.once(`${town.web()}${PAGE}`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ answer: key, ...form }).toString(),
    });
    await town.settle();
    return { status: posted.status, text: (await posted.text()).replaceAll(/<style[^]*?<\/style>|<[^>]+>|\s+/gu, ' ') };
  };
  return { browser, post };
};

const FORM = { service: 'personalCare', hours: '3' };

describe('H5: the night team sends an urgent order', () => {
  test('H5: on its page: it goes to the provider that the client has, with its own limit in hours', async () => {
    await town.tell(orderFact('2026-1', {}));
    const { post } = await nightTeam();
    const sent = await post({ ...FORM, case: '2026-1' });
    expect(sent.text).toContain('Uppdraget är skickat till Utförare hemvard');
    expect(sent.text).toContain('onsdag 9 december 2026 01:15');

    const { orders, deadlines } = await town.openCase('2026-1').known();
    expect(orders.map(({ provider }) => provider)).toEqual(['hemvard', 'hemvard']);
    // Three hours from then, at night, with no cutoff.
    expect(deadlines).toContainEqual(
      expect.objectContaining({ row: 'H5', due: moment('2026-12-09 01:15').toString(), status: 'open' }),
    );
    const mails = await town.mailsTo({ mail: 'hemvard@utforare.example' });
    expect(mails).toHaveLength(2);
    expect(mails.at(-1)?.text).not.toMatch(/personlig|omvårdnad/iu);
  });

  test('H5: once, however often the form is posted', async () => {
    await town.tell(orderFact('2026-2', {}));
    const { post } = await nightTeam();
    for (let time = 0; time < 3; time += 1) expect((await post({ ...FORM, case: '2026-2' })).status).toBe(200);
    expect(await ordersOf('2026-2')).toHaveLength(2);
  });

  test('H5: for a client without a provider: it goes to the next on the emergency list, when the number is confirmed', async () => {
    const { post } = await nightTeam();
    const unknown = await post({ ...FORM, case: '2026-3' });
    expect(unknown.status).toBe(422);
    expect(unknown.text).toContain('Frist känner inte ärendet');
    const sent = await post({ ...FORM, case: '2026-3', new: 'yes' });
    expect(sent.text).toContain('Uppdraget är skickat till Utförare akut');
    expect(await ordersOf('2026-3')).toMatchObject([{ provider: 'akut' }]);
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
    const before = (await ordersOf('2026-1')).length;
    const refused = await post(form);
    expect(refused.status).toBe(422);
    expect(refused.text).toContain(said);
    expect(await ordersOf('2026-1')).toHaveLength(before);
  });

  test("H5: not by another site's form in the night team's browser", async () => {
    const { browser } = await nightTeam();
    const posted = await browser.once(`${town.web()}${PAGE}`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'cross-site' },
      body: new URLSearchParams({ answer: 'urgent-aaaaaaaaaaa', case: '2026-1', ...FORM }).toString(),
    });
    expect(posted.status).toBe(403);
  });

  test('H5: through the API by its own token, and nothing else: no other order, no other fact, and it reads nothing', async () => {
    const tell = async (fact: object) => (await byTheirSystem('POST', '/api/facts', fact)).status;
    await town.tell(orderFact('2026-5', {}));
    expect(await tell(orderFact('2026-5', urgent))).toBe(202);
    await town.settle();
    expect(await ordersOf('2026-5')).toHaveLength(2);
    expect(await tell(orderFact('2026-5', { order: 'O-3' }))).toBe(403);
    expect(
      await tell({
        ...orderFact('2026-5', {}),
        type: 'se.frist.order.recalled.v1',
        data: { order: 'O-1', reason: 'Nej' },
      }),
    ).toBe(403);
    for (const path of ['/api/cases/2026-5', '/api/cases/2026-5/journal', '/api/deadlines', '/api/providers'])
      expect((await byTheirSystem('GET', path)).status, path).toBe(403);
  });
});

describe('the page is for nobody else', () => {
  test('a reader is told so', async () => {
    const { answer } = await openBrowser().signIn(town.web(), 'maj', PAGE);
    expect(answer.status).toBe(403);
  });

  test('the session of the night team is over in the morning: it signs in again', async () => {
    const { browser } = await nightTeam();
    await town.advance('PT7H59M');
    expect((await browser.once(`${town.web()}${PAGE}`)).status).toBe(200);
    await town.advance('PT1M');
    const over = await browser.once(`${town.web()}${PAGE}`);
    expect([over.status, over.headers.get('location')]).toEqual([303, '/login?to=%2Fwatch%2Furgent']);
  });
});
