import { Webhook } from 'standardwebhooks';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, onTestFinished, test } from 'vitest';
import { webhooks, type WebhookOptions } from '../../infra/cli/webhooks.ts';
import { readOptions, startPartner } from '../../infra/partner/partner.ts';
import { HEMVARD, KOMMUNEN, moment, MONDAY_10, orderWire, wire } from '../support/facts.ts';
import { openEndpoint, registerPartner } from '../support/partner.ts';
import { openTown } from '../support/town.ts';

const OWN = { providers: [HEMVARD.id] };

/** `frist webhooks`, as a terminal shows it. */
const terminal = async (url: string, options: WebhookOptions) => {
  const shown = { out: '', complaint: '' };
  const status = await webhooks(
    options,
    { url, token: 'secret' },
    {
      input: (async function* () {})(),
      write: async (text) => void (shown.out += text),
      complain: (text) => void (shown.complaint += text),
    },
  );
  return { status, ...shown };
};

const recall = () => wire('order.recalled', MONDAY_10, { order: 'O-1', reason: 'Fel omfattning' });

const confirm = (more: object = {}, data: object = {}) =>
  wire('order.confirmed', MONDAY_10, { order: 'O-1', channel: 'webhook', ...data }, { source: '/carefox', ...more });

describe('B4, K3: given a partner system that speaks for a provider', () => {
  test('B4, K3: it confirms an order by a signed webhook, timed by the door', async () => {
    const town = await openTown();
    const partner = await registerPartner(town, 'carefox', OWN);
    expect(partner.secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/u);
    await town.tell(orderWire(MONDAY_10));
    await town.moveTo('2026-11-23 11:00');

    const fact = confirm({}, { plannedStart: '2026-11-24' });
    const answer = await partner.send(fact);
    expect([answer.status, answer.body]).toEqual([202, { accepted: [{ source: '/carefox', id: fact.id }] }]);
    await town.settle();
    expect((await town.life.journal()).at(-1)).toMatchObject({
      id: fact.id,
      type: 'se.frist.order.confirmed.v1',
      time: moment('2026-11-23 11:00').toString(),
      claimedtime: moment(MONDAY_10).toString(),
      door: 'webhook',
      partner: 'carefox',
      data: { order: 'O-1', channel: 'webhook', plannedStart: '2026-11-24' },
    });
    expect(await town.life.deadline('confirm')).toMatchObject({
      status: 'met',
      closed: moment('2026-11-23 11:00').toString(),
    });
  });

  test('B4: sent again it is taken and stands once; replayed it is refused; its id is of one body', async () => {
    const town = await openTown();
    const partner = await registerPartner(town, 'carefox', OWN);
    await town.tell(orderWire(MONDAY_10));
    const fact = confirm();
    expect((await partner.send(fact, { webhookId: 'msg_a' })).status).toBe(202);
    expect((await partner.send(fact, { webhookId: 'msg_a' })).status).toBe(409);
    await town.moveTo('2026-11-23 10:04');
    expect((await partner.send(fact, { webhookId: 'msg_a' })).status).toBe(202);
    expect((await partner.send(confirm(), { webhookId: 'msg_a' })).status).toBe(409);
    await town.settle();
    expect((await town.life.story()).filter((line) => line === 'order.confirmed')).toHaveLength(1);
    expect((await town.life.journal()).find(({ id }) => id === fact.id)).toMatchObject({
      time: moment(MONDAY_10).toString(),
    });
  });

  test('B4: what is forged, expired, foreign or not its to say is refused, and nothing is kept', async () => {
    const town = await openTown();
    const partner = await registerPartner(town, 'carefox', OWN);
    const other = await registerPartner(town, 'other', { providers: [KOMMUNEN.id] });
    await town.tell(orderWire(MONDAY_10), orderWire(MONDAY_10, { provider: KOMMUNEN.id }, { subject: '2026-0500' }));
    const before = await town.life.story();
    const now = moment(MONDAY_10);
    const refused = [
      await partner.send(confirm(), { by: other.secret }),
      await partner.send(confirm(), { to: 'nobody' }),
      await partner.send(confirm(), { at: now.subtract({ seconds: 301 }) }),
      await partner.send(confirm(), { at: now.add({ seconds: 301 }) }),
      await partner.send(confirm(), { headers: { 'webhook-signature': '' } }),
    ];
    expect(refused.map(({ status }) => status)).toEqual([401, 401, 401, 401, 401]);
    expect(new Set(refused.map(({ text }) => text)).size).toBe(1);
    const foreign = [
      await partner.send(confirm({ subject: '2026-0500' })),
      await partner.send(confirm({ subject: '2026-9999' })),
      await partner.send(confirm({}, { order: 'O-9' })),
    ];
    expect(foreign.map(({ status }) => status)).toEqual([403, 403, 403]);
    expect(new Set(foreign.map(({ text }) => text)).size).toBe(1);
    expect((await partner.send(recall())).status).toBe(422);
    expect((await partner.send(confirm({}, { channel: 'link' }))).status).toBe(422);
    await town.settle();
    expect(await town.life.story()).toEqual(before);
    expect(town.log.join('')).not.toContain(partner.secret);
  });

  test('B4: after a rotation the former secret is valid for a day, and what is told is signed by both', async () => {
    const town = await openTown();
    const endpoint = await openEndpoint();
    const entry = { ...OWN, url: endpoint.url };
    const partner = await registerPartner(town, 'carefox', entry);
    expect(await town.ok('PUT', '/api/partners/carefox', { name: 'carefox', ...entry })).not.toHaveProperty('secret');
    const { secret } = (await town.ok('PUT', '/api/partners/carefox?rotate=1', { name: 'carefox', ...entry })) as {
      secret: string;
    };
    expect(secret).not.toBe(partner.secret);
    expect(JSON.stringify(await town.ok('GET', '/api/partners'))).not.toContain('whsec_');

    await town.tell(orderWire(MONDAY_10));
    const [told] = endpoint.came;
    const signatures = told?.headers['webhook-signature']?.split(' ') ?? [];
    const at = new Date(moment(MONDAY_10).epochMilliseconds);
    expect(signatures).toEqual(
      [secret, partner.secret].map((one) =>
        new Webhook(one).sign(told?.headers['webhook-id'] ?? '', at, told?.body ?? ''),
      ),
    );
    expect((await partner.send(confirm())).status).toBe(202);
    await town.moveTo('2026-11-24 10:00');
    expect((await partner.send(confirm())).status).toBe(401);
    expect((await partner.send(confirm(), { by: secret })).status).toBe(202);
  });
});

