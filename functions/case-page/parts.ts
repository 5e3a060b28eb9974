import { html } from 'hono/html';
import { Temporal } from 'temporal-polyfill';
import { formatInstant } from '../../domain/calendar/stockholm.ts';
import type { Markup } from '../shared/web/page.ts';
import { casePath } from '../shared/case-pages/paths.ts';
import type { Situation } from '../shared/case-pages/situation.ts';

/*
 * The parts that a long list is shown in.
 */

/** A part of a long list, from after the one that the address names. */
interface Part {
  /** As the address names the list. */
  readonly list: 'journal' | 'mails';
  readonly label: string;
  /** What names each of all there are. */
  readonly keys: readonly string[];
  readonly from: number;
  readonly most: number;
}

/**
 * The ways to what is newer and older. Each names the one that it begins after, so that what comes in meanwhile moves
 * nothing from one part to another.
 */
export const partNav = ({ list, label, keys, from, most }: Part, situation: Situation): Markup | string => {
  if (keys.length <= most) return '';
  const to = Math.min(from + most, keys.length);
  const path = (begin: number): string => partPath(situation, list, keys[begin - 1]);
  // The keys turn the journal's parts alone.
  const key = (name: string): Markup | string => (list === 'journal' ? html` aria-keyshortcuts="${name}"` : '');
  return html`<nav class="pager" aria-label="${label}"><ul><li>${from + 1}–${to} av ${keys.length}</li>${
    from === 0 ? '' : html`<li><a class="newer" href="${path(Math.max(0, from - most))}"${key('p')}>Nyare</a></li>`
  }${to === keys.length ? '' : html`<li><a class="older" href="${path(to)}"${key('n')}>Äldre</a></li>`}</ul></nav>`;
};

const partPath = ({ case: caseNumber, at, now }: Situation, list: string, after: string | undefined): string => {
  const query = new URLSearchParams({
    ...(Temporal.Instant.compare(at, now) < 0 && { at: formatInstant(at) }),
    ...(after !== undefined && { [list]: after }),
  });
  return `${casePath(caseNumber)}${query.size === 0 ? '' : `?${query.toString()}`}#${list}`;
};
