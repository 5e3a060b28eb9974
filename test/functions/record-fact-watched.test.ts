import { expect, test } from 'vitest';
import { memoryOutcomes } from '../../functions/shared/outcomes/memory.ts';
import { memoryWatchList } from '../../functions/shared/watch-list/memory.ts';
import type { WatchedDeadline, WatchList } from '../../functions/shared/watch-list/watch-list.ts';
import {
  ANNA,
  confirmation,
  endOf,
  fact,
  HEMVARD,
  MONDAY_10,
  moment,
  order,
  recall,
  recorded,
  start,
} from '../support/facts.ts';
import { batch, failedIn, onBus } from '../support/messages.ts';
import { openDesk, openOffice, recorderOf, type Desk } from '../support/office.ts';

const ALL = ['open', 'breached', 'met', 'cancelled'] as const;

const shown = async (watchList: WatchList): Promise<WatchedDeadline[]> => [
  ...(await watchList.page({ statuses: ALL, limit: 100 })).deadlines,
];

const inShort = async (watchList: WatchList): Promise<string[]> =>
  (await shown(watchList)).map(({ case: subject, rule, about, status }) => `${subject} ${about} ${rule} ${status}`);

test('an order stands on the list with its limits, due first, and with whom to ask', async () => {
  const office = await openOffice();
  await office.tell(order(MONDAY_10));
  const [confirm, begin] = await shown(office.watchList);
  expect(confirm).toEqual({
    case: '2026-0417',
    rule: 'confirm',
    about: 'O-1',
    owner: 'provider',
    kind: 'hard',
    opened: moment(MONDAY_10).toString(),
    due: endOf('2026-11-24'),
    status: 'open',
    routine: 'kundval',
    row: 'K2',
    service: 'personalCare',
    duty: 'bekräfta mottagandet',
    unit: 'days',
    provider: HEMVARD.id,
    officer: ANNA.id,
  });
  expect(begin).toMatchObject({ rule: 'start', due: moment('2026-11-25 10:00').toString() });
});

test('the list follows what happens to each case', async () => {
  const office = await openOffice();
  await office.tell(order(MONDAY_10), order(MONDAY_10, {}, { subject: '2026-0418' }));
  await office.moveTo('2026-11-24 12:00');
  await office.tell(confirmation('2026-11-24 12:00'));
  await office.moveTo('2026-11-25 00:05');
  await office.tell(start('2026-11-25 00:05'), recall('2026-11-25 00:05', { order: 'O-2' }));

  expect(await inShort(office.watchList)).toEqual([
    '2026-0417 O-1 confirm met',
    '2026-0418 O-1 confirm breached',
    '2026-0417 O-1 start met',
    '2026-0418 O-1 start open',
  ]);
});

test('what is owed by an order that is to end later on waits on the list until then, and no longer (row S10)', async () => {
  const office = await openOffice();
  const waiting = async (): Promise<string[]> =>
    (await office.watchList.waiting({ limit: 100 })).entries.map(({ rule, status }) => `${rule} ${status}`);
  await office.tell(order(MONDAY_10));
  await office.tell(fact('service.ended', MONDAY_10, { order: 'O-1', on: '2026-12-10', reason: 'moved' }));
  await office.moveTo('2026-12-09 23:55');
  expect(await waiting()).toEqual(['confirm breached', 'start breached']);
  await office.moveTo('2026-12-10 00:05');
  expect(await waiting()).toEqual([]);
});

const CASE = '2026-0417';
const facts = [order(MONDAY_10), confirmation('2026-11-23 11:00'), recall('2026-11-23 12:00')];

/** Delivers messages to record-fact in one batch, and answers the ids of those that failed. */
const deliver = async (desk: Desk, bodies: readonly unknown[], ports: Partial<Desk> = {}): Promise<string[]> =>
  failedIn(await recorderOf(desk, ports)(batch(...bodies)));

const ANEW = { wake: { case: CASE, at: moment('2026-11-23 12:00').toString(), anew: true } };

test('facts that come late, twice or out of order end in the same list', async () => {
  const [first, second, third] = facts.map((one) => onBus(one));
  for (const arrival of [
    [third, first, second],
    [first, third, second, first],
    [second, first, second, third],
  ]) {
    const desk = await openDesk('2026-11-23 12:00');
    expect(await deliver(desk, arrival)).toEqual([]);
    expect(await inShort(desk.watchList)).toEqual(['2026-0417 O-1 confirm met', '2026-0417 O-1 start cancelled']);
  }
});

test('whoever writes while more is being recorded writes that too', async () => {
  const desk = await openDesk('2026-11-23 12:00');
  const waiting = [recorded(recall('2026-11-23 12:00'), 2)];
  const watchList: Desk['watchList'] = {
    ...desk.watchList,
    replace: async (...rows) => {
      const more = waiting.pop();
      if (more !== undefined) await desk.journal.append(more);
      return desk.watchList.replace(...rows);
    },
  };
  expect(await deliver(desk, [onBus(order(MONDAY_10))], { watchList })).toEqual([]);
  expect(await inShort(desk.watchList)).toEqual(['2026-0417 O-1 confirm cancelled', '2026-0417 O-1 start cancelled']);
});

/** A desk on which the list, or the outcomes, cannot be written until they are mended. */
const openBroken = async (broken: 'watchList' | 'outcomes', at: string) => {
  const desk = await openDesk(at);
  const refuse = async (): Promise<never> => {
    throw new Error('the table does not answer');
  };
  const ports: Partial<Desk> =
    broken === 'watchList'
      ? { watchList: { ...desk.watchList, replace: refuse } }
      : { outcomes: { ...desk.outcomes, keep: refuse } };
  return { desk, ports };
};

