import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { addMonths, dateOf, dayOfWeek, daysInMonth, epochDayOf, yearOf } from '../../domain/calendar/days.ts';
import { holidaysOf, isWeekday, nthWeekdayAfter, weekdayOnOrAfter } from '../../domain/calendar/holidays.ts';
import {
  dueAt,
  dueBefore,
  lastDayBefore,
  timeAfter,
  timeBefore,
  type Limit,
  type Within,
} from '../../domain/calendar/limit.ts';
import { dayOfDate, epochMsAt, formatDay, formatInstant, localTimeOf } from '../../domain/calendar/stockholm.ts';
import {
  sayDay,
  sayDayOfWeek,
  sayDuration,
  sayInstant,
  sayLimit,
  sayOrdinal,
  sayWithin,
  yearAt,
} from '../../domain/calendar/swedish.ts';
import { endOf, local } from './given.ts';

const golden = (name: string): string[] =>
  readFileSync(new URL(`../golden/${name}`, import.meta.url), 'utf8')
    .trimEnd()
    .split('\n');

const instant = (text: string): Temporal.Instant => Temporal.Instant.from(local(text));

/** When a limit ends, by the clock in Stockholm where no instant is given. */
const due = (from: string, limit: Limit | Within): string =>
  formatInstant(dueAt(instant(from), 'within' in limit ? limit : { within: limit }));

const day = (date: string): number => dayOfDate(date);

const weekday = (date: string): boolean => isWeekday(day(date));

interface Golden {
  readonly id: string;
  readonly in: Limit & { readonly from: string };
  readonly due: string;
}

describe('the golden limits', () => {
  const cases = golden('due.jsonl').map((line) => JSON.parse(line) as Golden);

  test('are all there', () => {
    expect(cases).toHaveLength(195);
  });

  test.each(cases)('$id', ({ in: { from, ...limit }, due: expected }) => {
    expect(formatInstant(dueAt(Temporal.Instant.from(from), limit))).toBe(expected);
  });
});

describe('the holidays of 2005–2060', () => {
  const rows = golden('se-holidays-2005-2060.csv').slice(1);
  const years = Array.from({ length: 56 }, (_, index) => 2005 + index);

  test('are those of the table, no more and no fewer', () => {
    const computed = years.flatMap((year) =>
      holidaysOf(year).map((holiday) => `${formatDay(holiday.day)},${holiday.name},${holiday.kind}`),
    );
    expect(computed.toSorted()).toEqual(rows.toSorted());
  });

  test('and they, Saturdays and Sundays are the days that are no weekdays', () => {
    const free = new Set(rows.map((row) => row.slice(0, 10)));
    let at = Temporal.PlainDate.from('2005-01-01');
    const wrong: string[] = [];
    while (at.year < 2061) {
      const date = at.toString();
      if (weekday(date) !== (at.dayOfWeek < 6 && !free.has(date))) wrong.push(date);
      at = at.add({ days: 1 });
    }
    expect(wrong).toEqual([]);
  });
});

describe('the holidays of other years', () => {
  test.each([
    ['2004-05-31', 'annandag pingst was a holiday until 2004', false],
    ['2005-05-16', 'and is a weekday since', true],
    ['2003-06-06', '6 June was a weekday until 2004', true],
    ['2008-06-06', 'and is a holiday since 2005', false],
    ['1998-04-13', 'annandag påsk', false],
    ['1990-05-24', 'Kristi himmelsfärdsdag', false],
    ['1999-06-25', 'midsommarafton is the Friday since 1953', false],
    ['1953-06-24', 'and no longer 23 June', true],
    ['1952-06-24', 'midsommardagen was 24 June until 1952', false],
    ['1952-06-23', 'and its eve the 23rd', false],
    ['1936-05-01', 'första maj was a weekday until 1938', true],
    ['1940-05-01', 'and is a holiday since 1939', false],
    ['2099-12-24', 'julafton', false],
    ['2100-03-26', 'långfredagen 2100', false],
  ])('%s: %s', (date, _what, expected) => {
    expect(weekday(date)).toBe(expected);
  });

  test.each([1818, 1913, 1943, 2008, 2011, 2038, 2285])('Easter of %i is where the church has it', (year) => {
    const easters: Readonly<Record<number, string>> = {
      1818: '1818-03-22',
      1913: '1913-03-23',
      1943: '1943-04-25',
      2008: '2008-03-23',
      2011: '2011-04-24',
      2038: '2038-04-25',
      2285: '2285-03-22',
    };
    const easter = holidaysOf(year).find(({ name }) => name === 'påskdagen');
    expect(formatDay(easter?.day ?? 0)).toBe(easters[year]);
  });
});

