import { html } from 'hono/html';
import { Temporal } from 'temporal-polyfill';
import { formatInstant, MS_PER_DAY } from '../../domain/calendar/stockholm.ts';
import { sayDay, sayDuration, sayInstant, sayLimit } from '../../domain/calendar/swedish.ts';
import type { Deadline } from '../../domain/case/deadlines.ts';
import { errorSummary, form, type Mistake } from '../shared/web/form.ts';
import type { Markup } from '../shared/web/page.ts';
import type { Offer } from './offers.ts';
import type { Situation } from './situation.ts';

/** A limit: how much of it is left, and when it ends. */
export const limitLine = ({ due, window }: Deadline, { now, year }: Pick<Situation, 'now' | 'year'>): Markup => {
  const left = sayDuration(now, due);
  const hasPassed = Temporal.Instant.compare(now, due) >= 0;
  const isSoon = due.epochMilliseconds - now.epochMilliseconds < MS_PER_DAY;
  const pill = hasPassed
    ? html`<span class="pill late">passerat ${left}</span>`
    : html`<span class="pill ${isSoon ? 'soon' : 'calm'}">${left} kvar</span>`;
  return html`<p>
      ${pill} senast <b><time datetime="${formatInstant(due)}">${sayLimit(due, year)}</time></b>
    </p>
    ${window === undefined ? '' : html`<p>Tidigast ${sayDay(window.first, year)}.</p>`}
    ${window?.agreedOutside ? html`<p class="error">Den avtalade dagen ligger utanför tiden för bytet.</p>` : ''}`;
};

/** A moment as people say it, and for machines. */
export const moment = (instant: Temporal.Instant, { year }: Pick<Situation, 'year'>): Markup =>
  html`<time datetime="${formatInstant(instant)}">${sayInstant(instant, year)}</time>`;

/** An offer's form with what leads up to it, under a heading that stands already. */
export const offerForm = (offer: Offer, mistake: Mistake | undefined): Markup =>
  html`${offer.intro === undefined ? '' : html`<p>${offer.intro}</p>`}${form(offer, mistake)}`;

/** An offer that is opened when it is needed; one with a mistake in it stands open. */
export const folded = (offer: Offer, mistake: Mistake | undefined): Markup =>
  html`<details${mistake?.form === offer.name ? ' open' : ''}><summary>${offer.title}</summary>${offerForm(offer, mistake)}</details>`;

export const mistakes = (offers: readonly Offer[], mistake: Mistake | undefined): Markup | string => {
  const offer = offers.find(({ name }) => name === mistake?.form);
  return offer === undefined || mistake === undefined ? '' : errorSummary(offer, mistake);
};

/** Something the reader is to see first. */
export const notice = (kind: 'done' | 'wrong' | 'plain', title: string, text: Markup | string): Markup =>
  html`<section class="card ${kind}" tabindex="-1" autofocus aria-labelledby="notice">
    <h2 id="notice">${title}</h2>
    <p>${text}</p>
  </section>`;
