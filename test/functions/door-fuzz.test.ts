import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseFact } from '../../events/catalogue.ts';
import { createHandler as callPartner } from '../../functions/call-partner/handler.ts';
import { createHandler as eraseCases } from '../../functions/erase-cases/handler.ts';
import { createHandler as keepPartners } from '../../functions/keep-partners/handler.ts';
import { createHandler as receiveMail } from '../../functions/receive-mail/handler.ts';
import { createHandler as receiveWebhook } from '../../functions/receive-webhook/handler.ts';
import { createHandler as reconcile } from '../../functions/reconcile/handler.ts';
import { createHandler as sendDigest } from '../../functions/send-digest/handler.ts';
import { memoryBus } from '../../functions/shared/bus/memory.ts';
import { memoryCalls } from '../../functions/shared/calls/memory.ts';
import { memoryDeliveries } from '../../functions/shared/deliveries/memory.ts';
import { memoryErasures } from '../../functions/shared/erasures/memory.ts';
import { memoryKeys } from '../../functions/shared/keys/memory.ts';
import { replyAddress } from '../../functions/shared/links/replies.ts';
import { memoryMessages, memoryStrays } from '../../functions/shared/messages/memory.ts';
import { memoryPartnerStates } from '../../functions/shared/partners/memory.ts';
import { secretOf } from '../../functions/shared/partners/secrets.ts';
import { memoryQuota } from '../../functions/shared/quota/memory.ts';
import { memoryReceipts } from '../../functions/shared/receipts/memory.ts';
import type { Handler } from '../../functions/shared/runtime.ts';
import { memorySchedules } from '../../functions/shared/schedules/memory.ts';
import { memorySessions } from '../../functions/shared/session/memory.ts';
import { queueNames } from '../../infra/wiring.ts';
import { EXPECTED, messageNamed } from '../messages/expected.ts';
import { HEMVARD, moment, MONDAY_10, order, recorded } from '../support/facts.ts';
import { batch, envelope, failedIn, request } from '../support/messages.ts';
import { EXAMPLES, isWell, mutated } from '../support/mutated.ts';
import { mailroomOf, municipality, openDesk, recorderOf } from '../support/office.ts';
import { sign } from '../support/partner.ts';

/*
 * The doors that `schema-fuzz` leaves: signed webhooks, the register of partners, the messages of every queue, and the mails
 * that come in.
 */

const TEN_O_CLOCK = moment(MONDAY_10);

/** A desk with an order in its journal, and a partner system that speaks for its provider. */
const open = async () => {
  const desk = await openDesk(MONDAY_10);
  await desk.journal.append(recorded(order(MONDAY_10), 1));
  const [keys, partners] = [memoryKeys(), memoryPartnerStates()];
  const [key] = await keys.of('webhooks');
  const entry = { id: 'carefox', name: 'Carefox', providers: [HEMVARD.id], url: 'https://carefox.example/frist' };
  await desk.registers.put('partner', entry);
  const generations = [{ number: 1, key: key.version }];
  await partners.put('carefox', { generations, since: TEN_O_CLOCK.toString() }, undefined);
  return { ...desk, keys, partners, secret: secretOf('carefox', { number: 1 }, key) };
};