describe('B4, B9: given a partner system with an address', () => {
  test('B4, B9: it is told, signed and thin, what is recorded of its providers and of nobody else', async () => {
    const town = await openTown();
    const endpoint = await openEndpoint();
    await registerPartner(town, 'carefox', { ...OWN, url: endpoint.url });
    await town.tell(
      orderWire(MONDAY_10, { goals: 'Hjälp med dusch' }),
      orderWire(MONDAY_10, { provider: KOMMUNEN.id }, { subject: '2026-0500' }),
      recall(),
    );
    expect(endpoint.lines()).toEqual(['order.sent O-1', 'order.recalled O-1']);
    expect(endpoint.came[0]?.event).toEqual({
      specversion: '1.0',
      id: endpoint.came[0]?.headers['webhook-id'],
      source: '/frist',
      type: 'se.frist.order.sent.v1',
      subject: '2026-0417',
      time: moment(MONDAY_10).toString(),
      recordedtime: moment(MONDAY_10).toString(),
      sequence: 1,
      datacontenttype: 'application/json',
      data: { order: 'O-1' },
    });
    expect(endpoint.came[0]?.headers['content-type']).toBe('application/cloudevents+json; charset=utf-8');
    expect(JSON.stringify(endpoint.came)).not.toMatch(/dusch|personalCare|anna|hemvard/iu);
  });

  test('B4: what it does not take is told again, later and later, before anything else of the case', async () => {
    const town = await openTown();
    const endpoint = await openEndpoint();
    await registerPartner(town, 'carefox', { ...OWN, url: endpoint.url });
    endpoint.answerWith(500);
    await town.tell(orderWire(MONDAY_10), orderWire(MONDAY_10, { order: 'O-2' }, { subject: '2026-0418' }));
    await town.tell(recall());
    // Of two cases either may be told first.
    expect(endpoint.lines().toSorted()).toEqual(['order.sent O-1', 'order.sent O-2']);
    const { deliveries } = (await town.ok('GET', '/api/webhooks?partner=carefox&status=retrying')) as {
      deliveries: object[];
    };
    expect(deliveries).toMatchObject([
      { case: '2026-0417', sequence: 1, type: 'se.frist.order.sent.v1', why: '500', attempts: 1 },
      { case: '2026-0418' },
    ]);

    await town.moveTo('2026-11-23 12:00');
    expect(endpoint.lines().filter((line) => line.endsWith('O-1'))).toEqual(
      Array.from({ length: 4 }, () => 'order.sent O-1'),
    );
    expect(new Set(endpoint.came.map(({ headers }) => headers['webhook-id'])).size).toBe(2);
    expect(new Set(endpoint.came.map(({ headers }) => headers['webhook-timestamp'])).size).toBeGreaterThan(3);
    endpoint.answerWith(204);
    await town.moveTo('2026-11-23 15:00');
    expect(endpoint.lines().filter((line) => line.endsWith('O-1'))).toEqual([
      ...Array.from({ length: 5 }, () => 'order.sent O-1'),
      'order.recalled O-1',
    ]);
    expect(await town.ok('GET', '/api/webhooks')).toEqual({ deliveries: [] });
    expect(await town.deadLetters()).toEqual([]);
  });

  test('B4: after three days it is given up and stands in a list, from which it can be delivered again', async () => {
    const town = await openTown();
    const endpoint = await openEndpoint();
    await registerPartner(town, 'carefox', { ...OWN, url: endpoint.url });
    endpoint.answerWith(302, { location: endpoint.url });
    await town.tell(orderWire(MONDAY_10));
    await town.moveTo('2026-11-27 12:00');
    expect(endpoint.came.filter(({ event }) => event.sequence === 1)).toHaveLength(endpoint.came.length);
    const list = (await town.ok('GET', '/api/webhooks?status=stopped')) as { deliveries: { id: string }[] };
    expect(list.deliveries).toMatchObject([{ partner: 'carefox', case: '2026-0417', why: '302', attempts: 10 }]);

    endpoint.answerWith(200);
    const id = list.deliveries[0]?.id ?? '';
    const listed = await terminal(town.web(), {});
    expect(listed.status).toBe(1);
    expect(listed.out).toMatch(/^carefox\n {2}2026-0417 {2}order\.sent\.v1 {2}stopped: 302, 10 attempts since /u);
    expect(listed.out).toContain(`--redeliver ${id}`);
    expect(await terminal(town.web(), { redeliver: id })).toMatchObject({ status: 0, complaint: '' });
    await town.moveTo('2026-11-27 12:02');
    expect(endpoint.lines().slice(-3)[0]).toMatch(/^order\.sent/u);
    expect(await town.ok('GET', '/api/webhooks')).toEqual({ deliveries: [] });
    expect((await town.api('POST', `/api/webhooks/${id}/redeliver`)).status).toBe(404);
    expect(await terminal(town.web(), {})).toMatchObject({
      status: 0,
      out: expect.stringContaining('every') as string,
    });
    expect(await terminal(town.web(), { redeliver: id })).toMatchObject({ status: 2, out: '' });
    expect(await terminal('http://127.0.0.1:1', {})).toMatchObject({
      status: 2,
      complaint: expect.stringContaining('127.0.0.1:1') as string,
    });
  });

  test('B4: an address that is gone is not called again until it is registered anew', async () => {
    const town = await openTown();
    const endpoint = await openEndpoint();
    const entry = { name: 'carefox', ...OWN, url: endpoint.url };
    await registerPartner(town, 'carefox', entry);
    endpoint.answerWith(410);
    await town.tell(orderWire(MONDAY_10));
    await town.tell(orderWire(MONDAY_10, {}, { subject: '2026-0418' }), recall());
    await town.moveTo('2026-11-24 10:00');
    expect(endpoint.came).toHaveLength(1);
    expect(await town.ok('GET', '/api/partners')).toMatchObject({
      partners: [{ disabled: moment(MONDAY_10).toString() }],
    });
    expect(await town.ok('GET', '/api/webhooks?status=disabled')).toMatchObject({
      deliveries: [{ case: '2026-0417' }, { case: '2026-0418' }],
    });

    endpoint.answerWith(200);
    await town.ok('PUT', '/api/partners/carefox', entry);
    await town.moveTo('2026-11-24 10:03');
    expect(endpoint.came.slice(1).map(({ event }) => `${event.subject} ${event.type}`)).toEqual(
      expect.arrayContaining(['2026-0417 se.frist.order.sent.v1', '2026-0417 se.frist.order.recalled.v1']),
    );
    expect(await town.ok('GET', '/api/webhooks')).toEqual({ deliveries: [] });
  });
});

test('B4: the example partner is told of an order and confirms it, knowing nothing but what is public', async () => {
  // Where the partner program's own clock is.
  const town = await openTown(Temporal.Now.instant().toString());
  const said: string[] = [];
  const confirmed = Promise.withResolvers<void>();
  const partner = await startPartner(
    readOptions({ FRIST_URL: town.web(), FRIST_TOKEN: 'secret', PARTNER_PROVIDERS: HEMVARD.id }),
    (line) => {
      said.push(line);
      if (line.includes('order.confirmed')) confirmed.resolve();
    },
  );
  onTestFinished(partner.stop);
  await town.tell(orderWire(town.now().toString()));
  await confirmed.promise;
  expect(said).toEqual([
    '2026-0417: se.frist.order.sent.v1',
    '2026-0417: bekräftade O-1, Frist svarade 202',
    '2026-0417: se.frist.order.confirmed.v1',
  ]);
  expect(await town.life.deadline('confirm')).toMatchObject({ status: 'met' });
});
