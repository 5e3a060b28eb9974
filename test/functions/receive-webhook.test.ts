import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { createHandler, MOST_A_MINUTE } from '../../functions/receive-webhook/handler.ts';
import { memoryBus } from '../../functions/shared/bus/memory.ts';
import type { Response } from '../../functions/shared/http.ts';
import { memoryKeys } from '../../functions/shared/keys/memory.ts';
import { memoryPartnerStates } from '../../functions/shared/partners/memory.ts';
import { secretOf } from '../../functions/shared/partners/secrets.ts';
import { memoryQuota } from '../../functions/shared/quota/memory.ts';
import type { Quota } from '../../functions/shared/quota/quota.ts';
import { memoryReceipts } from '../../functions/shared/receipts/memory.ts';
import { fact, HEMVARD, KOMMUNEN, MONDAY_10, order, recall, recorded, wire } from '../support/facts.ts';
import { jsonIn, request } from '../support/messages.ts';
import { municipality, openOffice, type Office } from '../support/office.ts';
import { sign } from '../support/partner.ts';
import { personnummer } from '../support/personal-numbers.ts';

let office: Office;
beforeEach(async () => {
  office = await openOffice();
  await office.tell(order(MONDAY_10));
});

interface Sending {
  readonly id?: string;
  readonly type?: string;
  readonly to?: string;
  readonly secret?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly base64?: boolean;
}

const openDoor = async (providers: readonly string[] = [HEMVARD.id], quota: Quota = memoryQuota()) => {
  const bus = memoryBus();
  const keys = memoryKeys();
  const partners = memoryPartnerStates();
  const [key] = await keys.of('webhooks');
  await office.registers.put('partner', { id: 'carefox', name: 'Carefox', providers: [...providers] });
  await partners.put('carefox', { generations: [{ number: 1, key: key.version }] }, undefined);
  const handler = createHandler({
    ...office,
    bus,
    keys,
    partners,
    quota,
    receipts: memoryReceipts(),
    routines: municipality.routines,
    clock: office.clock.now,
  });
  let ids = 0;
  const send = async (
    body: unknown,
    { id, type = 'application/cloudevents+json', to = 'carefox', secret, headers = {}, base64 = true }: Sending = {},
  ): Promise<Response> => {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    ids += 1;
    const at = office.clock.now();
    const signed = sign(text, secret ?? secretOf('carefox', { number: 1 }, key), { id: id ?? `m${String(ids)}`, at });
    return handler(
      request('POST /webhooks/{partner}', {
        path: { partner: to },
        body: text,
        base64,
        headers: { 'content-type': type, ...signed, ...headers },
      }),
    );
  };
  return { bus, send, handler };
};

const said = (name: string, data: object, more: object = {}) =>
  wire(name, MONDAY_10, data, { source: '/carefox', ...more });

const pointersIn = (answer: Response): string[] =>
  (jsonIn(answer) as { errors?: { pointer: string }[] }).errors?.map(({ pointer }) => pointer) ?? [];

