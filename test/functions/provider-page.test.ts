import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import { createHandler } from '../../functions/provider-page/handler.ts';
import type { Response } from '../../functions/shared/http.ts';
import type { Bus } from '../../functions/shared/bus/bus.ts';
import { memoryBus } from '../../functions/shared/bus/memory.ts';
import { memoryQuota } from '../../functions/shared/quota/memory.ts';
import { confirmation, endOf, fact, moment, MONDAY_10, order, recall } from '../support/facts.ts';
import { request, type Asked } from '../support/messages.ts';
import { municipality, openOffice, type Office } from '../support/office.ts';

const TODAY = '2026-11-23';

const handlerOf = ({ links, journal, clock, log }: Office, bus: Bus) =>
  createHandler({ links, journal, bus, quota: memoryQuota(), municipality, clock: clock.now, log });

/** The page of the order O-1 on Monday at eleven, and what its answers put on the bus. */
const openPage = async (office: Office) => {
  const bus = memoryBus();
  const handler = handlerOf(office, bus);
  const link = { case: '2026-0417', order: 'O-1', audience: 'provider' } as const;
  const token = await office.links.create(link, moment('2026-12-01 00:00'));
  const ask = async (routeKey: string, asked: Asked = {}): Promise<Response> =>
    handler(request(routeKey, { path: { token }, ...asked }));
  return {
    bus,
    token,
    get: async (asked: Asked = {}) => ask('GET /p/{token}', asked),
    head: async (asked: Asked = {}) => ask('HEAD /p/{token}', asked),
    /** The form, posted as a browser does. */
    post: async (form: Readonly<Record<string, string>>, headers: Readonly<Record<string, string>> = {}) =>
      ask('POST /p/{token}', {
        body: new URLSearchParams(form).toString(),
        base64: true,
        headers: { 'content-type': 'application/x-www-form-urlencoded', origin: 'null', ...headers },
      }),
  };
};

/** What a reader sees. */
const wordsOf = ({ body = '' }: Response): string =>
  body
    .replace(/<style>.*<\/style>/su, ' ')
    .replaceAll(/<\/?(?:b|time)\b[^>]*>/gu, '')
    .replaceAll(/<[^>]*>/gu, ' ')
    .replaceAll(/\s+/gu, ' ')
    .trim();

let office: Office;
beforeEach(async () => {
  office = await openOffice();
  await office.tell(order(MONDAY_10, { goals: 'HEMLIGT', purpose: 'HEMLIGT' }));
  office.clock.moveTo('2026-11-23 11:00');
});

