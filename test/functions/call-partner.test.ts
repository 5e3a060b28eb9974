import { describe, expect, test } from 'vitest';
import type { Temporal } from 'temporal-polyfill';
import { createHandler } from '../../functions/call-partner/handler.ts';
import { TOLD_OF, type ThinEvent } from '../../functions/shared/partners/told.ts';
import type { Outcome } from '../../functions/shared/calls/calls.ts';
import { memoryCalls } from '../../functions/shared/calls/memory.ts';
import { memoryDeliveries } from '../../functions/shared/deliveries/memory.ts';
import { memoryKeys } from '../../functions/shared/keys/memory.ts';
import { memoryPartnerStates } from '../../functions/shared/partners/memory.ts';
import { nextAttempt } from '../../functions/shared/deliveries/retries.ts';
import { memorySchedules } from '../../functions/shared/schedules/memory.ts';
import { catalogue, nameOf, type Fact } from '../../events/catalogue.ts';
import { wiring } from '../../infra/wiring.ts';
import { fact, HEMVARD, KOMMUNEN, moment, MONDAY_10, order, read, recall, recorded, wire } from '../support/facts.ts';
import { batch, failedIn, onBus } from '../support/messages.ts';
import { municipality, openOffice } from '../support/office.ts';

const openPartner = async (providers: readonly string[] = [HEMVARD.id], since = '2026-11-23 09:00') => {
  const office = await openOffice();
  const outcome: { next: Outcome } = { next: { status: 204 } };
  const calls = memoryCalls(() => outcome.next);
  const wakes = memorySchedules(office.clock.now);
  const deliveries = memoryDeliveries(() => office.wall.now);
  const partners = memoryPartnerStates();
  const keys = memoryKeys();
  const [key] = await keys.of('webhooks');
  await office.registers.put('partner', {
    id: 'carefox',
    name: 'Carefox',
    providers: [...providers],
    url: 'https://carefox.example/frist',
  });
  const state = { generations: [{ number: 1, key: key.version }], since: moment(since).toString() };
  await partners.put('carefox', state, undefined);
  const handler = createHandler({
    ...office,
    calls,
    deliveries,
    keys,
    partners,
    schedules: wakes,
    routines: municipality.routines,
    clock: office.clock.now,
  });
  return {
    office,
    outcome,
    calls,
    wakes,
    deliveries,
    partners,
    keys,
    handler,
    /** Has facts recorded, without telling anybody. */
    record: async (...facts: readonly Fact[]): Promise<void> => {
      for (const one of facts) {
        const sequence = (await office.journal.load(one.subject)).length + 1;
        await office.journal.append(recorded(one, sequence, office.clock.now().toString()));
      }
    },
    hear: async (one: Fact) => handler(batch(onBus(one, 'frist.recorded'))),
    wake: async () => handler(batch({ deliver: { partner: 'carefox', case: '2026-0417' } })),
    told: (): ThinEvent[] => calls.made.map(({ body }) => JSON.parse(body) as ThinEvent),
    lines: (): string[] => calls.made.map(({ body }) => nameOf(JSON.parse(body) as ThinEvent)),
  };
};

test('the wiring brings it the facts that partners are told of', () => {
  expect(wiring['call-partner'].queue?.facts?.names).toEqual(TOLD_OF);
  expect(TOLD_OF.every((name) => name in catalogue)).toBe(true);
});

test('what was to be told again by now, and whose schedule was lost, is taken up each night, and nothing else', async () => {
  const partner = await openPartner();
  const sent = order(MONDAY_10);
  await partner.record(sent);
  partner.outcome.next = { status: 500 };
  await partner.hear(sent);
  const [[name] = ['']] = [...partner.wakes.created];
  const nightly = async () => partner.handler(batch({ daily: true }));
  await nightly();
  expect([...partner.wakes.created.keys()]).toEqual([name]);

  partner.wakes.complete(name);
  partner.outcome.next = { status: 204 };
  partner.office.clock.moveTo('2026-11-24 07:00');
  await nightly();
  expect([...partner.wakes.created.values()]).toEqual([
    expect.objectContaining({ message: { deliver: { partner: 'carefox', case: '2026-0417' } } }),
  ]);
  await partner.wake();
  expect(partner.lines()).toEqual(['order.sent', 'order.sent']);
  partner.wakes.complete([...partner.wakes.created.keys()][0] ?? '');
  await nightly();
  expect(partner.wakes.created.size).toBe(0);
});