describe('a limit', () => {
  test.each<[string, string, Within, string]>([
    ['in hours is elapsed time', '2026-11-24 10:00', { amount: 48, unit: 'hours' }, local('2026-11-26 10:00')],
    [
      'in hours loses one on the clock in autumn',
      '2026-10-24 10:00',
      { amount: 24, unit: 'hours' },
      local('2026-10-25 09:00'),
    ],
    [
      'in hours gains one on the clock in spring',
      '2026-03-28 10:00',
      { amount: 24, unit: 'hours' },
      local('2026-03-29 11:00'),
    ],
    ['of no hours is the moment itself', '2026-11-24 10:00', { amount: 0, unit: 'hours' }, local('2026-11-24 10:00')],
    ['of 0 days is the end of the same day', '2026-11-24 10:00', { amount: 0, unit: 'days' }, endOf('2026-11-24')],
    ['of a day does not count the day itself', '2026-12-23 15:00', { amount: 1, unit: 'days' }, endOf('2026-12-24')],
    [
      'that begins at midnight counts the new day as its first',
      '2026-12-23 00:00',
      { amount: 1, unit: 'days' },
      endOf('2026-12-24'),
    ],
    [
      'that begins in the last millisecond counts the old day',
      '2026-12-22 23:59:59.999',
      { amount: 1, unit: 'days' },
      endOf('2026-12-23'),
    ],
    [
      'in weeks ends on the same day of the week',
      '2026-12-23 15:00',
      { amount: 2, unit: 'weeks' },
      endOf('2027-01-06'),
    ],
    ['in weekdays leaves out Christmas', '2026-12-23 15:00', { amount: 3, unit: 'weekdays' }, endOf('2026-12-30')],
    [
      'in weekdays from a Saturday begins on the Monday',
      '2026-11-28 10:00',
      { amount: 1, unit: 'weekdays' },
      endOf('2026-11-30'),
    ],
    [
      'in months ends on the same day of the month',
      '2026-11-24 10:00',
      { amount: 3, unit: 'months' },
      endOf('2027-02-24'),
    ],
    ['in months ends with a shorter month', '2026-11-30 10:00', { amount: 3, unit: 'months' }, endOf('2027-02-28')],
    ['in months knows leap years', '2024-01-31 10:00', { amount: 1, unit: 'months' }, endOf('2024-02-29')],
    [
      'in months does not stretch to the end of a longer month',
      '2027-02-28 10:00',
      { amount: 3, unit: 'months' },
      endOf('2027-05-28'),
    ],
    [
      'of twelve months from a leap day ends on 28 February',
      '2024-02-29 10:00',
      { amount: 12, unit: 'months' },
      endOf('2025-02-28'),
    ],
  ])('%s', (_what, from, within, expected) => {
    expect(due(from, within)).toBe(expected);
  });

  test('that rolls moves from a free day to the end of the next weekday', () => {
    expect(due('2026-12-23 15:00', { within: { amount: 1, unit: 'days' }, roll: 'weekday' })).toBe(endOf('2026-12-28'));
    expect(due('2026-11-24 15:00', { within: { amount: 1, unit: 'days' }, roll: 'weekday' })).toBe(endOf('2026-11-25'));
  });

  test('in hours that rolls moves only when its last moment lies on a free day', () => {
    const oneDay = { within: { amount: 24, unit: 'hours' }, roll: 'weekday' } as const;
    expect(due('2026-11-27 15:00', oneDay)).toBe(endOf('2026-11-30'));
    expect(due('2026-11-26 15:00', oneDay)).toBe(local('2026-11-27 15:00'));
    expect(due('2026-11-27 00:00', oneDay)).toBe(local('2026-11-28 00:00'));
    expect(due('2026-11-27 00:00:00.000000001', oneDay)).toBe(endOf('2026-11-30'));
  });

  describe('with a cutoff at 14:00', () => {
    const within = { amount: 24, unit: 'hours' } as const;
    const cutoff = { after: '14:00', resume: '07:00' };

    test.each([
      ['at 14:00 sharp counts as it stands', '2026-11-24 14:00', local('2026-11-25 14:00')],
      ['a millisecond later is late', '2026-11-24 14:00:00.001', local('2026-11-26 07:00')],
      ['and so is a nanosecond later', '2026-11-24 14:00:00.000000001', local('2026-11-26 07:00')],
      ['on a Saturday morning counts as it stands', '2026-11-28 10:00', local('2026-11-29 10:00')],
      ['on a Saturday afternoon counts from Monday', '2026-11-28 15:00', local('2026-12-01 07:00')],
      ['on the afternoon before julafton counts from 28 December', '2026-12-23 15:00', local('2026-12-29 07:00')],
    ])('a trigger %s', (_what, from, expected) => {
      expect(due(from, { within, cutoff })).toBe(expected);
    });

    test('a trigger on a free day waits for the next weekday when it is to be deferred', () => {
      const limit = { within, cutoff: { ...cutoff, nonWeekday: 'defer' } } as const;
      expect(due('2026-11-28 10:00', limit)).toBe(local('2026-12-01 07:00'));
      expect(due('2026-11-30 10:00', limit)).toBe(local('2026-12-01 10:00'));
    });

    test('counts days from the day that a late trigger counts as', () => {
      expect(due('2026-11-27 15:00', { within: { amount: 1, unit: 'days' }, cutoff })).toBe(endOf('2026-12-01'));
    });
  });
});