describe('reading', () => {
  test('shows the limits, soonest first, and asks for the confirmation', async () => {
    const { get } = await openPage(office);
    const page = await get();
    expect(page.statusCode).toBe(200);
    const words = wordsOf(page);
    expect(words).toContain('Ärende 2026-0417');
    expect(words).toMatch(/Bekräfta att ni har tagit emot uppdraget 1 dag 13 timmar kvar senast tisdag 24 november /);
    expect(words).toMatch(/Därefter Påbörja insatsen 1 dag 23 timmar kvar senast onsdag 25 november 10:00 /);
    expect(page.body).toContain(`<time datetime="${endOf('2026-11-24')}">`);
    expect(page.body).toContain('<form method="post"');
  });

  test('acts on nothing: neither GET nor HEAD, however often', async () => {
    const { get, head, bus } = await openPage(office);
    const before = await office.story();
    for (let time = 0; time < 3; time += 1) {
      expect((await get()).statusCode).toBe(200);
      expect((await head()).statusCode).toBe(200);
      expect((await get({ query: { tack: '', start: TODAY } })).statusCode).toBe(200);
    }
    expect(bus.published).toEqual([]);
    expect(await office.story()).toEqual(before);
  });

  test('shows nothing of the person, the service or the order’s texts', async () => {
    const { get, post } = await openPage(office);
    for (const page of [await get(), await post({}), await get({ query: { tack: '' } })]) {
      expect(page.body).not.toMatch(/HEMLIGT|personalCare|personlig omvårdnad|\banna\b|\bO-1\b/iu);
    }
  });

  test('is kept by nobody, indexed by nobody, framed by nobody, and tells its address to nobody', async () => {
    const { get, post } = await openPage(office);
    for (const page of [await get(), await post({}), await get({ path: { token: 'other' } })]) {
      expect(page.headers).toMatchObject({
        'content-type': 'text/html; charset=utf-8',
        'cache-control': 'no-store',
        'referrer-policy': 'no-referrer',
        'x-content-type-options': 'nosniff',
        'x-robots-tag': expect.stringContaining('noindex') as string,
      });
    }
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

  test.each(['other', '', 'token-999', '<b>'])('knows no link %j, and says what to do', async (token) => {
    const { get, post, bus } = await openPage(office);
    const page = await get({ path: { token } });
    expect(page.statusCode).toBe(404);
    expect(wordsOf(page)).toContain('Länken gäller inte');
    expect((await post({ start: TODAY })).statusCode).toBe(303);
    expect(bus.published).toHaveLength(1);
  });

  test('an expired link is as good as none, for reading and for answering', async () => {
    const { get, post, bus } = await openPage(office);
    office.clock.moveTo('2026-12-01 00:00');
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
    const { get } = await openPage(office);
    const token = await office.links.create(
      { case: subject, order: 'O-1', audience: 'provider' },
      moment('2026-12-01 00:00'),
    );
    expect(wordsOf(await get({ path: { token } }))).toContain(`Ärende ${subject}`);
  });
});

describe('answering', () => {
  test.each([
    ['today', { start: TODAY }, TODAY],
    ['tomorrow', { start: '2026-11-24' }, '2026-11-24'],
    ['another date', { start: 'other', date: '2026-12-07' }, '2026-12-07'],
    ['a date and a choice', { start: TODAY, date: '2026-12-07' }, TODAY],
    ['within a year', { start: 'other', date: '2027-11-24' }, '2027-11-24'],
  ])('%s confirms with that planned start, and leads back to the page', async (_, form, plannedStart) => {
    const { post, bus, token } = await openPage(office);
    const answer = await post(form);
    expect(answer).toMatchObject({
      statusCode: 303,
      headers: { location: expect.stringMatching(`^/p/${token}\\?tack`) as string },
    });
    expect(bus.published).toMatchObject([
      {
        source: 'frist.inbound',
        fact: {
          type: 'se.frist.order.confirmed.v1',
          source: '/frist/provider-page',
          subject: '2026-0417',
          time: moment('2026-11-23 11:00').toString(),
          data: { order: 'O-1', channel: 'link', plannedStart },
        },
      },
    ]);
  });

  test.each([
    ['nothing', {}, 'Välj när ni räknar med att börja.'],
    ['an empty choice', { start: '' }, 'Välj när ni räknar med att börja.'],
    ['another date, and none', { start: 'other' }, 'Ange ett datum'],
    ['another date that is none', { start: 'other', date: '2026-02-30' }, 'Ange ett datum'],
    ['words', { start: 'snart' }, 'Ange ett datum'],
    ['yesterday', { start: '2026-11-22' }, 'Ange i dag eller en senare dag.'],
    ['a slip of the keyboard', { start: 'other', date: '2062-11-24' }, 'Ange en dag inom ett år.'],
  ])('%s is no answer: 422, and the page says why', async (_, form, why) => {
    const { post, bus } = await openPage(office);
    const page = await post(form);
    expect(page.statusCode).toBe(422);
    expect(page.body).toMatch(/role="alert"/u);
    expect(wordsOf(page)).toContain(why);
    expect(page.body).toContain('<form method="post"');
    expect(bus.published).toEqual([]);
  });

  test.each([
    ['nothing', {}],
    ['JSON', { json: { start: TODAY } }],
    ['text', { body: `start=${TODAY}`, headers: { 'content-type': 'text/plain' } }],
  ])('%s that is no form is no answer', async (_, asked) => {
    const { bus, token } = await openPage(office);
    const page = await handlerOf(office, bus)(request('POST /p/{token}', { path: { token }, ...asked }));
    expect(page).toMatchObject({ statusCode: 415, headers: { 'content-type': 'text/html; charset=utf-8' } });
    expect(bus.published).toEqual([]);
  });

  test.each([
    [
      'the page itself, in a browser that keeps the address to itself',
      { origin: 'null', 'sec-fetch-site': 'same-origin' },
    ],
    ['the page itself, in a browser of old', { origin: 'null' }],
    ['the page itself', { origin: 'https://frist.example', 'sec-fetch-site': 'same-origin' }],
    ['the page itself, in a browser that says nothing', { origin: 'https://frist.example' }],
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
  ])('from %s is refused: 403', async (_, headers) => {
    const { post, bus } = await openPage(office);
    const page = await post({ start: TODAY }, headers);
    expect(page.statusCode).toBe(403);
    expect(wordsOf(page)).toContain('Svaret kom från en annan webbplats.');
    expect(bus.published).toEqual([]);
  });

  /** The page that an answer leads to. */
  const followed = async ({ headers }: Response, get: (asked: Asked) => Promise<Response>): Promise<Response> => {
    const { searchParams } = new URL(String(headers?.['location']), 'https://frist.example');
    return get({ query: Object.fromEntries(searchParams) });
  };

  test('leads to a page that thanks, before it is recorded and after', async () => {
    const { get, post, bus } = await openPage(office);
    const answered = await post({ start: '2026-11-24' });
    const waiting = await followed(answered, get);
    expect([waiting.statusCode, wordsOf(waiting)]).toEqual([200, expect.stringContaining('Tack, ')]);

    await office.tell(...bus.published.map((event) => event.fact));
    const thanks = wordsOf(await followed(answered, get));
    expect(thanks).toContain('Tack, mottagandet är bekräftat');
    expect(thanks).toContain('Ni räknar med att börja tisdag 24 november.');
  });

  test('twice is one fact, whatever the second says, and friendly', async () => {
    const { get, post, bus } = await openPage(office);
    const answers = [await post({ start: TODAY }), await post({ start: '2026-11-24' })];
    for (const answered of answers) expect(wordsOf(await followed(answered, get))).toContain('Tack, ');
    await office.tell(...bus.published.map((event) => event.fact));
    expect((await office.story()).filter((line) => line === 'order.confirmed')).toHaveLength(1);

    const published = bus.published.length;
    const again = await post({ start: TODAY });
    expect(again.statusCode).toBe(200);
    expect(wordsOf(again)).toMatch(/bekräftat/u);
    expect(bus.published).toHaveLength(published);
  });

  test('is not asked for when somebody else has confirmed, and what is left is shown', async () => {
    await office.tell(confirmation('2026-11-23 10:30', { channel: 'officer' }));
    const { get, post, bus } = await openPage(office);
    const words = wordsOf(await get());
    expect(words).not.toContain('Bekräfta mottagandet');
    expect(words).toContain('1 dag 23 timmar kvar senast onsdag 25 november 10:00');
    expect((await post({ start: TODAY })).statusCode).toBe(200);
    expect(bus.published).toEqual([]);
  });

  test.each([
    ['recalled', recall('2026-11-23 10:30'), 'Uppdraget är återkallat'],
    ['replaced', order('2026-11-23 10:30', { order: 'O-2', replaces: 'O-1' }), 'Uppdraget är ersatt'],
    [
      'ended',
      fact('service.ended', '2026-11-23 10:30', { order: 'O-1', on: TODAY, reason: 'ended' }),
      'Uppdraget är avslutat',
    ],
  ])('an order that was %s is not possible: the page says so (row S4)', async (_, ending, words) => {
    await office.tell(ending);
    const { get, post, bus } = await openPage(office);
    for (const page of [await get(), await post({ start: TODAY })]) {
      expect(page.statusCode).toBe(200);
      expect(wordsOf(page)).toContain(words);
      expect(wordsOf(page)).not.toContain('Bekräfta mottagandet');
    }
    expect(bus.published).toEqual([]);
  });

  test('with a body that is too large is refused', async () => {
    const { post, bus } = await openPage(office);
    expect((await post({ start: TODAY, more: 'x'.repeat(1_000_001) })).statusCode).toBe(413);
    expect(bus.published).toEqual([]);
  });

  test('that the bus does not take says that it failed, and the log holds no token', async () => {
    const { token } = await openPage(office);
    const broken = {
      publish: async (): Promise<void> => {
        throw new Error(`no bus for ${token}`);
      },
    };
    const handler = handlerOf(office, broken);
    const answer = await handler(
      request('POST /p/{token}', {
        path: { token },
        body: `start=${TODAY}`,
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      }),
    );
    expect(answer.statusCode).toBe(500);
    expect(office.lines.at(-1)).toMatchObject({ code: 'REQUEST_FAILED', ids: { error: 'Error' } });
    expect(JSON.stringify([office.lines, answer])).not.toContain(token);
  });
});