describe('a partner system may say what a provider can say of its own orders', () => {
  test.each([
    ['order.confirmed', { order: 'O-1', channel: 'webhook' }],
    ['order.queried', { order: 'O-1', question: 'Vilken dag?' }],
    ['client.contacted', { order: 'O-1' }],
    ['start.agreed', { order: 'O-1', date: '2026-11-25', agreedWith: 'client' }],
    ['service.started', { order: 'O-1', date: '2026-11-23' }],
    ['service.notExecuted', { order: 'O-1', reason: 'Ingen hemma' }],
    ['plan.submitted', { order: 'O-1' }],
    ['service.paused', { order: 'O-1', from: '2026-12-01', reason: 'Sjukhus' }],
    ['deviation.reported', { order: 'O-1', text: 'Sen ankomst' }],
    ['absence.known', { order: 'O-1', from: '2026-12-01' }],
  ])('%s', async (name, data) => {
    const { bus, send } = await openDoor();
    for (const base64 of [true, false]) {
      const answer = await send(said(name, data), { type: base64 ? undefined : 'application/json', base64 } as Sending);
      expect([answer.statusCode, answer.body]).toEqual([202, expect.stringContaining('/carefox')]);
    }
    expect(bus.published[0]).toMatchObject({
      source: 'frist.inbound',
      fact: { type: `se.frist.${name}.v1`, door: 'webhook', partner: 'carefox', time: office.clock.now().toString() },
    });
  });

  test.each([
    [
      'an order',
      said('order.sent', {
        order: 'O-1',
        service: 'service',
        provider: HEMVARD.id,
        officer: 'anna',
        period: { from: '2026-12-01' },
      }),
      '#/type',
    ],
    ['that it is recalled', said('order.recalled', { order: 'O-1', reason: 'Fel' }), '#/type'],
    [
      'that a limit is put off',
      said('deadline.postponed', { order: 'O-1', rule: 'start', until: '2026-12-01', by: 'client', reason: 'Önskan' }),
      '#/type',
    ],
    [
      'that it was told',
      said('provider.contacted', { order: 'O-1', provider: HEMVARD.id, channel: 'phone' }),
      '#/type',
    ],
    ['another channel', said('order.confirmed', { order: 'O-1', channel: 'officer' }), '#/data/channel'],
    [
      'on behalf of another',
      said('order.confirmed', { order: 'O-1', channel: 'webhook', onBehalfOf: KOMMUNEN.id }),
      '#/data/onBehalfOf',
    ],
    ['a first visit tomorrow', said('service.started', { order: 'O-1', date: '2026-11-24' }), '#/data/date'],
    [
      'a first visit in an hour',
      said('service.started', { order: 'O-1', date: '2026-11-23', at: '2026-11-23T11:00:00+01:00' }),
      '#/data/at',
    ],
    ['an end next week', said('service.ended', { order: 'O-1', on: '2026-11-30', reason: 'ended' }), '#/data/on'],
    [
      'by the name of Frist',
      said('client.contacted', { order: 'O-1' }, { source: '/frist/provider-page' }),
      '#/source',
    ],
    ['the door itself', said('client.contacted', { order: 'O-1' }, { door: 'link' }), '#/door'],
    ['who it is', said('client.contacted', { order: 'O-1' }, { partner: 'other' }), '#/partner'],
    [
      'a personnummer',
      said('order.queried', { order: 'O-1', question: `Är det ${personnummer('811218', '987')}?` }),
      '#/data/question',
    ],
    ['an unknown field', said('client.contacted', { order: 'O-1', more: 1 }), '#/data/more'],
    ['a list', [said('client.contacted', { order: 'O-1' })], '#'],
  ])('but not %s', async (_, body, pointer) => {
    const { bus, send } = await openDoor();
    const answer = await send(body);
    expect([answer.statusCode, pointersIn(answer)]).toEqual([422, [pointer]]);
    expect(bus.published).toEqual([]);
  });

  test('nor of an order that was recalled', async () => {
    await office.tell(recall(MONDAY_10));
    const { send } = await openDoor();
    expect(pointersIn(await send(said('order.confirmed', { order: 'O-1', channel: 'webhook' })))).toEqual([
      '#/data/order',
    ]);
  });

  test('of a switch it is the side that its provider is on', async () => {
    await office.tell(
      fact('switch.requested', MONDAY_10, {
        switch: 'X-1',
        service: 'personalCare',
        from: 'O-1',
        toProvider: KOMMUNEN.id,
      }),
    );
    const agreed = (by: string) => said('switch.dateAgreed', { switch: 'X-1', date: '2026-12-01', by });
    const leaving = await openDoor([HEMVARD.id]);
    expect((await leaving.send(agreed('leaving'))).statusCode).toBe(202);
    expect(pointersIn(await leaving.send(agreed('incoming')))).toEqual(['#/data/by']);
    expect(pointersIn(await leaving.send(agreed('officer')))).toEqual(['#/data/by']);
    const incoming = await openDoor([KOMMUNEN.id]);
    expect((await incoming.send(agreed('incoming'))).statusCode).toBe(202);
    const neither = await openDoor(['another']);
    expect((await neither.send(agreed('incoming'))).statusCode).toBe(403);
  });
});

