import { Temporal } from 'temporal-polyfill';
import { dateOf, epochDayOf, yearOf, type EpochDay } from './days.ts';

/** The time zone that every limit is counted in. */
export const ZONE = 'Europe/Stockholm';

export const MS_PER_HOUR = 3_600_000;
export const MS_PER_DAY = 86_400_000;

/** A moment on the wall clock in Stockholm. */
export interface LocalTime {
  readonly day: EpochDay;
  /** Milliseconds on the clock since local midnight, 0–86,399,999. */
  readonly clock: number;
}

/** What the clock in Stockholm shows at an instant, given in milliseconds since the epoch. */
export const localTimeOf = (epochMs: number): LocalTime => {
  const local = epochMs + offsetAt(epochMs);
  const day = Math.floor(local / MS_PER_DAY);
  return { day, clock: local - day * MS_PER_DAY };
};

/** The day in Stockholm at an instant. */
export const dayOfInstant = (instant: Temporal.Instant): EpochDay => localTimeOf(instant.epochMilliseconds).day;

/**
 * The instant, in milliseconds since the epoch, at which the clock in Stockholm shows a time. A time that the clock jumps
 * over in spring counts with the offset before the jump; one that it shows twice in autumn is the first of the two
 * (Temporal's disambiguation "compatible").
 */
export const epochMsAt = (day: EpochDay, clock: number): number => {
  const asUtc = day * MS_PER_DAY + clock;
  const before = offsetAt(asUtc - MS_PER_DAY);
  const guess = asUtc - before;
  const there = offsetAt(guess);
  if (there === before) return guess;
  const later = asUtc - there;
  return offsetAt(later) === there ? later : guess;
};

/** The instant at which the clock in Stockholm shows a time, as {@link epochMsAt} has it. */
export const instantAt = ({ day, clock }: LocalTime): Temporal.Instant =>
  Temporal.Instant.fromEpochMilliseconds(epochMsAt(day, clock));

/** Milliseconds after midnight of a time on the clock written `HH:MM`. */
export const clockOf = (time: string): number =>
  Number(time.slice(0, 2)) * MS_PER_HOUR + Number(time.slice(3, 5)) * (MS_PER_HOUR / 60);

/** The instant at which the clock in Stockholm shows a time written `HH:MM` on a date written `YYYY-MM-DD`. */
export const instantOn = (date: string, time: string): Temporal.Instant =>
  instantAt({ day: dayOfDate(date), clock: clockOf(time) });

/** The midnight that begins a day in Stockholm. */
export const startOfDay = (day: EpochDay): Temporal.Instant => {
  const place = day & (midnights.length - 1);
  const before = midnights[place];
  if (before?.day === day) return before.instant;
  const instant = instantAt({ day, clock: 0 });
  midnights[place] = { day, instant };
  return instant;
};

/** The epoch day of a date written `YYYY-MM-DD`. */
export const dayOfDate = (date: string): EpochDay =>
  epochDayOf(Number(date.slice(0, 4)), Number(date.slice(5, 7)), Number(date.slice(8, 10)));

/** A day as `YYYY-MM-DD`. */
export const formatDay = (epochDay: EpochDay): string => {
  const { year, month, day } = dateOf(epochDay);
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
};

/**
 * An instant as facts and answers write it: UTC with `Z`, and no fraction, or three digits of it, or as many more (six,
 * nine) as it has.
 */
export const formatInstant = (instant: Temporal.Instant): string => {
  const text = instant.toString();
  const dot = text.indexOf('.');
  if (dot === -1) return text;
  const digits = text.length - dot - 2;
  return `${text.slice(0, -1).padEnd(dot + 1 + Math.ceil(digits / 3) * 3, '0')}Z`;
};

/**
 * Midnights asked for before: most limits end with a day, and to make an instant costs several times what it costs to find
 * its day. Each day has one place, a power of two in number; the day that comes 4096 days later takes it over.
 */
const midnights = Array.from<{ readonly day: EpochDay; readonly instant: Temporal.Instant } | undefined>({
  length: 4096,
});

interface OffsetsOfYear {
  /** The offset at the year's first instant in UTC. */
  readonly first: number;
  /** Instants in the year at which the offset changes, and what it is from then on. */
  readonly changes: readonly { readonly at: number; readonly offset: number }[];
}

/** The time zone database's answer for a year never changes while the program runs, so each year is asked for once. */
const known = new Map<number, OffsetsOfYear>();

/** Milliseconds that Stockholm is ahead of UTC at an instant. */
const offsetAt = (epochMs: number): number => {
  const { first, changes } = offsetsOf(yearOf(Math.floor(epochMs / MS_PER_DAY)));
  let offset = first;
  for (const change of changes) if (epochMs >= change.at) offset = change.offset;
  return offset;
};

const offsetsOf = (year: number): OffsetsOfYear => {
  const before = known.get(year);
  if (before) return before;
  const end = epochDayOf(year + 1, 1, 1) * MS_PER_DAY;
  let at = Temporal.Instant.fromEpochMilliseconds(epochDayOf(year, 1, 1) * MS_PER_DAY).toZonedDateTimeISO(ZONE);
  const first = at.offsetNanoseconds / 1e6;
  const changes: { at: number; offset: number }[] = [];
  for (;;) {
    const next = at.getTimeZoneTransition('next');
    if (next === null || next.epochMilliseconds >= end) break;
    changes.push({ at: next.epochMilliseconds, offset: next.offsetNanoseconds / 1e6 });
    at = next;
  }
  const offsets = { first, changes };
  known.set(year, offsets);
  return offsets;
};