describe('what a partner is told', () => {
  test('of what came before its order: after the order, also when later news of the case had been told by then', async () => {
    const partner = await openPartner();
    const first = order(MONDAY_10);
    const early = recall(MONDAY_10, { order: 'O-2' });
    const news = fact('order.confirmed', MONDAY_10, { order: 'O-1', channel: 'api' });
    const second = order(MONDAY_10, { order: 'O-2', service: 'service' });
    await partner.record(first, early, news);
    await partner.hear(news);
    expect(partner.lines()).toEqual(['order.sent', 'order.confirmed']);

    await partner.record(second);
    await partner.hear(second);
    await partner.hear(second);
    expect(partner.lines().slice(2)).toEqual(['order.sent', 'order.recalled']);
    expect(partner.told().map(({ sequence }) => sequence)).toEqual([1, 3, 4, 4]);
    expect(new Set(partner.told().map(({ id }) => id)).size).toBe(4);
  });

  test('of each of those again alone, where it was not taken', async () => {
    const partner = await openPartner();
    const early = recall(MONDAY_10);
    const sent = order(MONDAY_10);
    await partner.record(early, sent);
    partner.outcome.next = { status: 500 };
    await partner.hear(sent);
    expect(partner.lines()).toEqual(['order.sent']);
    partner.outcome.next = { status: 204 };
    partner.office.clock.moveTo('2026-11-23 10:05');
    await partner.wake();
    expect(partner.lines()).toEqual(['order.sent', 'order.sent', 'order.recalled']);
    await partner.wake();
    expect(partner.lines()).toHaveLength(3);
  });

  test('of an order that replaces its own, sent to another: that its own is replaced', async () => {
    const partner = await openPartner();
    const sent = order(MONDAY_10);
    const replacing = order(MONDAY_10, { order: 'O-2', provider: KOMMUNEN.id, replaces: 'O-1' });
    await partner.record(sent, replacing);
    await partner.hear(replacing);
    expect(partner.told().map(({ data }) => data)).toEqual([{ order: 'O-1' }, { replaces: 'O-1' }]);
  });

  test('of a switch: both sides, and the one that leaves of its order too when it is done', async () => {
    for (const [provider, data] of [
      [HEMVARD.id, [{ order: 'O-1' }, { switch: 'X-1' }, { order: 'O-1', switch: 'X-1' }]],
      [KOMMUNEN.id, [{ switch: 'X-1' }, { switch: 'X-1' }]],
    ] as const) {
      const partner = await openPartner([provider]);
      const done = fact('switch.completed', MONDAY_10, { switch: 'X-1', on: '2026-11-23' });
      await partner.record(
        order(MONDAY_10),
        fact('switch.requested', MONDAY_10, {
          switch: 'X-1',
          service: 'personalCare',
          from: 'O-1',
          toProvider: KOMMUNEN.id,
        }),
        done,
      );
      await partner.hear(done);
      expect(partner.told().map((event) => event.data)).toEqual(data);
    }
  });

  test('of its own facts: that they are recorded, or were refused, and why', async () => {
    const partner = await openPartner();
    const own = { source: '/carefox', partner: 'carefox', door: 'webhook' };
    const said = fact('client.contacted', MONDAY_10, { order: 'O-1' }, own);
    const refused = fact(
      'fact.refused',
      MONDAY_10,
      {
        refused: { type: 'se.frist.order.confirmed.v1', id: 'c-1', source: '/carefox' },
        reasons: [{ path: '/data/order', message: 'the order O-1 was recalled' }],
      },
      { partner: 'carefox' },
    );
    const others = fact('fact.refused', MONDAY_10, refused.data, { partner: 'other' });
    await partner.record(order(MONDAY_10), said, refused, others);
    await partner.hear(refused);
    expect(partner.told().map(({ data }) => data)).toEqual([
      { order: 'O-1' },
      { order: 'O-1', said: { source: '/carefox', id: said.id } },
      { refused: refused.data.refused, reasons: refused.data.reasons },
    ]);
  });

  test('of a limit: the reminder to the provider, and not what is told to the case officer', async () => {
    const partner = await openPartner();
    const about = (audience: string) =>
      read({
        ...wire('deadline.reminded', MONDAY_10, {
          order: 'O-1',
          rule: 'confirm',
          due: '2026-11-24T23:00:00Z',
          audience,
          step: 1,
        }),
      });
    await partner.record(order(MONDAY_10), about('provider'), about('officer'));
    await partner.hear(about('officer'));
    expect(partner.told().map(({ type, data }) => [type, data])).toEqual([
      ['se.frist.order.sent.v1', { order: 'O-1' }],
      ['se.frist.deadline.reminded.v1', { order: 'O-1' }],
    ]);
  });

  test('nothing of what was recorded before it had an address, nor of other providers, mails, choices and decisions', async () => {
    const late = await openPartner([HEMVARD.id], '2026-11-23 10:30');
    await late.record(order(MONDAY_10));
    await late.hear(order(MONDAY_10));
    expect(late.calls.made).toEqual([]);
    const other = await openPartner([KOMMUNEN.id]);
    await other.record(order(MONDAY_10), recall(MONDAY_10));
    await other.hear(recall(MONDAY_10));
    expect(other.calls.made).toEqual([]);
  });
});