test('what is sent again, signed anew, was heard when it first came (rows B4, K3)', async () => {
  const { send, bus } = await openDoor();
  const confirmed = said('order.confirmed', { order: 'O-1', channel: 'webhook' });
  const first = office.clock.now().toString();
  expect((await send(confirmed, { id: 'a' })).statusCode).toBe(202);
  office.clock.moveTo('2026-11-25 10:00');
  expect((await send(confirmed, { id: 'a' })).statusCode).toBe(202);
  expect(bus.published.map(({ fact: one }) => one.time)).toEqual([first, first]);
});

test('what names another’s fact does not take its place', async () => {
  const { send, bus } = await openDoor();
  const sent = order(MONDAY_10, { order: 'O-2', provider: KOMMUNEN.id });
  await send(said('client.contacted', { order: 'O-1' }, { source: sent.source, id: sent.id }));
  await office.tell(...bus.published.map((one) => one.fact));
  await office.tell(sent);
  expect((await office.story()).filter((line) => line === 'order.sent')).toHaveLength(2);
});

test('a fact that was refused when it was to be recorded is answered with the reasons when it is sent again', async () => {
  const { send, bus } = await openDoor();
  const confirmed = said('order.confirmed', { order: 'O-1', channel: 'webhook' });
  expect((await send(confirmed, { id: 'a' })).statusCode).toBe(202);
  // The recall was recorded before it.
  await office.tell(recall(MONDAY_10));
  await office.tell(...bus.published.map((one) => one.fact));
  expect(await office.story()).toContain('fact.refused');
  expect((await office.journal.load('2026-0417')).at(-1)).toMatchObject({ partner: 'carefox' });
  office.clock.moveTo('2026-11-23 10:02');
  const again = await send(confirmed, { id: 'a' });
  expect([again.statusCode, pointersIn(again)]).toEqual([422, ['#/data/order']]);
});

test.each([
  ['carefox', 422, ['#/data/order']],
  ['another', 202, []],
] as const)('what was refused of what %s said is known to nobody else', async (partner, status, pointers) => {
  const { send } = await openDoor();
  const confirmed = said('order.confirmed', { order: 'O-1', channel: 'webhook' });
  const { source, id, type } = confirmed as unknown as { source: string; id: string; type: string };
  const refused = { refused: { source, id, type }, reasons: [{ path: '/data/order', message: 'was recalled' }] };
  const all = await office.journal.load('2026-0417');
  // Nothing stands in its way any more but that it was refused.
  await office.journal.append(
    recorded(fact('fact.refused', MONDAY_10, refused, { source: '/frist/record-fact', partner }), all.length + 1),
  );
  const answer = await send(confirmed);
  expect([answer.statusCode, pointersIn(answer)]).toEqual([status, pointers]);
});

test('so many a minute are let in, of those that are signed', async () => {
  const { send } = await openDoor();
  const junk = async () => (await send('{}', { secret: 'whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' })).statusCode;
  for (let count = 0; count < MOST_A_MINUTE; count += 1) {
    await junk();
    expect((await send('{}')).statusCode).toBe(422);
  }
  const over = await send('{}');
  expect(over).toMatchObject({ statusCode: 429, headers: { 'retry-after': '60' } });
  office.clock.moveTo('2026-11-23 10:01');
  expect((await send('{}')).statusCode).toBe(422);
});