test(
  'a signed webhook: 202 and one fact on the bus, or a reason with its place and nothing',
  { timeout: 60_000 },
  async () => {
    const office = await open();
    const told = { subject: '2026-0417', source: '/carefox' };
    const own = EXAMPLES.map((example) => ({
      ...example,
      ...told,
      data: { ...example.data, order: 'O-1', ...('channel' in example.data && { channel: 'webhook' }) },
    }));
    const taken = { yes: 0, no: 0 };
    let ids = 0;
    await fc.assert(
      fc.asyncProperty(mutated(fc.constantFrom<unknown>(...own)), async (fact) => {
        const bus = memoryBus();
        const door = receiveWebhook({
          ...office,
          bus,
          quota: memoryQuota(),
          receipts: memoryReceipts(),
          routines: municipality.routines,
          clock: office.clock.now,
        });
        const body = JSON.stringify(fact) ?? '';
        ids += 1;
        const headers = {
          'content-type': 'application/cloudevents+json',
          ...sign(body, office.secret, { id: `m${String(ids)}`, at: TEN_O_CLOCK }),
        };
        const answer = await door(request('POST /webhooks/{partner}', { path: { partner: 'carefox' }, body, headers }));
        const isTaken = answer.statusCode === 202;
        taken[isTaken ? 'yes' : 'no'] += 1;
        expect([202, 400, 403, 422]).toContain(answer.statusCode);
        expect(isWell(answer)).toBe(true);
        expect(bus.published).toHaveLength(isTaken ? 1 : 0);
        for (const { fact: heard } of bus.published) {
          expect(parseFact(heard).ok).toBe(true);
          expect(heard).toMatchObject({ partner: 'carefox', door: 'webhook', time: TEN_O_CLOCK.toString() });
        }
      }),
      { numRuns: 800 },
    );
    expect(taken.yes).toBeGreaterThan(10);
    expect(taken.no).toBeGreaterThan(200);
  },
);

test('PUT /api/partners/{id}: an entry and its secret, or a reason with its place', { timeout: 60_000 }, async () => {
  const entry = { name: 'Carefox', providers: [HEMVARD.id], url: 'https://carefox.example/frist' };
  const taken = { yes: 0, no: 0 };
  await fc.assert(
    fc.asyncProperty(
      mutated(fc.constant<unknown>(entry)),
      fc.constantFrom('carefox', 'a-1', 'å', '', '../x', 'A'),
      async (json, id) => {
        const { keys, partners, registers, clock, log } = await open();
        const door = keepPartners({
          clock: clock.now,
          deliveries: memoryDeliveries(),
          keys,
          partners,
          registers,
          schedules: memorySchedules(clock.now),
          reach: 'public',
          log,
          sessions: memorySessions({ id: 'lars', name: 'Lars Holm', roles: ['administrator'] }),
          municipality: { name: 'Exempelkommun' },
        });
        const answer = await door(request('PUT /api/partners/{id}', { path: { id }, json }));
        expect([200, 400, 415, 422]).toContain(answer.statusCode);
        expect(isWell(answer)).toBe(true);
        const isTaken = answer.statusCode === 200;
        taken[isTaken ? 'yes' : 'no'] += 1;
        // One was there before.
        const kept = await registers.list('partner');
        expect(kept).toHaveLength(isTaken && id !== 'carefox' ? 2 : 1);
      },
    ),
    { numRuns: 300 },
  );
  expect(taken.yes).toBeGreaterThan(10);
  expect(taken.no).toBeGreaterThan(50);
});

type QueueHandler = Handler<SQSEvent, SQSBatchResponse>;

const DOMAIN = 'svar.exempelkommun.example';

/** The function that reads each queue, on doubles. */
const readersOn = (desk: Awaited<ReturnType<typeof open>>): Readonly<Record<string, QueueHandler>> => {
  const shared = {
    ...desk,
    routines: municipality.routines,
    clock: desk.clock.now,
    schedules: desk.wakes,
    municipality,
    publicUrl: 'https://frist.example',
  };
  return {
    'record-fact': recorderOf(desk),
    'send-mail': mailroomOf(desk),
    'send-digest': sendDigest(shared),
    'receive-mail': receiveMail({
      ...shared,
      messages: memoryMessages(),
      strays: memoryStrays(),
      office: { ...municipality, replyDomain: DOMAIN },
    }),
    'call-partner': callPartner({
      ...shared,
      calls: memoryCalls(() => ({ status: 204 })),
      deliveries: memoryDeliveries(),
    }),
    reconcile: reconcile(shared),
    'erase-cases': eraseCases({ ...shared, erasures: memoryErasures(), messages: undefined, years: 5 }),
  };
};

const onTheBus = EXAMPLES.map((example) =>
  envelope('frist.recorded', example.type, {
    ...example,
    subject: '2026-0417',
    sequence: 2,
    recordedtime: '2026-11-23T09:00:00Z',
  }),
);