test.each(['watchList', 'outcomes'] as const)(
  'an alert goes out although %s cannot be written, and the message comes again until it is',
  async (broken) => {
    const { desk, ports } = await openBroken(broken, '2026-11-25 00:00:30');
    const sent = onBus(order(MONDAY_10));
    expect(await deliver(desk, [sent], ports)).toEqual(['m1']);
    expect(desk.bus.published.map((event) => event.fact.type.slice(9, -3))).toEqual([
      'order.sent',
      'deadline.breached',
    ]);
    expect([...desk.wakes.created]).not.toEqual([]);
    expect(await shown(desk.watchList)).toEqual([]);

    expect(await deliver(desk, [sent])).toEqual([]);
    expect(await inShort(desk.watchList)).toEqual(['2026-0417 O-1 confirm breached', '2026-0417 O-1 start open']);
    expect(await desk.outcomes.of(['2026-11'])).toMatchObject([{ order: 'O-1', confirm: 'breached' }]);
    // It stands in the journal once, whoever has heard of it twice.
    expect((await desk.journal.load(CASE)).map(({ type }) => type.slice(9, -3))).toEqual([
      'order.sent',
      'deadline.breached',
    ]);
  },
);

test('a list that cannot be written keeps no other case of the batch back', async () => {
  const { desk, ports } = await openBroken('watchList', MONDAY_10);
  const { replace } = desk.watchList;
  const watchList: Desk['watchList'] = {
    ...desk.watchList,
    replace: async (subject, ...rest) =>
      subject === CASE ? (ports.watchList?.replace(subject, ...rest) ?? false) : replace(subject, ...rest),
  };
  const other = order(MONDAY_10, {}, { subject: '2026-0418' });
  expect(await deliver(desk, [onBus(order(MONDAY_10)), onBus(other)], { watchList })).toEqual(['m1']);
  expect(await inShort(desk.watchList)).toEqual(['2026-0418 O-1 confirm open', '2026-0418 O-1 start open']);
});

test('what has passed by one clock is not shown as open by another that is behind', async () => {
  const desk = await openDesk('2026-11-25 00:00:30');
  await deliver(desk, [onBus(order(MONDAY_10))], (await openBroken('watchList', MONDAY_10)).ports);
  desk.clock.moveTo('2026-11-24 23:59:50');
  await deliver(desk, [ANEW]);
  expect(await inShort(desk.watchList)).toEqual(['2026-0417 O-1 confirm breached', '2026-0417 O-1 start open']);
});

test('a list and outcomes that were lost are made anew by a wake that asks for it, and nothing is told again', async () => {
  const desk = await openDesk('2026-11-23 12:00');
  await deliver(
    desk,
    facts.slice(0, 2).map((one) => onBus(one)),
  );
  const told = desk.bus.published.length;
  const [watchList, outcomes] = [memoryWatchList(), memoryOutcomes()];
  expect(await deliver(desk, [ANEW], { watchList, outcomes })).toEqual([]);
  expect(await shown(watchList)).toEqual(await shown(desk.watchList));
  expect(await outcomes.of(['2026-11'])).toEqual(await desk.outcomes.of(['2026-11']));
  expect(desk.bus.published).toHaveLength(told);
});

test('what changes nothing that is kept beside the journal writes nothing there', async () => {
  const desk = await openDesk(MONDAY_10);
  await deliver(desk, [onBus(order(MONDAY_10))]);
  const { ports } = await openBroken('watchList', MONDAY_10);
  const deviation = fact('deviation.reported', MONDAY_10, { order: 'O-1', text: 'x' });
  expect(await deliver(desk, [onBus(deviation)], ports)).toEqual([]);
  // What comes again may have been cut off before it was written.
  expect(await deliver(desk, [onBus(deviation)], ports)).toEqual(['m1']);
});

test('B10: in a case that rests every fact is kept, for it rests from the last', async () => {
  const desk = await openDesk(MONDAY_10);
  await deliver(desk, [onBus(order(MONDAY_10)), onBus(recall('2026-11-23 10:00'))]);
  desk.clock.moveTo('2026-11-24 10:00');
  await deliver(desk, [onBus(fact('deviation.reported', '2026-11-24 10:00', { order: 'O-1', text: 'x' }))]);
  expect(await desk.watchList.resting(moment('2026-11-24 10:00'))).toEqual([]);
  expect(await desk.watchList.resting(moment('2026-11-24 10:01'))).toEqual([CASE]);
});

test('B7: where no limit is open, a mail on its way is looked for until it has arrived', async () => {
  const desk = await openDesk(MONDAY_10);
  const mail = { mail: 'm-1', audience: 'provider', about: 'O-1' };
  const unheard = async () => desk.watchList.unheard(moment('2026-11-30 10:00'));
  // Cleaning has no limits (K8).
  await deliver(desk, [onBus(order(MONDAY_10, { service: 'cleaning' }))]);
  expect(await unheard()).toEqual([]);
  await deliver(desk, [onBus(fact('mail.sent', MONDAY_10, mail))]);
  expect(await unheard()).toEqual([CASE]);
  await deliver(desk, [onBus(fact('mail.delivered', MONDAY_10, mail))]);
  expect(await unheard()).toEqual([]);
});
