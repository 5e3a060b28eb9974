import { html } from 'hono/html';
import type { Markup } from '../web/page.ts';

/*
 * What the keys do, laid over the page when it is asked for. It opens by its button without scripts too, and there the keys
 * can be turned off: single letters are in the way of whoever speaks to the machine (WCAG 2.1, 2.1.4).
 */

export type Key = readonly [keys: readonly string[], does: string];

export const help = (keys: readonly Key[]): Markup =>
  html`<button type="button" class="plain" popovertarget="help">Tangenter: <kbd>?</kbd></button><div id="help" popover role="dialog" aria-labelledby="help-heading"><h2 id="help-heading">Tangenter</h2><dl class="keys">${[
    ...keys,
    [['?'], 'visa och dölj den här hjälpen'] as const,
  ].map(
    ([all, does]) =>
      html`<dt>${all.map((key) => (key === '–' ? '– ' : html`<kbd>${key}</kbd> `))}</dt><dd>${does}</dd>`,
  )}</dl><p><button type="button" class="quiet" id="keys" hidden></button> <button type="button" class="quiet" popovertarget="help" popovertargetaction="hide" autofocus>Stäng</button></p></div>`;