const notificationTo = (recipient: string) => ({
  notificationType: 'Received',
  mail: { messageId: 'm1', timestamp: '2026-11-23T08:59:58.123Z', source: HEMVARD.mail },
  receipt: {
    recipients: [recipient],
    spfVerdict: { status: 'PASS' },
    dmarcVerdict: { status: 'PASS' },
    spamVerdict: { status: 'PASS' },
    virusVerdict: { status: 'PASS' },
  },
});

/** What schedules, rules and SES put in queues. */
const MESSAGES = [
  { wake: { case: '2026-0417', at: '2026-11-23T09:00:00Z', anew: true } },
  { bundle: { id: 'bundle-2026-11-23T09:00Z', recipient: 'officer/anna' } },
  { deliver: { partner: 'carefox', case: '2026-0417' } },
  { resume: 'carefox' },
  { daily: true },
  { hourly: true },
  { morning: true },
  notificationTo(replyAddress('0'.repeat(32), DOMAIN)),
];

describe('a message in the queue of', () => {
  test.each(queueNames)(
    '%s: is worked on, or left to the dead letters, and never takes another with it',
    { timeout: 60_000 },
    async (name) => {
      const any = fc.oneof(
        mutated(fc.constantFrom<unknown>(...onTheBus, ...EXAMPLES, ...MESSAGES)),
        fc.string().map((text) => text as unknown),
      );
      await fc.assert(
        fc.asyncProperty(any, fc.boolean(), async (body, isText) => {
          const desk = await open();
          const before = JSON.stringify(await desk.journal.load('2026-0417'));
          const text = isText || body === undefined ? String(body) : JSON.stringify(body);
          // Beside it one that says nothing at all, which must fail alone.
          const failed = failedIn((await readersOn(desk)[name]?.(batch(text, 'no JSON'))) ?? { batchItemFailures: [] });
          expect(failed).toContain('m2');
          expect(failed.every((id) => id === 'm1' || id === 'm2')).toBe(true);
          const after = JSON.stringify(await desk.journal.load('2026-0417'));
          // What is recorded stays as it was.
          expect(after.startsWith(before.slice(0, -1))).toBe(true);
        }),
        { numRuns: 300 },
      );
    },
  );

  test('none that anybody reads is left out', async () => {
    const read = Object.keys(readersOn(await open()));
    expect(read.toSorted()).toEqual([...queueNames].toSorted());
  });
});

test(
  'a mail that comes in: a fact of its case that every door would take, whatever stands in it',
  { timeout: 60_000 },
  async () => {
    const real = Object.keys(EXPECTED)
      .map((name) => messageNamed(name))
      .filter((raw) => raw.byteLength < 20_000);
    const spoiled = fc
      .tuple(
        fc.constantFrom(...real),
        fc.array(fc.tuple(fc.nat(), fc.uint8Array({ maxLength: 40 }), fc.nat(400)), { maxLength: 5 }),
      )
      .map(([raw, changes]) => {
        let bytes = Buffer.from(raw);
        for (const [at, put, gone] of changes) {
          const place = at % (bytes.byteLength + 1);
          bytes = Buffer.concat([bytes.subarray(0, place), put, bytes.subarray(place + gone)]);
        }
        return bytes;
      });
    await fc.assert(
      fc.asyncProperty(fc.oneof(spoiled, fc.uint8Array({ maxLength: 300 })), async (raw) => {
        const desk = await open();
        const [messages, bus] = [memoryMessages(), memoryBus()];
        const reply = { case: '2026-0417', about: 'O-1', audience: 'provider', provider: HEMVARD.id } as const;
        const address = replyAddress((await desk.links.create({ reply }, moment('2027-01-01 00:00'))).reply, DOMAIN);
        await messages.arrive('m1', raw);
        const handler = receiveMail({
          ...desk,
          messages,
          bus,
          strays: memoryStrays(),
          office: { ...municipality, replyDomain: DOMAIN },
          publicUrl: 'https://frist.example',
          clock: desk.clock.now,
        });
        expect(failedIn(await handler(batch(notificationTo(address))))).toEqual([]);
        expect(bus.published.map(({ fact }) => parseFact(fact).ok)).toEqual([true]);
        expect(await messages.read('kept', 'm1')).toEqual(raw);
      }),
      { numRuns: 300 },
    );
  },
);