describe('a limit with a cutoff that is shaped otherwise', () => {
  const within = { amount: 0, unit: 'days' } as const;

  test.each([
    ['sharp is late when "before" is meant', '2026-11-24 16:00', endOf('2026-11-25')],
    ['and a nanosecond before is not', '2026-11-24 15:59:59.999999999', endOf('2026-11-24')],
    ['a Friday evening resumes on the Saturday', '2026-11-27 17:00', endOf('2026-11-28')],
    ['a Saturday is a day like any other, unless deferred', '2026-11-28 10:00', endOf('2026-11-28')],
  ])('%s', (_what, from, expected) => {
    const cutoff = { after: '16:00', sharp: 'late', resume: '00:00', resumeOn: 'day' } as const;
    expect(due(from, { within, cutoff })).toBe(expected);
  });

  test('in the month counts the rest of it as the 1st of the next', () => {
    const limit = { within: { amount: 5, unit: 'days' }, cutoffDay: 20 } as const;
    expect(due('2026-12-20 23:59:59.999', limit)).toBe(endOf('2026-12-25'));
    expect(due('2026-12-21 00:00', limit)).toBe(endOf('2027-01-06'));
    expect(due('2026-12-21 10:00', { ...limit, within: { amount: 24, unit: 'hours' } })).toBe(
      local('2027-01-02 00:00'),
    );
  });

  test('in the day can carry it over the one in the month', () => {
    const limit = { within, cutoff: { after: '14:00', resume: '07:00' }, cutoffDay: 20 };
    // Friday 20 November, after 14:00, is Monday the 23rd, and so 1 December.
    expect(due('2026-11-20 14:00', limit)).toBe(endOf('2026-11-20'));
    expect(due('2026-11-20 14:01', limit)).toBe(endOf('2026-12-01'));
  });
});

