import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { memoryWatchList } from '../../../functions/shared/watch-list/memory.ts';
import { tableWatchList } from '../../../functions/shared/watch-list/table.ts';
import type {
  Question,
  Row,
  WaitingQuestion,
  WatchedDeadline,
  WatchedTask,
  WatchList,
} from '../../../functions/shared/watch-list/watch-list.ts';
import { dynamoForTests, newCase } from '../../support/dynamo.ts';

const table = dynamoForTests();

const ALL = ['open', 'breached', 'met', 'cancelled'] as const;

/** A deadline due so many hours into 23 November. */
const row = (subject: string, id: string, hours: number, more: Partial<WatchedDeadline> = {}): Row => ({
  id,
  deadline: {
    case: subject,
    rule: 'confirm',
    about: 'O-1',
    owner: 'provider',
    kind: 'hard',
    opened: '2026-11-20T08:00:00Z',
    due: Temporal.Instant.from('2026-11-23T00:00:00Z').add({ hours }).toString(),
    status: 'open',
    routine: 'kundval',
    row: 'K2',
    service: 'personalCare',
    duty: 'bekräfta mottagandet',
    unit: 'days',
    ...more,
  },
});

/** The other tests' rows lie in the same table: each test asks for its own provider's. */
let providers = 0;
const newProvider = (): string => {
  providers += 1;
  return `provider-${String(providers)}`;
};

const pagesOf = async (list: WatchList, question: Omit<Question, 'after'>): Promise<WatchedDeadline[][]> => {
  const pages: WatchedDeadline[][] = [];
  for (let after: string | undefined; ;) {
    const { deadlines, next } = await list.page({ ...question, ...(after !== undefined && { after }) });
    pages.push([...deadlines]);
    if (next === undefined) return pages;
    after = next;
  }
};