describe('in order, at least once', () => {
  test('a message that comes twice, late or of an old fact tells nothing twice', async () => {
    const partner = await openPartner();
    const [sent, recalled] = [order(MONDAY_10), recall(MONDAY_10)];
    await partner.record(sent, recalled);
    await partner.hear(recalled);
    await partner.hear(sent);
    await partner.hear(recalled);
    await partner.wake();
    expect(partner.lines()).toEqual(['order.sent', 'order.recalled']);
    expect(partner.told().map(({ sequence }) => sequence)).toEqual([1, 2]);
  });

  test('what comes while another tells is told by the other, and a wake stands by in case it died', async () => {
    const partner = await openPartner();
    await partner.record(order(MONDAY_10));
    await partner.deliveries.takeTurn({ partner: 'carefox', case: '2026-0417', holder: 'dead' });
    expect(failedIn(await partner.hear(order(MONDAY_10)))).toEqual([]);
    expect(partner.calls.made).toEqual([]);
    expect([...partner.wakes.created.values()].map(({ at }) => at.toString())).toEqual([
      moment('2026-11-23 10:02').toString(),
    ]);
    partner.office.wall.now += 60_000;
    await partner.wake();
    expect(partner.lines()).toEqual(['order.sent']);
  });

  test('an error on the way fails the message, and leaves the turn free', async () => {
    const partner = await openPartner();
    await partner.record(order(MONDAY_10));
    const broken = createHandler({
      ...partner.office,
      calls: partner.calls,
      deliveries: {
        ...partner.deliveries,
        markTold: async () => {
          throw new TypeError('no table');
        },
      },
      keys: partner.keys,
      partners: partner.partners,
      schedules: partner.wakes,
      routines: municipality.routines,
      clock: partner.office.clock.now,
    });
    expect(failedIn(await broken(batch(onBus(order(MONDAY_10), 'frist.recorded'))))).toEqual(['m1']);
    await partner.hear(order(MONDAY_10));
    // It had been told, and nobody knew: the id says that it is the same.
    expect(partner.lines()).toEqual(['order.sent', 'order.sent']);
    expect(new Set(partner.told().map(({ id }) => id)).size).toBe(1);
  });

  test('a long silence is told some at a time', async () => {
    const partner = await openPartner();
    const asked = Array.from({ length: 11 }, () =>
      fact('order.queried', MONDAY_10, { order: 'O-1', question: 'Vilken dag?' }),
    );
    await partner.record(order(MONDAY_10), ...asked);
    await partner.wake();
    expect(partner.calls.made).toHaveLength(5);
    expect([...partner.wakes.created.values()].map(({ message }) => message)).toEqual([
      { deliver: { partner: 'carefox', case: '2026-0417' } },
    ]);
    await partner.wake();
    await partner.wake();
    expect(partner.told().map(({ sequence }) => sequence)).toEqual(Array.from({ length: 12 }, (_, index) => index + 1));
  });

  test('a wake that comes before its time arms again and calls nobody', async () => {
    const partner = await openPartner();
    partner.outcome.next = { failed: 'timeout' };
    await partner.record(order(MONDAY_10));
    await partner.hear(order(MONDAY_10));
    await partner.wake();
    expect(partner.calls.made).toHaveLength(1);
    const failure = await partner.deliveries.failure('carefox', '2026-0417');
    expect(failure).toMatchObject({ why: 'timeout', attempts: 1, status: 'retrying' });
    expect([...partner.wakes.created.values()].map(({ at }) => at.toString())).toEqual([failure?.next]);
  });

  test('a partner that asks to be left alone for an hour is', async () => {
    const partner = await openPartner();
    partner.outcome.next = { status: 429, retryAfterSeconds: 3600 };
    await partner.record(order(MONDAY_10));
    await partner.hear(order(MONDAY_10));
    expect(await partner.deliveries.failure('carefox', '2026-0417')).toMatchObject({
      next: moment('2026-11-23 11:00').toString(),
    });
  });
});

test('it is tried ten times in three days, and those that failed together do not come back together', () => {
  const hoursOf = (caseNumber: string): number[] => {
    const start = moment(MONDAY_10);
    const times: number[] = [];
    for (let at: Temporal.Instant | undefined = start, attempts = 1; at !== undefined; attempts += 1) {
      times.push((at.epochMilliseconds - start.epochMilliseconds) / 3_600_000);
      at = nextAttempt({ partner: 'carefox', case: caseNumber, attempts }, at);
    }
    return times;
  };
  const all = Array.from({ length: 50 }, (_, index) => hoursOf(`2026-${String(index)}`));
  for (const times of all) {
    expect(times).toHaveLength(10);
    expect(times.at(-1)).toBeGreaterThan(64);
    expect(times.at(-1)).toBeLessThan(80);
  }
  expect(new Set(all.map((times) => times.at(-1))).size).toBeGreaterThan(30);
});
