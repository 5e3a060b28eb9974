import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { quietAround, type QuietHours } from '../../domain/calendar/quiet.ts';
import { local } from './given.ts';

const NIGHT: QuietHours = { from: '18:00', to: '07:00' };
const NIGHT_AND_WEEKEND: QuietHours = { ...NIGHT, nonWeekdays: true };
const LUNCH: QuietHours = { from: '12:00', to: '13:00' };

/** The quiet time around a moment, by the clock in Stockholm. */
const around = (quiet: QuietHours, text: string): readonly [string, string] | undefined => {
  const found = quietAround(quiet, Temporal.Instant.from(local(text)));
  const say = (instant: Temporal.Instant): string =>
    instant.toZonedDateTimeISO('Europe/Stockholm').toPlainDateTime().toString().replace('T', ' ').slice(0, 16);
  return found && [say(found.from), say(found.to)];
};

describe('B6: quiet hours', () => {
  test.each<[string, QuietHours, string, readonly [string, string] | undefined]>([
    ['an evening', NIGHT, '2026-11-23 21:00', ['2026-11-23 18:00', '2026-11-24 07:00']],
    ['after midnight', NIGHT, '2026-11-24 03:00', ['2026-11-23 18:00', '2026-11-24 07:00']],
    ['at their first moment', NIGHT, '2026-11-23 18:00', ['2026-11-23 18:00', '2026-11-24 07:00']],
    ['at the moment they end', NIGHT, '2026-11-24 07:00', undefined],
    ['in the day', NIGHT, '2026-11-28 12:00', undefined],
    ['a Saturday noon', NIGHT_AND_WEEKEND, '2026-11-28 12:00', ['2026-11-27 18:00', '2026-11-30 07:00']],
    ['the night to Saturday', NIGHT_AND_WEEKEND, '2026-11-27 23:00', ['2026-11-27 18:00', '2026-11-30 07:00']],
    ['Monday before seven', NIGHT_AND_WEEKEND, '2026-11-30 06:59', ['2026-11-27 18:00', '2026-11-30 07:00']],
    // Julafton, juldagen and annandagen 2026 are Thursday to Saturday.
    ['juldagen', NIGHT_AND_WEEKEND, '2026-12-25 12:00', ['2026-12-23 18:00', '2026-12-28 07:00']],
    ['midsommarafton', NIGHT_AND_WEEKEND, '2026-06-19 12:00', ['2026-06-18 18:00', '2026-06-22 07:00']],
    ['within one day', LUNCH, '2026-11-23 12:30', ['2026-11-23 12:00', '2026-11-23 13:00']],
    ['outside of them', LUNCH, '2026-11-23 13:00', undefined],
    // Nine hours on the clock of a night that is one hour shorter, and one hour longer.
    ['when summer time begins', NIGHT, '2027-03-28 04:00', ['2027-03-27 18:00', '2027-03-28 07:00']],
    ['when summer time ends', NIGHT, '2026-10-25 04:00', ['2026-10-24 18:00', '2026-10-25 07:00']],
  ])('%s', (_when, quiet, moment, expected) => {
    expect(around(quiet, moment)).toEqual(expected);
  });
});