describe('a limit that ends on a day of a month or a week', () => {
  const ends = (
    amount: number,
    unit: 'weeks' | 'months',
    endsOn: Limit['endsOn'],
    more: Partial<Limit> = {},
  ): Limit => ({
    within: { amount, unit },
    ...(endsOn && { endsOn }),
    ...more,
  });

  test.each<[string, string, Limit, string]>([
    ['the 1st of the next month', '2026-11-24 10:00', ends(1, 'months', { day: 1 }), endOf('2026-12-01')],
    ['from the 1st, too', '2026-12-01 00:00', ends(1, 'months', { day: 1 }), endOf('2027-01-01')],
    ['the 31st of a shorter month', '2027-01-31 10:00', ends(1, 'months', { day: 31 }), endOf('2027-02-28')],
    ['the last day of the same month', '2028-02-29 23:59', ends(0, 'months', { day: 'last' }), endOf('2028-02-29')],
    ['the first weekday of January', '2026-12-01 10:00', ends(1, 'months', { weekday: 1 }), endOf('2027-01-04')],
    ['the third weekday of January', '2026-12-01 10:00', ends(1, 'months', { weekday: 3 }), endOf('2027-01-07')],
    ['the last weekday of December', '2026-11-01 10:00', ends(1, 'months', { weekday: 'last' }), endOf('2026-12-30')],
    [
      'the last weekday before a Sunday',
      '2027-01-01 10:00',
      ends(1, 'months', { weekday: 'last' }),
      endOf('2027-02-26'),
    ],
    ['twelve months on', '2026-11-24 10:00', ends(12, 'months', { day: 1 }), endOf('2027-11-01')],
    ['Thursday of the next week', '2026-11-29 10:00', ends(1, 'weeks', { day: 4 }), endOf('2026-12-03')],
    ['Monday of the next week, from a Monday', '2026-11-23 10:00', ends(1, 'weeks', { day: 1 }), endOf('2026-11-30')],
    ['Sunday of the same week', '2026-11-29 10:00', ends(0, 'weeks', { day: 'last' }), endOf('2026-11-29')],
    [
      'the last weekday of the week of Christmas',
      '2026-12-14 10:00',
      ends(1, 'weeks', { weekday: 'last' }),
      endOf('2026-12-23'),
    ],
    [
      'a fifth weekday that the week has not',
      '2026-12-14 10:00',
      ends(1, 'weeks', { weekday: 5 }),
      endOf('2026-12-23'),
    ],
    ['the first weekday after Easter', '2027-03-24 10:00', ends(1, 'weeks', { weekday: 1 }), endOf('2027-03-30')],
    [
      'rolled from nyårsdagen',
      '2026-12-24 10:00',
      ends(1, 'months', { day: 1 }, { roll: 'weekday' }),
      endOf('2027-01-04'),
    ],
    [
      'at a time of day',
      '2026-12-24 10:00',
      ends(1, 'months', { weekday: 1 }, { endsAt: '13:00' }),
      local('2027-01-04 13:00'),
    ],
  ])('%s', (_what, from, limit, expected) => {
    expect(due(from, limit)).toBe(expected);
  });

  test('any limit in days can end at a time of day, also at one that the clock skips', () => {
    expect(due('2026-11-27 10:00', { within: { amount: 1, unit: 'weekdays' }, endsAt: '12:00' })).toBe(
      local('2026-11-30 12:00'),
    );
    expect(due('2027-03-27 10:00', { within: { amount: 1, unit: 'days' }, endsAt: '02:30' })).toBe(
      '2027-03-28T01:30:00Z',
    );
  });

  test('lies in the month so far away, on a weekday before which there is none', () => {
    const days = fc.integer({ min: epochDayOf(1990, 1, 1), max: epochDayOf(2100, 1, 1) });
    fc.assert(
      fc.property(days, fc.integer({ min: 0, max: 30 }), fc.integer({ min: 1, max: 15 }), (from, amount, nth) => {
        const at = Temporal.Instant.fromEpochMilliseconds(epochMsAt(from, 0));
        const last = lastDayBefore(dueAt(at, ends(amount, 'months', { weekday: nth })));
        const month = dateOf(addMonths(from, amount));
        const { year, month: number, day: ofMonth } = dateOf(last);
        const before = Array.from({ length: ofMonth - 1 }, (_, index) => last - 1 - index).filter(isWeekday);
        expect([year, number, isWeekday(last), before.length]).toEqual([month.year, month.month, true, nth - 1]);
      }),
    );
  });

  test.each(['days', 'weekdays'] as const)('but not with a length in %s', (unit) => {
    expect(() => due('2026-11-24 10:00', { within: { amount: 1, unit }, endsOn: { day: 1 } })).toThrow(TypeError);
  });
});

