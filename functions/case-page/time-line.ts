import { html } from 'hono/html';
import { Temporal } from 'temporal-polyfill';
import { dateOf } from '../../domain/calendar/days.ts';
import { localTimeOf, MS_PER_HOUR, startOfDay } from '../../domain/calendar/stockholm.ts';
import { capital, sayClock } from '../../domain/calendar/swedish.ts';
import { sayNear, sayNearLimit } from '../shared/web/times.ts';
import type { Deadline } from '../../domain/case/deadlines.ts';
import { isOwed } from '../../domain/case/owed.ts';
import { commonRoutine } from '../../domain/routine/routines.ts';
import type { Markup } from '../shared/web/page.ts';

/*
 * The deadlines of a case as a picture: a bar each from when it began to when it was done or now, a mark at its limit, and
 * where we are. Each bar has a drawing of its own, its words above it and nothing across them; all drawings are as wide, and
 * positions are parts of the width, so that a moment is at one place in all of them and the words keep their size.
 */

const MOST_ROWS = 7;

/** The deadlines worth a bar: those that are owed, and then the latest of the others. The law's long clocks only when missed. */
export const drawn = (deadlines: readonly Deadline[]): readonly Deadline[] => {
  const all = deadlines.filter(
    ({ status, routine }) => status !== 'cancelled' && (routine !== commonRoutine || status === 'breached'),
  );
  const owed = all.filter(isOwed).slice(0, MOST_ROWS);
  const rest = MOST_ROWS - owed.length;
  const others = rest === 0 ? [] : all.filter((one) => !isOwed(one)).slice(-rest);
  return [...others, ...owed].toSorted((a, b) => a.due.epochMilliseconds - b.due.epochMilliseconds);
};

export const timeLine = (deadlines: readonly Deadline[], now: Temporal.Instant): Markup | string => {
  const rows = drawn(deadlines);
  if (rows.length === 0) return '';
  const moments = rows.flatMap(({ opened, due, closed }) => [opened, due, ...(closed ? [closed] : [])]).concat(now);
  const times = moments.map(({ epochMilliseconds }) => epochMilliseconds);
  const [first, last] = [Math.min(...times), Math.max(...times)];
  const margin = Math.max((last - first) * 0.04, MS_PER_HOUR);
  const [from, to] = [first - margin, last + margin];
  const at = (instant: Temporal.Instant | number): string =>
    `${((((typeof instant === 'number' ? instant : instant.epochMilliseconds) - from) / (to - from)) * 100).toFixed(2)}%`;
  const here = ((now.epochMilliseconds - from) / (to - from)) * 100;
  const marks = ticks(from, to).map(({ ms, label }) => ({ x: at(ms), label }));
  return html`<div class="line" role="img" aria-label="Tidslinje. ${rows.map((row) => inWords(row, now)).join(' ')}"><svg height="18"><text x="${at(now)}" y="13" text-anchor="${here < 8 ? 'start' : here > 92 ? 'end' : 'middle'}">nu</text><defs><g id="moments">${marks.map(
    ({ x }) => html`<line class="grid" x1="${x}" x2="${x}" y2="22"/>`,
  )}<line class="now" x1="${at(now)}" x2="${at(now)}" y2="22"/></g></defs></svg>${rows.map(
    (row) => html`<p>${capital(row.rule.duty)}</p><svg height="22"><use href="#moments"/>${bar(row, at, now)}</svg>`,
  )}<svg height="20">${marks.map(({ x, label }) => html`<text class="axis" x="${x}" y="16">${label}</text>`)}</svg></div>`;
};

const bar = (row: Deadline, at: (instant: Temporal.Instant) => string, now: Temporal.Instant): Markup => {
  const { rule, opened, due, closed, status } = row;
  const end = closed ?? (Temporal.Instant.compare(row.ended ?? now, now) < 0 ? (row.ended ?? now) : now);
  const stop = earlier(end, due);
  const isLate = Temporal.Instant.compare(end, due) > 0;
  const wide = (a: Temporal.Instant, b: Temporal.Instant): string =>
    `${Math.max(Number.parseFloat(at(b)) - Number.parseFloat(at(a)), 0.6).toFixed(2)}%`;
  const piece = (kind: string, a: Temporal.Instant, b: Temporal.Instant): Markup =>
    html`<rect class="${kind}" x="${at(a)}" width="${wide(a, b)}"/>`;
  const kept = status === 'met' ? 'kept' : '';
  return html`${isLate ? '' : piece('off', stop, due)}${piece(status === 'met' ? 'ok' : 'run', opened, stop)}${
    isLate ? piece(rule.kind === 'hard' ? 'over' : 'run', due, end) : ''
  }<line class="limit ${isLate && rule.kind === 'hard' ? 'missed' : kept}" x1="${at(due)}" x2="${at(due)}" y1="1" y2="21"/>`;
};

const earlier = (a: Temporal.Instant, b: Temporal.Instant): Temporal.Instant =>
  Temporal.Instant.compare(a, b) < 0 ? a : b;

/** A deadline as the picture shows it, for whoever does not see it. */
const inWords = ({ rule, due, status, closed }: Deadline, now: Temporal.Instant): string => {
  const limit = sayNearLimit(due, now);
  const what = capital(rule.duty);
  if (status === 'met')
    return `${what}: gjort ${closed === undefined ? '' : sayNear(closed, now)}, fristen var ${limit}.`;
  if (status === 'breached')
    return `${what}: fristen gick ut ${limit}, ${closed === undefined ? 'inte gjort' : `gjort ${sayNear(closed, now)}`}.`;
  return `${what}: senast ${limit}.`;
};

interface Tick {
  readonly ms: number;
  readonly label: string;
}

/** At most four marks on the axis, so far apart that their words have room on a phone: hours of a day, days, or weeks. */
const ticks = (from: number, to: number): readonly Tick[] => {
  const hours = (to - from) / MS_PER_HOUR;
  if (hours < 40) {
    const step = [1, 2, 3, 6].find((one) => hours / one <= 4) ?? 12;
    const begin = startOfDay(localTimeOf(from).day).epochMilliseconds;
    const found: Tick[] = [];
    for (let ms = begin; ms < to; ms += step * MS_PER_HOUR)
      if (inside(ms, from, to)) found.push({ ms, label: sayClock(localTimeOf(ms).clock) });
    return found;
  }
  const days = hours / 24;
  const step = [1, 2, 4, 7, 14, 28, 56].find((one) => days / one <= 4) ?? Math.ceil(days / 4);
  const found: Tick[] = [];
  for (let day = localTimeOf(from).day + 1; startOfDay(day).epochMilliseconds < to; day += step) {
    const { epochMilliseconds } = startOfDay(day);
    if (inside(epochMilliseconds, from, to)) found.push({ ms: epochMilliseconds, label: dayLabel(day) });
  }
  return found;
};

/** So far from the edges that its words have room. */
const inside = (ms: number, from: number, to: number): boolean =>
  ms > from + (to - from) * 0.1 && ms < to - (to - from) * 0.1;

const dayLabel = (day: number): string => {
  const { day: number, month } = dateOf(day);
  return `${String(number)} ${MONTHS[month - 1] ?? ''}`;
};

const MONTHS = ['jan', 'feb', 'mars', 'april', 'maj', 'juni', 'juli', 'aug', 'sep', 'okt', 'nov', 'dec'];
