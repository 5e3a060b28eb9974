import type { Temporal } from 'temporal-polyfill';
import type { Unit, Within } from './limit.ts';
import { dateOf, dayOfWeek, type EpochDay } from './days.ts';
import { MS_PER_HOUR, localTimeOf } from './stockholm.ts';

/*
 * Times as people say them in Swedish, within a sentence.
 */

const WEEKDAYS = ['måndag', 'tisdag', 'onsdag', 'torsdag', 'fredag', 'lördag', 'söndag'];
const MONTHS = [
  'januari',
  'februari',
  'mars',
  'april',
  'maj',
  'juni',
  'juli',
  'augusti',
  'september',
  'oktober',
  'november',
  'december',
];

/** What is said within a sentence, as it begins one. */
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** "december": January is 1. */
export const sayMonth = (number: number): string => MONTHS[number - 1] ?? '';

/** "tisdag 22 december", with the year when it is not the one the reader is in. */
export const sayDay = (day: EpochDay, readersYear?: number): string => {
  const { year, month, day: number } = dateOf(day);
  const name = `${WEEKDAYS[dayOfWeek(day) - 1] ?? ''} ${String(number)} ${MONTHS[month - 1] ?? ''}`;
  return year === readersYear ? name : `${name} ${String(year)}`;
};

/** "14:05". */
export const sayClock = (clock: number): string => {
  const minutes = Math.floor(clock / 60_000);
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
};

/** "tisdag 22 december 14:05". */
export const sayInstant = (instant: Temporal.Instant, readersYear?: number): string => {
  const { day, clock } = localTimeOf(instant.epochMilliseconds);
  return `${sayDay(day, readersYear)} ${sayClock(clock)}`;
};

/**
 * A limit: "tisdag 22 december" when it ends with the day, else with the time of day. The midnight that ends a day belongs
 * to that day.
 */
export const sayLimit = (due: Temporal.Instant, readersYear?: number): string => {
  const { day, clock } = localTimeOf(due.epochMilliseconds);
  return clock === 0 ? sayDay(day - 1, readersYear) : `${sayDay(day, readersYear)} ${sayClock(clock)}`;
};

/** The year in Stockholm at an instant. */
export const yearAt = (instant: Temporal.Instant): number => dateOf(localTimeOf(instant.epochMilliseconds).day).year;

const ORDINALS = ['första', 'andra', 'tredje', 'fjärde', 'femte', 'sjätte', 'sjunde', 'åttonde', 'nionde', 'tionde'];

/** "andra", and from the eleventh on "11:e". */
export const sayOrdinal = (number: number): string =>
  ORDINALS[number - 1] ?? `${String(number)}:${[1, 2].includes(number % 10) && number > 12 ? 'a' : 'e'}`;

/** The name of a day of the week: Monday is 1. */
export const sayDayOfWeek = (number: number): string => WEEKDAYS[number - 1] ?? '';

const UNITS: Readonly<Record<Unit, readonly [one: string, many: string]>> = {
  hours: ['timme', 'timmar'],
  days: ['dag', 'dagar'],
  weekdays: ['vardag', 'vardagar'],
  weeks: ['vecka', 'veckor'],
  months: ['månad', 'månader'],
};

/** "15 vardagar". */
export const sayWithin = ({ amount, unit }: Within): string => `${String(amount)} ${UNITS[unit][amount === 1 ? 0 : 1]}`;

/** The time between two instants in its two largest units: "1 dag 14 timmar", "3 timmar 5 minuter", "under en minut". */
export const sayDuration = (from: Temporal.Instant, to: Temporal.Instant): string => {
  const ms = Math.abs(to.epochMilliseconds - from.epochMilliseconds);
  const minutes = Math.floor(ms / 60_000);
  const hours = Math.floor(ms / MS_PER_HOUR);
  const days = Math.floor(hours / 24);
  const parts =
    days > 0
      ? [part(days, 'dag', 'dagar'), part(hours % 24, 'timme', 'timmar')]
      : [part(hours, 'timme', 'timmar'), part(minutes % 60, 'minut', 'minuter')];
  return parts.filter((text) => text !== '').join(' ') || 'under en minut';
};

const part = (amount: number, one: string, many: string): string =>
  amount === 0 ? '' : `${String(amount)} ${amount === 1 ? one : many}`;