describe.each([
  { name: 'in memory', open: memoryWatchList },
  { name: 'in the table', open: () => tableWatchList(table()) },
])('the watch list $name', ({ open }) => {
  test('shows what is due first, over several statuses and cases', async () => {
    const list = open();
    const provider = newProvider();
    const [one, two] = [newCase(), newCase()];
    const rows = {
      late: row(one, 'a', 1, { status: 'breached', provider }),
      soon: row(two, 'a', 5, { provider }),
      same: row(two, 'b', 5, { provider, status: 'breached' }),
      done: row(one, 'b', 3, { provider, status: 'met' }),
      far: row(one, 'c', 900, { provider }),
    };
    await list.replace(one, 1, [rows.far, rows.late, rows.done]);
    await list.replace(two, 1, [rows.same, rows.soon]);

    const { deadlines, next } = await list.page({ statuses: ['open', 'breached'], provider, limit: 10 });
    expect(deadlines).toEqual([rows.late, rows.soon, rows.same, rows.far].map(({ deadline }) => deadline));
    expect(next).toBeUndefined();
    expect((await list.page({ statuses: ['met'], provider, limit: 10 })).deadlines).toEqual([rows.done.deadline]);
    expect((await list.page({ statuses: ['cancelled'], provider, limit: 10 })).deadlines).toEqual([]);
  });

  test.each([1, 2, 3, 7, 50])('pages of %i visit every row exactly once, also with filters', async (limit) => {
    const list = open();
    const provider = newProvider();
    const expected: string[] = [];
    for (let index = 0; index < 12; index += 1) {
      const subject = newCase();
      const rows = [0, 1, 2].map((place) =>
        row(subject, `r${String(place)}`, (index * 7) % 5, {
          status: ALL[(index + place) % 4] ?? 'open',
          owner: place === 1 ? 'officer' : 'provider',
          provider: place === 2 ? newProvider() : provider,
          about: `${subject}/${String(place)}`,
        }),
      );
      await list.replace(subject, 1, rows);
      expected.push(`${subject}/0`, `${subject}/1`);
    }

    const pages = await pagesOf(list, { statuses: ALL, provider, limit });
    expect(pages.flatMap((page) => page.map(({ about }) => about)).toSorted()).toEqual(expected.toSorted());
    expect(pages.every((page) => page.length <= limit)).toBe(true);
    expect(pages.slice(0, -1).every((page) => page.length === limit)).toBe(true);
    const due = pages.flat().map((one) => one.due);
    expect(due).toEqual(due.toSorted());

    const officers = await pagesOf(list, { statuses: ALL, provider, owner: 'officer', limit });
    expect(officers.flatMap((page) => page.map(({ about }) => about)).toSorted()).toEqual(
      expected.filter((about) => about.endsWith('/1')).toSorted(),
    );
  });

  test('before leaves out what is due at that very moment and later, also when paged', async () => {
    const list = open();
    const provider = newProvider();
    const subject = newCase();
    const rows = [1, 2, 3, 4].map((hours) => row(subject, `r${String(hours)}`, hours, { provider }));
    await list.replace(subject, 1, rows);

    const question = { statuses: ALL, provider, before: '2026-11-23T03:00:00Z', limit: 1 };
    expect((await pagesOf(list, question)).flat().map(({ due }) => due)).toEqual([
      '2026-11-23T01:00:00Z',
      '2026-11-23T02:00:00Z',
    ]);
    expect(await list.page({ ...question, before: '1969-01-01T00:00:00Z' })).toEqual({ deadlines: [] });
  });

  test('a page after the last moment asked for is empty', async () => {
    const list = open();
    const provider = newProvider();
    const subject = newCase();
    await list.replace(
      subject,
      1,
      [1, 2].map((hours) => row(subject, `r${String(hours)}`, hours, { provider })),
    );
    const { next } = await list.page({ statuses: ALL, provider, limit: 1 });
    if (next === undefined) throw new Error('there is a second page');

    const question = { statuses: ALL, provider, after: next, limit: 1 };
    expect((await list.page({ ...question, before: '2026-11-23T00:00:00Z' })).deadlines).toEqual([]);
    expect((await list.page({ ...question, after: '999999999999999#' })).deadlines).toEqual([]);
  });

  test('B10: a case rests from when it is said to, until it is said to no more; the longest first', async () => {
    const list = open();
    const [early, late, working] = [newCase(), newCase(), newCase()];
    const at = (hours: number) => Temporal.Instant.from('2021-01-01T00:00:00Z').add({ hours });
    const mine = async (before: Temporal.Instant) =>
      (await list.resting(before)).filter((one) => [early, late, working].includes(one));
    await list.replace(late, 1, [], [], at(2));
    await list.replace(early, 1, [], [], at(1));
    await list.replace(working, 1, []);
    expect(await mine(at(3))).toEqual([early, late]);
    expect(await mine(at(2))).toEqual([early]);
    expect(await mine(at(1))).toEqual([]);
    await list.replace(early, 2, []);
    await list.replace(late, 2, [], [], at(9));
    expect(await mine(at(3))).toEqual([]);
  });

  test('B7: a mail of a case is missing from when it is said to, until it is said to no more; the longest first', async () => {
    const list = open();
    const [early, late, resting] = [newCase(), newCase(), newCase()];
    const at = (hours: number) => Temporal.Instant.from('2021-02-01T00:00:00Z').add({ hours });
    const mine = async (before: Temporal.Instant) =>
      (await list.unheard(before)).filter((one) => [early, late, resting].includes(one));
    expect(await list.replace(late, 1, [], [], undefined, at(2))).toBe(true);
    await list.replace(early, 1, [row(early, 'a', 1, { status: 'met' })], [], undefined, at(1));
    await list.replace(resting, 1, [], [], at(1));
    expect(await mine(at(3))).toEqual([early, late]);
    expect(await mine(at(2))).toEqual([early]);
    expect(await mine(at(1))).toEqual([]);

    expect(await list.replace(late, 2, [], [], undefined, at(2))).toBe(false);
    await list.replace(early, 2, [row(early, 'a', 1, { status: 'met' })]);
    await list.replace(late, 3, [], [], at(1), at(9));
    expect(await mine(at(3))).toEqual([]);
    expect(await mine(at(10))).toEqual([late]);
    expect((await list.resting(at(3))).filter((one) => one === late)).toEqual([late]);
    await list.replace(late, 2, []);
    expect(await mine(at(10))).toEqual([late]);
  });

  test('a row that changes is moved, one that is no more vanishes, one that stays stays', async () => {
    const list = open();
    const provider = newProvider();
    const subject = newCase();
    const kept = row(subject, 'kept', 1, { provider });
    await list.replace(subject, 1, [
      kept,
      row(subject, 'moved', 2, { provider }),
      row(subject, 'gone', 3, { provider }),
    ]);
    const moved = row(subject, 'moved', 9, { provider, status: 'breached' });
    await list.replace(subject, 2, [kept, moved]);

    const { deadlines } = await list.page({ statuses: ALL, provider, limit: 10 });
    expect(deadlines).toEqual([kept.deadline, moved.deadline]);
    await list.replace(subject, 3, []);
    expect((await list.page({ statuses: ALL, provider, limit: 10 })).deadlines).toEqual([]);
  });

  test('what was made from less of the journal changes nothing: no row of it, and none that vanished', async () => {
    const list = open();
    const provider = newProvider();
    const subject = newCase();
    const same = row(subject, 'same', 1, { provider });
    const gone = row(subject, 'gone', 2, { provider });
    const now = row(subject, 'now', 4, { provider });
    await list.replace(subject, 5, [same, gone]);
    await list.replace(subject, 7, [same, now]);
    await list.replace(subject, 6, [row(subject, 'same', 8, { provider, status: 'breached' }), gone]);

    expect((await list.page({ statuses: ALL, provider, limit: 10 })).deadlines).toEqual([same.deadline, now.deadline]);
    await list.replace(subject, 7, [now]);
    expect((await list.page({ statuses: ALL, provider, limit: 10 })).deadlines).toEqual([now.deadline]);
  });

  test('says whether anything was written: nothing is where the list says that already', async () => {
    const list = open();
    const provider = newProvider();
    const subject = newCase();
    const one = row(subject, 'one', 1, { provider });
    const since = Temporal.Instant.from('2026-11-20T08:00:00Z');
    expect(await list.replace(subject, 1, [one])).toBe(true);
    expect(await list.replace(subject, 2, [one])).toBe(false);
    expect(await list.replace(subject, 3, [one], [], since)).toBe(true);
    expect(await list.replace(subject, 4, [one], [], since)).toBe(false);
    expect(await list.replace(subject, 5, [], [], since)).toBe(true);
    expect(await list.replace(subject, 4, [one], [], since)).toBe(false);
    expect(await list.replace(newCase(), 1, [])).toBe(false);
    expect((await list.page({ statuses: ALL, provider, limit: 10 })).deadlines).toEqual([]);
  });

  test('what is kept of a deadline is read back whole', async () => {
    const list = open();
    const provider = newProvider();
    const subject = newCase();
    const whole = row(subject, 'whole', 1, {
      provider,
      officer: 'anna',
      closed: '2026-11-23T02:00:00Z',
      status: 'breached',
      ended: '2026-11-24T02:00:00Z',
      reportedLate: true,
      postponed: { until: '2026-12-01', by: 'client', reason: 'Å, ä och ö' },
    });
    await list.replace(subject, 1, [whole]);
    expect((await list.page({ statuses: ALL, provider, limit: 10 })).deadlines).toEqual([whole.deadline]);
  });

  /** What these case officers wait for, page by page, as the cases and rules in short. */
  const waitingPages = async (list: WatchList, question: Omit<WaitingQuestion, 'after'>): Promise<string[][]> => {
    const pages: string[][] = [];
    for (let after: string | undefined; ;) {
      const { entries, next } = await list.waiting({ ...question, ...(after !== undefined && { after }) });
      pages.push(entries.map(({ about }) => about));
      if (next === undefined) return pages;
      after = next;
    }
  };

  test('what a case officer waits for is what is open or was missed and is still owed, due first', async () => {
    const list = open();
    const officer = newProvider();
    const subject = newCase();
    await list.replace(subject, 1, [
      row(subject, 'a', 9, { officer, about: 'later' }),
      row(subject, 'b', 1, { officer, about: 'missed', status: 'breached' }),
      row(subject, 'c', 2, { officer, about: 'late', status: 'breached', closed: '2026-11-23T03:00:00Z' }),
      row(subject, 'd', 2, { officer, about: 'over', status: 'breached', ended: '2026-11-23T03:00:00Z' }),
      row(subject, 'e', 3, { officer, about: 'done', status: 'met' }),
      row(subject, 'f', 4, { officer, about: 'gone', status: 'cancelled' }),
      row(subject, 'g', 5, { officer: newProvider(), about: "another's" }),
    ]);
    expect(await waitingPages(list, { officers: [officer], limit: 10 })).toEqual([['missed', 'later']]);
    // What was done late is still told of among the breaches.
    const breached = await list.page({ statuses: ['breached'], provider: 'nobody', limit: 10 });
    expect(breached.deadlines).toEqual([]);
    await list.replace(subject, 2, [row(subject, 'a', 9, { officer, about: 'later', status: 'met' })]);
    expect(await waitingPages(list, { officers: [officer], limit: 10 })).toEqual([[]]);
  });

  test.each([1, 2, 5, 50])(
    'pages of %i show what several officers wait for, exactly once and in order',
    async (limit) => {
      const list = open();
      const officers = [newProvider(), newProvider(), newProvider()];
      const subject = newCase();
      const rows = Array.from({ length: 13 }, (_, index) =>
        row(subject, `r${String(index)}`, (index * 5) % 13, {
          officer: officers[index % 3] ?? '',
          about: String((index * 5) % 13).padStart(2, '0'),
          owner: index % 2 === 0 ? 'officer' : 'provider',
          service: index % 3 === 0 ? 'service' : 'personalCare',
        }),
      );
      await list.replace(subject, 1, rows);
      const pages = await waitingPages(list, { officers, limit });
      expect(pages.flat()).toEqual(Array.from({ length: 13 }, (_, index) => String(index).padStart(2, '0')));
      expect(pages.every((page) => page.length <= limit)).toBe(true);

      const some = (
        await waitingPages(list, { officers: officers.slice(1), owners: ['officer'], service: 'personalCare', limit })
      ).flat();
      expect(some).toEqual(
        rows
          .filter(
            ({ deadline: { officer, owner, service } }) =>
              officer !== officers[0] && owner === 'officer' && service === 'personalCare',
          )
          .map(({ deadline }) => deadline.about)
          .toSorted(),
      );
    },
  );

  test('from and before bound what is waited for', async () => {
    const list = open();
    const officer = newProvider();
    const subject = newCase();
    await list.replace(
      subject,
      1,
      [1, 2, 3, 4].map((hours) => row(subject, `r${String(hours)}`, hours, { officer, about: String(hours) })),
    );
    const asked = { officers: [officer], from: '2026-11-23T02:00:00Z', before: '2026-11-23T04:00:00Z', limit: 1 };
    expect((await waitingPages(list, asked)).flat()).toEqual(['2', '3']);
    expect((await waitingPages(list, { ...asked, before: '2026-11-23T01:00:00Z' })).flat()).toEqual([]);
  });

  test("a case officer's tasks are those not done, opened first; nobody asked about, nothing told", async () => {
    const list = open();
    const officer = newProvider();
    const subject = newCase();
    const task = (name: string, hour: number, more: Partial<WatchedTask> = {}): WatchedTask => ({
      task: name,
      case: subject,
      about: 'O-1',
      owner: 'officer',
      duty: 'registrera startdatum',
      row: 'K7',
      service: 'personalCare',
      routine: 'kundval',
      opened: `2026-11-23T0${String(hour)}:00:00Z`,
      status: 'open',
      officer,
      ...more,
    });
    await list.replace(subject, 1, [], [task('b', 2), task('a', 1), task('c', 3, { status: 'done' })]);
    const { entries } = await list.waitingTasks({ officers: [officer], limit: 10 });
    expect(entries.map((one) => one.task)).toEqual(['a', 'b']);
    expect(await list.waiting({ officers: [], limit: 10 })).toEqual({ entries: [] });
  });
});
