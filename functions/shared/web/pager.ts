import { html } from 'hono/html';
import type { Markup } from './page.ts';

/** The ways to the pages beside the one that is shown. @param addressOf the address of a page, from 1 */
export const pager = (here: number, last: number, addressOf: (page: number) => string): Markup =>
  html`<nav class="more pager" aria-label="Sidor"><ul><li>Sida ${here} av ${last}</li>${
    here === 1 ? '' : html`<li><a rel="prev" href="${addressOf(here - 1)}">Föregående</a></li>`
  }${here === last ? '' : html`<li><a rel="next" href="${addressOf(here + 1)}">Nästa</a></li>`}</ul></nav>`;