describe('a limit that counts back from a day', () => {
  const before = (date: string, within: Within, endsAt?: string) =>
    formatInstant(dueBefore(day(date), { within, ...(endsAt !== undefined && { endsAt }) }));

  test.each<[string, string, Within, string]>([
    ['weeks', '2027-04-12', { amount: 4, unit: 'weeks' }, endOf('2027-03-15')],
    ['days over a leap day', '2028-03-01', { amount: 1, unit: 'days' }, endOf('2028-02-29')],
    ['no days', '2026-11-24', { amount: 0, unit: 'days' }, endOf('2026-11-24')],
    ['weekdays over Christmas', '2026-12-28', { amount: 1, unit: 'weekdays' }, endOf('2026-12-23')],
    ['months to a shorter one', '2027-03-31', { amount: 1, unit: 'months' }, endOf('2027-02-28')],
    ['hours from the midnight that begins it', '2026-11-24', { amount: 24, unit: 'hours' }, local('2026-11-23 00:00')],
    ['hours over summer time', '2027-03-29', { amount: 24, unit: 'hours' }, '2027-03-27T22:00:00Z'],
  ])('%s', (_what, date, within, expected) => {
    expect(before(date, within)).toBe(expected);
  });

  test('up to a time of day', () => {
    expect(before('2026-11-24', { amount: 1, unit: 'weekdays' }, '12:00')).toBe(local('2026-11-23 12:00'));
  });

  test('in weekdays is a weekday, with all the others of them between', () => {
    const days = fc.integer({ min: epochDayOf(1990, 1, 1), max: epochDayOf(2100, 1, 1) });
    fc.assert(
      fc.property(days, fc.integer({ min: 1, max: 60 }), (to, amount) => {
        const last = lastDayBefore(dueBefore(to, { within: { amount, unit: 'weekdays' } }));
        const between = Array.from({ length: to - last - 1 }, (_, index) => last + 1 + index).filter(isWeekday);
        expect([isWeekday(last), between.length]).toEqual([true, amount - 1]);
      }),
    );
  });
});

describe('a time before or after a limit', () => {
  const before = (to: string, within: Within) => timeBefore(instant(to), within).toString();
  const after = (from: string, within: Within) => timeAfter(instant(from), within).toString();

  test.each<[string, Within, string]>([
    ['2026-12-24 00:00', { amount: 9, unit: 'hours' }, '2026-12-23 15:00'],
    ['2026-10-26 10:00', { amount: 2, unit: 'days' }, '2026-10-24 10:00'],
    ['2026-12-02 00:00', { amount: 2, unit: 'days' }, '2026-11-30 00:00'],
    ['2026-12-30 10:00', { amount: 2, unit: 'weekdays' }, '2026-12-28 10:00'],
    ['2026-12-28 10:00', { amount: 1, unit: 'weekdays' }, '2026-12-23 10:00'],
    ['2027-01-06 10:00', { amount: 2, unit: 'weeks' }, '2026-12-23 10:00'],
    ['2027-03-31 10:00', { amount: 1, unit: 'months' }, '2027-02-28 10:00'],
  ])('%s less %o', (to, within, expected) => {
    expect(before(to, within)).toBe(local(expected));
  });

  test.each<[string, Within, string]>([
    ['2026-12-23 15:00', { amount: 9, unit: 'hours' }, '2026-12-24 00:00'],
    ['2026-11-27 15:00', { amount: 1, unit: 'weekdays' }, '2026-11-30 15:00'],
    ['2026-10-24 10:00', { amount: 2, unit: 'days' }, '2026-10-26 10:00'],
    ['2026-12-23 15:00', { amount: 2, unit: 'weeks' }, '2027-01-06 15:00'],
    ['2027-01-31 15:00', { amount: 1, unit: 'months' }, '2027-02-28 15:00'],
  ])('%s and %o', (from, within, expected) => {
    expect(after(from, within)).toBe(local(expected));
  });

  test.each([
    ['a Monday is the end of the Tuesday', '2026-11-30', '2026-12-01'],
    ['a Friday is the end of the Monday', '2026-11-27', '2026-11-30'],
    ['julafton 2026 is the end of the Monday after it', '2026-12-24', '2026-12-28'],
  ])('a weekday after the end of %s, so that somebody has had a day at work', (_what, from, expected) => {
    expect(after(endOf(from), { amount: 1, unit: 'weekdays' })).toBe(endOf(expected));
  });
});

