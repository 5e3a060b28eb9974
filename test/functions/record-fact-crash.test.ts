import { expect, test } from 'vitest';
import type { RecordedFact } from '../../functions/shared/facts.ts';
import { confirmation, fact, moment, MONDAY_10, order, recall } from '../support/facts.ts';
import { crashAt, type Fault } from '../support/faults.ts';
import { batch, failedIn, onBus } from '../support/messages.ts';
import { lineOf, openDesk, recorderOf, type Desk } from '../support/office.ts';

/*
 * The function dies at every call that it makes, before the call has done anything and after it has done all, and the
 * message is delivered again. Whatever the moment, it ends as if nothing had happened.
 */

interface Delivery {
  readonly at: string;
  readonly body: unknown;
}

const CASE = '2026-0417';

const wakeAt = (time: string): unknown => ({ wake: { case: CASE, at: moment(time).toString() } });

const delivery = (at: string, body: unknown): Delivery => ({ at, body });

const sent = onBus(order(MONDAY_10));
const confirmed = onBus(confirmation('2026-11-24 23:59'));
const agreed = fact('start.agreed', '2026-11-23 11:00', { order: 'O-1', date: '2026-11-30', agreedWith: 'client' });

/** What came before, and then the delivery that is cut short. */
const histories: Readonly<Record<string, readonly Delivery[]>> = {
  'an order': [delivery(MONDAY_10, sent)],
  'an order that is refused': [delivery(MONDAY_10, onBus(order(MONDAY_10, { provider: 'nobody' })))],
  'an order whose limits have passed': [delivery('2026-12-01 08:00', sent)],
  'an order that came before': [delivery(MONDAY_10, sent), delivery('2026-11-24 20:00', sent)],
  'a confirmation in time': [delivery(MONDAY_10, sent), delivery('2026-11-24 12:00', confirmed)],
  'a recall': [delivery(MONDAY_10, sent), delivery('2026-11-24 12:00', onBus(recall('2026-11-23 11:00')))],
  'a fact for which a limit waits': [delivery(MONDAY_10, sent), delivery('2026-11-25 00:01', onBus(agreed))],
  'a reminder': [delivery(MONDAY_10, sent), delivery('2026-11-24 15:01', wakeAt('2026-11-24 15:00'))],
  'an alert': [delivery(MONDAY_10, sent), delivery('2026-11-25 00:01', wakeAt('2026-11-25 00:00'))],
  'an alert and an escalation, late': [
    delivery(MONDAY_10, sent),
    delivery('2026-12-01 08:00', wakeAt('2026-11-25 00:00')),
  ],
  'an early wake': [delivery(MONDAY_10, sent), delivery('2026-11-24 14:30', wakeAt('2026-11-24 15:00'))],
  'an annulled alert': [
    delivery(MONDAY_10, sent),
    delivery('2026-11-25 00:01', wakeAt('2026-11-25 00:00')),
    delivery('2026-11-25 00:02', confirmed),
  ],
};

interface Ending {
  readonly journal: readonly RecordedFact[];
  readonly wakes: readonly string[];
  readonly published: ReadonlySet<string>;
  /** How many calls the last delivery made. */
  readonly calls: number;
}

/** Works a history through; the last delivery with the fault, and then until it succeeds. */
const play = async (
  history: readonly Delivery[],
  fault: Fault = crashAt(0, 'before'),
  againAt = history.at(-1)?.at ?? '',
): Promise<Ending> => {
  const desk = await openDesk(MONDAY_10);
  const deliver = async ({ at, body }: Delivery, ports: Partial<Desk> = {}): Promise<string[]> => {
    desk.clock.moveTo(at);
    return failedIn(await recorderOf(desk, ports)(batch(body)));
  };
  const [last, ...before] = history.toReversed();
  if (last === undefined) throw new Error('a history has an end');
  for (const one of before.toReversed()) expect(await deliver(one)).toEqual([]);

  const earlier = desk.bus.published.length;
  const [journal, registers, wakes, bus] = [desk.journal, desk.registers, desk.wakes, desk.bus];
  const ports = {
    journal: fault.wrap(journal),
    registers: fault.wrap(registers),
    wakes: fault.wrap(wakes),
    bus: fault.wrap(bus),
  };
  const failed = await deliver(last, ports);
  const calls = fault.calls.length;
  if (failed.length > 0) expect(await deliver({ ...last, at: againAt }, ports)).toEqual([]);

  const all = await journal.load(CASE);
  return {
    journal: all,
    wakes: [...wakes.created].map(([name, { message }]) => `${name} ${JSON.stringify(message)}`),
    published: new Set(bus.published.slice(earlier).map((event) => `${event.source} ${event.fact.id}`)),
    calls,
  };
};

const cuts = Object.keys(histories).flatMap((name) => (['before', 'after'] as const).map((when) => ({ name, when })));

test.each(cuts)('$name, cut short $when any call, ends the same', async ({ name, when }) => {
  const history = histories[name] ?? [];
  const whole = await play(history);
  expect(whole.calls).toBeGreaterThan(1);
  for (let number = 1; number <= whole.calls; number += 1) {
    const cut = await play(history, crashAt(number, when));
    expect(cut.journal, `journal, call ${String(number)}`).toEqual(whole.journal);
    expect(cut.wakes, `wakes, call ${String(number)}`).toEqual(whole.wakes);
    expect(cut.published, `published, call ${String(number)}`).toEqual(whole.published);
  }
});

test('a wake that comes after the limit but before its own minute is published, though cut short', async () => {
  // Limits that end at midnight are spread over two minutes: this case's wake stands a minute after the limit.
  const subject = '2026-0418';
  const desk = await openDesk('2026-11-24 16:00');
  await recorderOf(desk)(batch(onBus(order(MONDAY_10, {}, { subject }))));
  const limit = moment('2026-11-25 00:00');
  const wake = [...desk.wakes.created.values()].at(-1);
  expect(wake?.at).toEqual(limit.add({ minutes: 1 }));

  desk.clock.moveTo(limit.add({ seconds: 30 }));
  const fault = crashAt(1, 'before');
  expect(failedIn(await recorderOf(desk, { bus: fault.wrap(desk.bus) })(batch(wake?.message)))).toEqual(['m1']);
  const before = desk.bus.published.length;
  expect(failedIn(await recorderOf(desk)(batch(wake?.message)))).toEqual([]);
  expect(desk.bus.published.slice(before).map((event) => event.fact.type)).toEqual(['se.frist.deadline.breached.v1']);
});

test.each(cuts)(
  '$name, cut short $when any call and delivered again an hour later, leaves a wake ahead',
  async ({ name, when }) => {
    const history = histories[name] ?? [];
    const last = history.at(-1);
    if (last === undefined) throw new Error('a history has an end');
    const later = { ...last, at: moment(last.at).add({ hours: 1 }).toString() };
    const { calls } = await play(history);
    expect(calls).toBeGreaterThan(1);
    const whole = await play([...history, later]);
    const told = ({ journal }: Ending): string[] => journal.map(lineOf).toSorted();
    for (let number = 1; number <= calls; number += 1) {
      const cut = await play(history, crashAt(number, when), later.at);
      expect(told(cut), `journal, call ${String(number)}`).toEqual(told(whole));
      expect(cut.wakes, `wakes, call ${String(number)}`).toEqual(expect.arrayContaining(whole.wakes.slice(-1)));
    }
  },
);