describe('not understood', () => {
  const latin = Buffer.from([...Buffer.from('{"a":"'), 0xe5, ...Buffer.from('"}')]);
  test.each([
    ['XML', '<fact/>', 'application/xml', 415],
    ['a form', 'a=b', 'application/x-www-form-urlencoded', 415],
    ['nothing said of its type', '{}', '', 415],
    ['another set of characters', '{}', 'application/json; charset=iso-8859-1', 415],
    ['a list of facts', '[]', 'application/cloudevents-batch+json', 415],
    ['no JSON', '{"specversion":', undefined, 400],
    ['nothing', '', undefined, 400],
    ['2 MB', `"${'x'.repeat(2_000_000)}"`, undefined, 413],
  ])('%s', async (_, body, type, status) => {
    const { send, bus } = await openDoor();
    const answer = await send(body, type === undefined ? {} : { type });
    expect(answer).toMatchObject({ statusCode: status, headers: { 'content-type': 'application/problem+json' } });
    expect(bus.published).toEqual([]);
  });

  test('bytes that are no UTF-8', async () => {
    const { handler } = await openDoor();
    const answer = await handler({
      ...request('POST /webhooks/{partner}', {
        path: { partner: 'carefox' },
        headers: { 'content-type': 'application/cloudevents+json' },
      }),
      body: latin.toString('base64'),
      isBase64Encoded: true,
    });
    expect(answer.statusCode).toBe(400);
  });

  test.each(['nobody', '', '../carefox', 'carefox\n', 'CAREFOX', 'x'.repeat(64), '%00'])(
    'a partner called %j',
    async (to) => {
      const { send } = await openDoor();
      expect((await send(said('client.contacted', { order: 'O-1' }), { to })).statusCode).toBe(401);
    },
  );
});

test(
  '10,000 webhooks made by chance: none is taken, none breaks the door, and no secret is said',
  { timeout: 120_000 },
  async () => {
    const { send, bus } = await openDoor([HEMVARD.id], { take: async () => ({ ok: true }) });
    // Of a provider's own kinds, and of an order that is its own: one thing is made wrong in each.
    const whole = said('service.started', { order: 'O-1', date: '2026-11-23' });
    const junk = fc.oneof(
      fc.anything({ maxDepth: 2 }),
      fc.string({ unit: 'binary' }),
      fc.constantFrom('\r\nBcc: a', '<script>', '\0', null),
    );
    const field = fc.constantFrom('specversion', 'type', 'subject', 'time', 'data');
    const broken = fc.oneof(
      fc.tuple(field, junk).map(([name, value]) => ({ ...whole, [name]: value === whole[name] ? null : value })),
      fc.tuple(fc.constantFrom('order', 'date', 'at'), junk).map(([name, value]) => ({
        ...whole,
        data: { ...whole.data, [name]: typeof value === 'string' && name === 'order' ? `${value}?` : (value ?? null) },
      })),
      fc.tuple(fc.string({ minLength: 1 }), junk).map(([name, value]) => ({ ...whole, [`${name}-`]: value ?? null })),
      fc.nat(JSON.stringify(whole).length - 1).map((length) => JSON.stringify(whole).slice(0, length)),
      fc.json(),
      fc.string({ unit: 'binary' }),
    );
    const headers = fc.oneof(
      { arbitrary: fc.constant({}), weight: 3 },
      {
        arbitrary: fc.dictionary(
          fc.constantFrom('webhook-id', 'webhook-timestamp', 'webhook-signature', 'content-type'),
          fc.string({ unit: 'binary' }),
          { minKeys: 1 },
        ),
        weight: 1,
      },
    );
    const answers = new Map<number | undefined, number>();
    const check = async (body: unknown, more: Record<string, string>): Promise<void> => {
      const text = typeof body === 'string' ? body : (JSON.stringify(body) ?? '');
      const answer = await send(text, { headers: more });
      answers.set(answer.statusCode, (answers.get(answer.statusCode) ?? 0) + 1);
      expect([400, 401, 403, 415, 422]).toContain(answer.statusCode);
      expect(answer.headers).toMatchObject({ 'content-type': 'application/problem+json' });
      expect(answer.body).not.toContain('whsec_');
    };
    await fc.assert(fc.asyncProperty(broken, headers, check), { numRuns: 10_000 });
    expect(bus.published).toEqual([]);
    // Most get past the signature, and are refused for what they say.
    expect(answers.get(422) ?? 0).toBeGreaterThan(2000);
    expect(office.lines.filter(({ code }) => code === 'REQUEST_FAILED')).toEqual([]);
  },
);