describe('days as numbers', () => {
  const years = fc.integer({ min: -20_000, max: 20_000 });
  const epochDays = fc.integer({ min: -7_000_000, max: 7_000_000 });

  test('a date is found again from its number, in every year', () => {
    fc.assert(
      fc.property(years, fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 31 }), (year, month, wanted) => {
        const date = { year, month, day: Math.min(wanted, daysInMonth(year, month)) };
        expect(dateOf(epochDayOf(date.year, date.month, date.day))).toEqual(date);
      }),
    );
  });

  test('and a number from its date, which is the date that Temporal knows', () => {
    fc.assert(
      fc.property(epochDays, (number) => {
        const { year, month, day: ofMonth } = dateOf(number);
        const date = Temporal.PlainDate.from('1970-01-01').add({ days: number });
        expect(epochDayOf(year, month, ofMonth)).toBe(number);
        expect([year, month, ofMonth, dayOfWeek(number), yearOf(number), daysInMonth(year, month)]).toEqual([
          date.year,
          date.month,
          date.day,
          date.dayOfWeek,
          date.year,
          date.daysInMonth,
        ]);
      }),
    );
  });

  test('months are added as Temporal adds them', () => {
    fc.assert(
      fc.property(epochDays, fc.integer({ min: -5000, max: 5000 }), (number, months) => {
        const { year, month, day: ofMonth } = dateOf(addMonths(number, months));
        const date = Temporal.PlainDate.from('1970-01-01').add({ days: number }).add({ months });
        expect([year, month, ofMonth]).toEqual([date.year, date.month, date.day]);
      }),
    );
  });
});

describe('weekdays', () => {
  const days = fc.integer({ min: epochDayOf(1900, 1, 1), max: epochDayOf(2200, 1, 1) });
  const amounts = fc.integer({ min: 1, max: 600 });

  test('the nth weekday after a day is a weekday, and n weekdays lie on the way', () => {
    fc.assert(
      fc.property(days, amounts, (from, n) => {
        const to = nthWeekdayAfter(from, n);
        let passed = 0;
        for (let at = from + 1; at <= to; at += 1) if (isWeekday(at)) passed += 1;
        expect([isWeekday(to), passed]).toEqual([true, n]);
      }),
    );
  });

  test('a later day or a longer limit never ends earlier', () => {
    fc.assert(
      fc.property(days, amounts, (from, n) => {
        expect(nthWeekdayAfter(from, n)).toBeLessThanOrEqual(nthWeekdayAfter(from + 1, n));
        expect(nthWeekdayAfter(from, n)).toBeLessThan(nthWeekdayAfter(from, n + 1));
      }),
    );
  });

  test('a free day rolls to the next weekday, and a weekday stays', () => {
    fc.assert(
      fc.property(days, (from) => {
        expect(weekdayOnOrAfter(from)).toBe(isWeekday(from) ? from : nthWeekdayAfter(from, 1));
      }),
    );
  });
});

