import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import { createHandler, MOST_POSTS_A_MINUTE } from '../../functions/provider-page/handler.ts';
import { memoryQuota } from '../../functions/shared/quota/memory.ts';
import { confirmation, endOf, fact, KOMMUNEN, moment, MONDAY_10, order, recall, start } from '../support/facts.ts';
import { request } from '../support/messages.ts';
import { municipality, openOffice, type Office } from '../support/office.ts';
import { formsOf, openFormsOf, openPage, ORDER_LINK, queryOf, wordsOf } from '../support/provider-page.ts';

const TODAY = '2026-11-23';
const FORM_TYPE = { 'content-type': 'application/x-www-form-urlencoded' };

/** Whatever the order holds of the person stands out. */
const MARKED = {
  order: 'HEMLIGT-1',
  decision: 'HEMLIGT-2',
  goals: 'HEMLIGT',
  purpose: 'HEMLIGT',
  officer: 'HEMLIGT',
} as const;

let office: Office;
beforeEach(async () => {
  office = await openOffice();
  await office.tell(order(MONDAY_10, { goals: 'HEMLIGT', purpose: 'HEMLIGT' }));
  office.clock.moveTo('2026-11-23 11:00');
});

describe('reading', () => {
  test('shows the limits, soonest first, and asks for the most urgent', async () => {
    const { get } = await openPage(office);
    const page = await get();
    expect(page.statusCode).toBe(200);
    const words = wordsOf(page);
    expect(words).toContain('Ärende 2026-0417');
    expect(words).toMatch(/Bekräfta att ni har tagit emot uppdraget 1 dag 13 timmar kvar senast tisdag 24 november /);
    expect(words).toMatch(/Därefter Påbörja insatsen 1 dag 23 timmar kvar senast onsdag 25 november 10:00 /);
    expect(page.body).toContain(`<time datetime="${endOf('2026-11-24')}">`);
    expect(openFormsOf(page)).toEqual(['order.confirmed']);
    expect(page.body).toContain('<title>Ärende 2026-0417 · Bekräfta att ni har tagit emot uppdraget</title>');
  });

  test('says so when there is nothing to do, and what may be told all the same', async () => {
    await office.tell(confirmation('2026-11-23 10:30'), start('2026-11-23 10:40'));
    const page = await (await openPage(office)).get();
    expect(wordsOf(page)).toContain('Inget att göra just nu Ni får ett mejl när en frist närmar sig.');
    expect(openFormsOf(page)).toEqual([]);
    expect(formsOf(page)).toContain('service.paused');
  });

  test('acts on nothing: neither GET nor HEAD, however often and whatever the address says', async () => {
    const { get, head, bus } = await openPage(office);
    const before = await office.story();
    for (const query of [{}, { tack: '' }, { answer: 'order.confirmed', start: TODAY }, { tack: 'x', kl: 'x' }]) {
      expect((await get({ query })).statusCode).toBe(200);
      expect((await head({ query })).statusCode).toBe(200);
    }
    expect(bus.published).toEqual([]);
    expect(await office.story()).toEqual(before);
  });

  test('shows nothing of the person, the service or anybody’s words', async () => {
    const other = await openOffice();
    const about = { order: 'HEMLIGT-1' };
    await other.tell(order(MONDAY_10, MARKED));
    const page = await openPage(other, { ...ORDER_LINK, order: 'HEMLIGT-1' });
    const seen = [await page.get(), await page.post({}), await page.get({ query: { tack: 'HEMLIGT', kl: 'HEMLIGT' } })];
    seen.push(await page.say({ answer: 'order.queried', question: 'HEMLIGT?' }));
    seen.push(await page.say({ start: TODAY }));
    await other.tell(
      start('2026-11-23 10:30', about),
      fact('service.notExecuted', MONDAY_10, { ...about, reason: 'HEMLIGT' }),
      fact('service.paused', MONDAY_10, { ...about, from: TODAY, reason: 'HEMLIGT' }),
      fact('deadline.postponed', MONDAY_10, { ...about, rule: 'start', until: TODAY, by: 'client', reason: 'HEMLIGT' }),
    );
    seen.push(await page.get());
    await other.tell(recall(MONDAY_10, { ...about, reason: 'HEMLIGT' }));
    seen.push(await page.get());
    expect(await other.story()).not.toContain('fact.refused');
    for (const { statusCode, body } of seen) {
      expect(statusCode).toBeLessThan(500);
      expect(body).not.toMatch(/HEMLIGT|personalCare|personlig omvårdnad|\banna\b/iu);
    }
  });

  test('is kept by nobody, indexed by nobody, framed by nobody, and tells its address to nobody', async () => {
    const { get, post } = await openPage(office);
    for (const page of [await get(), await post({}), await get({ path: { token: 'other' } })])
      expect(page.headers).toMatchObject({
        'content-type': 'text/html; charset=utf-8',
        'cache-control': 'no-store',
        'referrer-policy': 'no-referrer',
        'x-content-type-options': 'nosniff',
        'x-robots-tag': expect.stringContaining('noindex') as string,
      });
  });

  test('runs nothing and loads nothing: its policy allows the one style sheet in it, to the letter', async () => {
    const { get } = await openPage(office);
    const { body = '', headers } = await get();
    const [style = '', ...others] = [...body.matchAll(/<style>(.*?)<\/style>/gsu)].map(([, text = '']) => text);
    expect(others).toEqual([]);
    const hash = createHash('sha256').update(style).digest('base64');
    expect(String(headers?.['content-security-policy']).split('; ')).toEqual([
      "default-src 'none'",
      `style-src 'sha256-${hash}'`,
      "form-action 'self'",
      "base-uri 'none'",
      "frame-ancestors 'none'",
    ]);
    expect(body).not.toMatch(/<script|\son\w+=|style=|src=|https?:|url\(/i);
  });

  test('is small', async () => {
    const { get } = await openPage(office);
    expect(Buffer.byteLength((await get()).body ?? '')).toBeLessThan(50_000);
  });

  test.each(['other', '', 'token-999', '<b>'])('knows no link %j, and says what to do', async (token) => {
    const { get, ask, bus } = await openPage(office);
    for (const page of [
      await get({ path: { token } }),
      await ask('POST /p/{token}', { path: { token }, body: `start=${TODAY}`, headers: FORM_TYPE }),
    ]) {
      expect(page.statusCode).toBe(404);
      expect(wordsOf(page)).toContain('Länken gäller inte');
    }
    expect(bus.published).toEqual([]);
  });

  test('an expired link is as good as none, for reading and for answering', async () => {
    const { get, post, bus } = await openPage(office);
    office.clock.moveTo('2027-12-01 00:00');
    expect((await get()).statusCode).toBe(404);
    expect((await post({ start: TODAY })).statusCode).toBe(404);
    expect(bus.published).toEqual([]);
  });

  test('says how late it is once the limit has passed', async () => {
    const { get } = await openPage(office);
    office.clock.moveTo('2026-11-25 01:30');
    expect(wordsOf(await get())).toContain('passerat 1 timme 30 minuter senast tisdag 24 november');
  });

  test('the case number stands as it is, whatever signs it holds', async () => {
    const subject = 'Å 7:1/2_3';
    await office.tell(order(MONDAY_10, {}, { subject }));
    const { get } = await openPage(office, { ...ORDER_LINK, case: subject });
    expect(wordsOf(await get())).toContain(`Ärende ${subject}`);
  });
});

describe('confirming', () => {
  test.each([
    ['today', { start: TODAY }, TODAY],
    ['tomorrow', { start: '2026-11-24' }, '2026-11-24'],
    ['another date', { start: 'other', date: '2026-12-07' }, '2026-12-07'],
    ['a date and a choice', { start: TODAY, date: '2026-12-07' }, TODAY],
    ['within a year', { start: 'other', date: '2027-11-24' }, '2027-11-24'],
    ['the form by its name', { answer: 'order.confirmed', start: TODAY }, TODAY],
  ])('%s confirms with that planned start, at the time of the door', async (_, form, plannedStart) => {
    const { post, bus, token } = await openPage(office);
    const answer = await post(form);
    expect(answer.statusCode).toBe(303);
    expect(answer.headers?.['location']).toMatch(
      new RegExp(String.raw`^/p/${token}\?tack=order\.confirmed-[0-9a-f]{32}&kl=1795428000$`, 'u'),
    );
    expect(bus.published).toMatchObject([
      {
        source: 'frist.inbound',
        fact: {
          type: 'se.frist.order.confirmed.v1',
          source: '/frist/provider-page',
          subject: '2026-0417',
          time: moment('2026-11-23 11:00').toString(),
          door: 'link',
          data: { order: 'O-1', channel: 'link', plannedStart },
        },
      },
    ]);
  });

  test('offers the first day of the order, and no day before the one it may not begin before', async () => {
    const { get } = await openPage(office);
    const [free = ''] = wordsOf(await get()).split('Därefter');
    expect(free).toContain('uppdragets första dag, onsdag 25 november');
    expect(free).toContain('i dag');
    await office.tell(order(MONDAY_10, { order: 'O-2', startNotBefore: '2026-12-01' }));
    const later = await openPage(office, { ...ORDER_LINK, order: 'O-2' });
    const [confirming = ''] = wordsOf(await later.get()).split('Därefter');
    expect(confirming).toContain('uppdragets första dag, tisdag 1 december');
    expect(confirming).not.toContain('i dag');
  });

  test('twice, before the first is recorded, is one fact', async () => {
    const { get, post, taken } = await openPage(office);
    const answer = await post({ start: TODAY });
    await post({ start: '2026-11-24' });
    expect(taken()).toHaveLength(1);
    const thanks = await get({ query: queryOf(answer) });
    expect(wordsOf(thanks)).toContain(
      'Tack, vi har tagit emot ert svar Mottagandet bekräftat: mottaget måndag 23 november 11:00.',
    );
    expect(formsOf(thanks)).not.toContain('order.confirmed');
  });

  test('leads to a page that thanks and says what came in and when', async () => {
    const { say } = await openPage(office);
    expect(wordsOf(await say({ start: '2026-11-24' }))).toContain(
      'Tack, mottagandet är bekräftat Vi tog emot svaret måndag 23 november 11:00. Ni räknar med att börja tisdag 24 november.',
    );
  });

  test('twice, after the first is recorded, is friendly: it is done', async () => {
    const { get, post, say, bus } = await openPage(office);
    await say({ start: '2026-11-24' });
    const again = await post({ start: TODAY });
    expect(again.statusCode).toBe(200);
    expect(wordsOf(again)).toContain('Det här är redan gjort Mottagandet bekräftat måndag 23 november 11:00.');
    for (const page of [again, await get()]) {
      expect(formsOf(page)).not.toContain('order.confirmed');
      expect(openFormsOf(page)).toEqual(['service.started']);
    }
    expect(bus.published).toHaveLength(1);
  });

  test('is not asked for when somebody else has confirmed', async () => {
    await office.tell(confirmation('2026-11-23 10:30', { channel: 'officer' }));
    const { get, post, bus } = await openPage(office);
    expect(wordsOf(await get())).toContain('Det här har kommit in Mottagandet bekräftat måndag 23 november 10:30');
    expect((await post({ start: TODAY })).statusCode).toBe(200);
    expect(bus.published).toEqual([]);
  });

  test('that could not be recorded says so', async () => {
    const { post, get, record } = await openPage(office);
    const answer = await post({ start: TODAY });
    await office.tell(recall('2026-11-23 10:59'));
    await record();
    expect(wordsOf(await get({ query: queryOf(answer) }))).toContain('Svaret kunde inte registreras');
  });

  test('thanks for nothing that it was not given', async () => {
    const { get } = await openPage(office);
    const id = `order.confirmed-${'0'.repeat(32)}`;
    for (const query of [{ tack: id }, { tack: id, kl: '1' }, { tack: id, kl: '1795429000' }, { tack: 'x.y-1' }])
      expect(wordsOf(await get({ query }))).not.toContain('Tack');
  });
});

describe('an old link', () => {
  test.each([
    ['recalled', recall('2026-11-23 10:30'), 'Uppdraget är återkallat'],
    ['replaced', order('2026-11-23 10:30', { order: 'O-2', replaces: 'O-1' }), 'Uppdraget är ersatt'],
    [
      'ended by the provider',
      fact('service.ended', '2026-11-23 10:30', { order: 'O-1', on: TODAY, reason: 'ended' }, { door: 'link' }),
      'Uppdraget är avslutat',
    ],
  ])('of an order that was %s says so, and asks for nothing (row S4)', async (_, ending, words) => {
    await office.tell(ending);
    const { get, post, bus } = await openPage(office);
    for (const page of [await get(), await post({ start: TODAY })]) {
      expect(page.statusCode).toBe(200);
      expect(wordsOf(page)).toContain(words);
      expect(wordsOf(page)).toContain('Ni behöver inte göra något mer här.');
      expect(formsOf(page)).toEqual([]);
    }
    expect(bus.published).toEqual([]);
  });

  test('of an order that the municipality ends later on says until when the service is to be given (row S10)', async () => {
    await office.tell(fact('service.ended', '2026-11-23 10:30', { order: 'O-1', on: '2026-12-04', reason: 'ended' }));
    const page = await (await openPage(office)).get();
    expect(formsOf(page)).toContain('service.notExecuted');
    const words = wordsOf(page);
    expect(words).toContain('Uppdraget avslutas Insatsen ska ges till och med fredag 4 december.');
    expect(words).toContain('Besked om avslut. Sista dagen är fredag 4 december.');
  });

  test('of an order that another provider is known to take over says until when the service is to be given (row S11)', async () => {
    const wish = { switch: 'X-1', service: 'personalCare', from: 'O-1', toProvider: KOMMUNEN.id };
    await office.tell(fact('switch.requested', '2026-11-23 10:10', wish));
    await office.tell(fact('switch.completed', '2026-11-23 10:30', { switch: 'X-1', on: '2026-12-04' }));
    const page = await (await openPage(office)).get();
    expect(formsOf(page)).toContain('service.notExecuted');
    expect(wordsOf(page)).toContain('Uppdraget avslutas Insatsen ska ges till och med torsdag 3 december.');
  });

  test('of an order that the municipality ended asks for the report that is owed, and for nothing else (row K9)', async () => {
    await office.tell(fact('service.ended', '2026-11-23 10:30', { order: 'O-1', on: TODAY, reason: 'deceased' }));
    const { get, say, taken } = await openPage(office);
    expect(wordsOf(await get())).toContain('Uppdraget är avslutat');
    expect(formsOf(await get())).toEqual(['service.ended']);
    const thanks = await say({ answer: 'service.ended', reason: 'deceased', on: TODAY });
    expect(wordsOf(thanks)).toContain('Tack, att insatsen har upphört är registrerat');
    expect(formsOf(thanks)).toEqual([]);
    expect(taken()).toMatchObject([{ data: { order: 'O-1', reason: 'deceased', on: TODAY } }]);
  });
});

describe('a post', () => {
  test.each([
    [
      'the page itself, in a browser that keeps the address to itself',
      { origin: 'null', 'sec-fetch-site': 'same-origin' },
    ],
    ['the page itself, in a browser of old', { origin: 'null' }],
    ['the page itself', { origin: 'https://frist.example', 'sec-fetch-site': 'same-origin' }],
    ['the page itself, in a browser that says nothing', { origin: 'https://frist.example' }],
    [
      'the page itself, where something stands before the API',
      { origin: 'https://frist.kommun.example', 'x-forwarded-host': 'frist.kommun.example' },
    ],
  ])('from %s is taken', async (_, headers) => {
    const { post, bus } = await openPage(office);
    expect((await post({ start: TODAY }, headers)).statusCode).toBe(303);
    expect(bus.published).toHaveLength(1);
  });

  test.each([
    ['another site', { origin: 'https://annan.example' }],
    ['another site that hides', { origin: 'null', 'sec-fetch-site': 'cross-site' }],
    ['a neighbour', { origin: 'https://annan.frist.example', 'sec-fetch-site': 'same-site' }],
    ['another site that looks alike', { origin: 'https://frist.example.annan.example' }],
    ['what is no site', { origin: 'frist.example' }],
    [
      'the name behind what stands before the API',
      { origin: 'https://frist.example', 'x-forwarded-host': 'frist.kommun.example' },
    ],
  ])('from %s is refused: 403', async (_, headers) => {
    const { post, bus } = await openPage(office);
    const page = await post({ start: TODAY }, headers);
    expect(page.statusCode).toBe(403);
    expect(wordsOf(page)).toContain('Svaret kom från en annan webbplats.');
    expect(bus.published).toEqual([]);
    expect(office.lines.at(-1)).toEqual({ code: 'POST_REFUSED', ids: { why: 'foreign' } });
  });

  test.each([
    ['no type', {}],
    ['JSON', { 'content-type': 'application/json' }],
    ['text', { 'content-type': 'text/plain' }],
    ['a file', { 'content-type': 'multipart/form-data; boundary=x' }],
    ['another character set', { 'content-type': 'application/x-www-form-urlencoded; charset=iso-8859-1' }],
  ])('of %s is no form: 415', async (_, headers) => {
    const { ask, bus } = await openPage(office);
    const page = await ask('POST /p/{token}', { body: `start=${TODAY}`, headers });
    expect(page.statusCode).toBe(415);
    expect(wordsOf(page)).toContain('Svaret togs inte emot');
    expect(bus.published).toEqual([]);
  });

  test.each([64_001, 1_000_001])('of more than %i bytes is refused: 413', async (size) => {
    const { post, bus } = await openPage(office);
    expect((await post({ start: TODAY, more: 'x'.repeat(size) })).statusCode).toBe(413);
    expect(bus.published).toEqual([]);
  });

  test.each([
    ['a form that there is not', { answer: 'order.recalled', reason: 'x' }],
    ['a fact of Frist’s own', { answer: 'deadline.breached' }],
    ['markup', { answer: '<b>HEMLIGT</b>' }],
    ['a form that the order has no room for', { answer: 'service.resumed', on: TODAY }],
    ['a form that the routine does not name', { answer: 'staffing.reported', relativeHoursPerWeek: '1' }],
  ])('of %s is needless, and the page says what is asked now', async (_, form) => {
    const { post, bus } = await openPage(office);
    const page = await post(form);
    expect(page.statusCode).toBe(409);
    expect(wordsOf(page)).toContain('Svaret behövs inte längre');
    expect(page.body).not.toContain('HEMLIGT');
    expect(openFormsOf(page)).toEqual(['order.confirmed']);
    expect(bus.published).toEqual([]);
  });

  test('is taken so often in a minute, and no more', async () => {
    const { post, get, bus } = await openPage(office);
    for (let count = 0; count < MOST_POSTS_A_MINUTE; count += 1) expect((await post({})).statusCode).toBe(422);
    office.clock.moveTo(moment('2026-11-23 11:00').add({ seconds: 20 }));
    const page = await post({ start: TODAY });
    expect(page).toMatchObject({ statusCode: 429, headers: { 'retry-after': 40 } });
    expect(wordsOf(page)).toContain('Vänta en stund');
    expect(bus.published).toEqual([]);
    // Reading is free, as is another link, and the next minute.
    expect((await get()).statusCode).toBe(200);
    expect((await (await openPage(office)).post({ start: TODAY })).statusCode).toBe(303);
    office.clock.moveTo('2026-11-23 11:01');
    expect((await post({ start: TODAY })).statusCode).toBe(303);
  });

  test('that the bus does not take says that it failed, and the log holds no token', async () => {
    const { token } = await openPage(office);
    const broken = {
      publish: async (): Promise<void> => {
        throw new Error(`no bus for ${token}`);
      },
    };
    const handler = createHandler({
      ...office,
      bus: broken,
      quota: memoryQuota(),
      municipality,
      clock: office.clock.now,
    });
    const answer = await handler(
      request('POST /p/{token}', { path: { token }, body: `start=${TODAY}`, headers: FORM_TYPE }),
    );
    expect(answer.statusCode).toBe(500);
    expect(wordsOf(answer)).toContain('Något gick fel hos oss');
    expect(office.lines.at(-1)).toMatchObject({ code: 'REQUEST_FAILED', ids: { error: 'Error' } });
    expect(JSON.stringify([office.lines, answer])).not.toContain(token);
  });
});
