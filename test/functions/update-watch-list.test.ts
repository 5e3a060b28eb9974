import { expect, test } from 'vitest';
import { createHandler } from '../../functions/update-watch-list/handler.ts';
import { memoryJournal } from '../../functions/shared/journal/memory.ts';
import type { Journal } from '../../functions/shared/journal/journal.ts';
import { memoryWatchList } from '../../functions/shared/watch-list/memory.ts';
import { memoryOutcomes } from '../../functions/shared/outcomes/memory.ts';
import type { WatchedDeadline, WatchList } from '../../functions/shared/watch-list/watch-list.ts';
import {
  ANNA,
  confirmation,
  endOf,
  HEMVARD,
  MONDAY_10,
  moment,
  order,
  recall,
  recorded,
  start,
} from '../support/facts.ts';
import { batch, failedIn, onBus } from '../support/messages.ts';
import { municipality, openOffice } from '../support/office.ts';

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

/** A list and a journal of three facts, each told of in any order. */
const openList = async (journal: Journal = memoryJournal()) => {
  const facts = [order(MONDAY_10), confirmation('2026-11-23 11:00'), recall('2026-11-23 12:00')].map((one, index) =>
    recorded(one, index + 1),
  );
  const watchList = memoryWatchList();
  const handler = createHandler({
    journal,
    watchList,
    outcomes: memoryOutcomes(),
    routines: municipality.routines,
    clock: () => moment('2026-11-23 12:00'),
    log: () => undefined,
  });
  const deliver = async (...bodies: readonly unknown[]): Promise<string[]> => failedIn(await handler(batch(...bodies)));
  return { facts, watchList, deliver };
};

test('news that come late, twice or out of order end in the same list', async () => {
  const journal = memoryJournal();
  const { facts, watchList, deliver } = await openList(journal);
  for (const one of facts) await journal.append(one);
  const [first, second, third] = facts.map((one) => onBus(one, 'frist.recorded'));
  for (const arrival of [[third], [first, third], [second, first, second]]) {
    expect(await deliver(...arrival)).toEqual([]);
    expect(await inShort(watchList)).toEqual(['2026-0417 O-1 confirm met', '2026-0417 O-1 start cancelled']);
  }
});

test('whoever writes while more is being recorded writes that too', async () => {
  const journal = memoryJournal();
  const waiting = [recorded(recall('2026-11-23 12:00'), 2)];
  const { facts, watchList, deliver } = await openList({
    append: journal.append,
    load: async (subject) => {
      const known = await journal.load(subject);
      const more = waiting.pop();
      if (more !== undefined) await journal.append(more);
      return known;
    },
  });
  const [first] = facts;
  if (first === undefined) throw new Error('there is an order');
  await journal.append(first);
  expect(await deliver(onBus(first, 'frist.recorded'))).toEqual([]);
  expect(await inShort(watchList)).toEqual(['2026-0417 O-1 confirm cancelled', '2026-0417 O-1 start cancelled']);
});

test('a message that holds no fact fails alone', async () => {
  const journal = memoryJournal();
  const { facts, watchList, deliver } = await openList(journal);
  for (const one of facts) await journal.append(one);
  expect(await deliver('{', onBus(facts[0] ?? order(MONDAY_10), 'frist.recorded'))).toEqual(['m1']);
  expect(await inShort(watchList)).toHaveLength(2);
});