describe('the clock in Stockholm', () => {
  const zoned = (ms: number) => Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO('Europe/Stockholm');
  const midnight = Temporal.PlainTime.from('00:00');
  const epochMs = fc.integer({ min: Date.UTC(1900, 0, 1), max: Date.UTC(2200, 0, 1) });
  // Moments around the changes of the clock, where a mistake would hide from random ones.
  const aroundChanges = fc
    .tuple(
      fc.integer({ min: 1900, max: 2199 }),
      fc.integer({ min: 0, max: 1 }),
      fc.integer({ min: -1.1e7, max: 1.1e7 }),
    )
    .map(([year, which, offset]) => {
      let at = Temporal.Instant.from(`${String(year)}-01-01T00:00:00Z`).toZonedDateTimeISO('Europe/Stockholm');
      for (let left = which; left >= 0; left -= 1) at = at.getTimeZoneTransition('next') ?? at;
      return at.epochMilliseconds + offset;
    });

  test('shows what Temporal shows', () => {
    fc.assert(
      fc.property(fc.oneof(epochMs, aroundChanges), (ms) => {
        const there = zoned(ms);
        const time = there.toPlainTime().since(midnight).total('milliseconds');
        expect(localTimeOf(ms)).toEqual({ day: day(there.toPlainDate().toString()), clock: time });
      }),
    );
  });

  test('and shows a time at the instant that Temporal says, once, twice or never shown', () => {
    fc.assert(
      fc.property(fc.oneof(epochMs, aroundChanges), (ms) => {
        // The clock as it would go on without a change, so that skipped times are asked for too.
        const asked = zoned(ms - 7_200_000)
          .toPlainDateTime()
          .add({ hours: 2 });
        const time = asked.toPlainTime().since(midnight).total('milliseconds');
        const instantThere = asked.toZonedDateTime('Europe/Stockholm').epochMilliseconds;
        expect(epochMsAt(day(asked.toPlainDate().toString()), time)).toBe(instantThere);
      }),
    );
  });

  test('an instant is written without a fraction, or with three, six or nine digits', () => {
    const written = (text: string) => formatInstant(Temporal.Instant.from(text));
    expect(written('2026-12-23T15:00:00+01:00')).toBe('2026-12-23T14:00:00Z');
    expect(written('2026-12-23T15:00:00.5+01:00')).toBe('2026-12-23T14:00:00.500Z');
    expect(written('2026-12-23T15:00:00.0005+01:00')).toBe('2026-12-23T14:00:00.000500Z');
    expect(written('2026-12-23T15:00:00.0000005+01:00')).toBe('2026-12-23T14:00:00.000000500Z');
  });
});

describe('times as people say them', () => {
  test('a day has its year when it is not the reader’s', () => {
    expect(sayDay(day('2026-12-22'), 2026)).toBe('tisdag 22 december');
    expect(sayDay(day('2027-01-04'), 2026)).toBe('måndag 4 januari 2027');
    expect(sayDay(day('2026-12-27'))).toBe('söndag 27 december 2026');
  });

  test('a moment has its time of day, by the clock in Stockholm', () => {
    expect(sayInstant(instant('2026-12-22T13:05:59Z'), 2026)).toBe('tisdag 22 december 14:05');
    expect(yearAt(instant('2026-12-31T23:00:00Z'))).toBe(2027);
  });

  test('a limit at midnight is said as the day that it ends', () => {
    expect(sayLimit(instant(endOf('2026-12-24')), 2026)).toBe('torsdag 24 december');
    expect(sayLimit(instant('2026-12-24 00:01'), 2026)).toBe('torsdag 24 december 00:01');
    expect(sayLimit(instant(endOf('2026-12-31')), 2026)).toBe('torsdag 31 december');
  });

  test('lengths of time', () => {
    expect(sayWithin({ amount: 1, unit: 'weekdays' })).toBe('1 vardag');
    expect(sayWithin({ amount: 15, unit: 'weekdays' })).toBe('15 vardagar');
    expect(sayWithin({ amount: 48, unit: 'hours' })).toBe('48 timmar');
    expect(sayWithin({ amount: 3, unit: 'months' })).toBe('3 månader');
  });

  test('numbers in order, and days of the week', () => {
    expect([1, 3, 10, 11, 12, 13, 21, 22].map(sayOrdinal)).toEqual([
      'första',
      'tredje',
      'tionde',
      '11:e',
      '12:e',
      '13:e',
      '21:a',
      '22:a',
    ]);
    expect([1, 7].map(sayDayOfWeek)).toEqual(['måndag', 'söndag']);
  });

  test.each([
    ['2026-12-22 10:00', '2026-12-24 00:00', '1 dag 14 timmar'],
    ['2026-12-22 10:00', '2026-12-24 10:00', '2 dagar'],
    ['2026-12-22 10:00', '2026-12-22 13:05', '3 timmar 5 minuter'],
    ['2026-12-22 10:00', '2026-12-22 11:01', '1 timme 1 minut'],
    ['2026-12-22 10:00', '2026-12-22 10:00:59', 'under en minut'],
    ['2026-12-22 13:05', '2026-12-22 10:00', '3 timmar 5 minuter'],
  ])('from %s to %s it is %s', (from, to, expected) => {
    expect(sayDuration(instant(from), instant(to))).toBe(expected);
  });
});
