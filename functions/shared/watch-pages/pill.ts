import { html } from 'hono/html';
import { Temporal } from 'temporal-polyfill';
import { MS_PER_DAY } from '../../../domain/calendar/stockholm.ts';
import type { WatchedDeadline } from '../watch-list/watch-list.ts';
import type { Markup } from '../web/page.ts';
import { sayLeft } from '../web/times.ts';

/** How much is left, in words and, where it is short, in colour. */
export const leftPill = (
  { due, unit, kind }: Pick<WatchedDeadline, 'due' | 'unit' | 'kind'>,
  now: Temporal.Instant,
): Markup => {
  const limit = Temporal.Instant.from(due);
  const left = sayLeft(now, limit, unit);
  const ms = limit.epochMilliseconds - now.epochMilliseconds;
  if (ms <= 0) return html`<span class="pill ${kind === 'hard' ? 'late' : 'soon'}">passerat ${left}</span>`;
  return html`<span class="pill ${ms < MS_PER_DAY ? 'soon' : 'calm'}">${left}</span>`;
};
