import { html } from 'hono/html';
import { Temporal } from 'temporal-polyfill';
import { dayOfDate, dayOfInstant, formatDay, formatInstant } from '../../domain/calendar/stockholm.ts';
import { sayDay, sayDuration, sayInstant, sayLimit, yearAt } from '../../domain/calendar/swedish.ts';
import { last, type OrderFile } from '../../domain/case/case-file.ts';
import type { Deadline } from '../../domain/case/deadlines.ts';
import type { CaseView } from '../../domain/case/view.ts';
import type { Response } from '../shared/http.ts';
import type { OrderLink } from '../shared/links/links.ts';
import { page, type Markup } from '../shared/web/page.ts';

/** What the order's page shows. */
export interface OrderPage {
  readonly link: OrderLink;
  readonly view: CaseView;
  readonly order: OrderFile;
  readonly municipality: string;
  readonly now: Temporal.Instant;
  /** The answer was just sent and may not be recorded yet. */
  readonly justConfirmed?: boolean;
  /** What is wrong with the answer that was posted. */
  readonly error?: string;
}

/** The page of an order: its limits, soonest first, and what is asked of the provider now. */
export const orderPage = (statusCode: number, shown: OrderPage): Response => {
  const { link, municipality } = shown;
  return page(statusCode, {
    title: `Ärende ${link.case} · ${headline(shown)}`,
    main: html`<p class="soft first">${municipality}</p>
      <h1>Ärende ${link.case}</h1>
      ${shown.order.ended === undefined ? html`${confirmation(shown)}${limits(shown)}` : endedCard(shown.order)}
      <footer class="soft">
        Sidan gäller bara det här uppdraget. Den visar aldrig namn eller personnummer; uppdragets innehåll finns i
        verksamhetssystemet eller lämnas på det sätt ni kommit överens om.
      </footer>`,
  });
};

/** A link that there is not, or that has expired. Which of the two is nobody's business. */
export const unknownPage = (): Response =>
  page(404, {
    title: 'Länken gäller inte',
    main: html`<h1>Länken gäller inte</h1>
      <section class="card">
        <p class="first">
          Länken är gammal eller felskriven. Öppna länken i det senaste mejlet om uppdraget, eller ring handläggaren.
        </p>
      </section>`,
  });

/** A post that another site sent. */
export const foreignPage = (): Response =>
  page(403, {
    title: 'Svaret togs inte emot',
    main: html`<h1>Svaret togs inte emot</h1>
      <section class="card">
        <p class="first">Svaret kom från en annan webbplats. Öppna länken i mejlet och svara på sidan där.</p>
      </section>`,
  });

const headline = ({ order, justConfirmed }: OrderPage): string => {
  if (order.ended !== undefined) return 'Gäller inte längre';
  return justConfirmed || last(order.entries, 'order.confirmed') ? 'Bekräftat' : 'Bekräfta mottagande';
};

const confirmation = (shown: OrderPage): Markup => {
  const { order, now, justConfirmed } = shown;
  const confirmed = last(order.entries, 'order.confirmed');
  if (confirmed !== undefined) {
    const { plannedStart } = confirmed.fact.data;
    return html`<section class="card done">
      <h2>Tack, mottagandet är bekräftat</h2>
      <p>
        Bekräftelsen kom
        ${time(confirmed.at, now)}.${
          plannedStart === undefined
            ? ''
            : html` Ni räknar med att börja ${sayDay(dayOfDate(plannedStart), yearAt(now))}.`
        }
        Ni behöver inte göra något mer här nu.
      </p>
    </section>`;
  }
  if (justConfirmed)
    return html`<section class="card done">
      <h2>Tack, vi har tagit emot er bekräftelse</h2>
      <p>Den registreras nu. Ni behöver inte göra något mer här nu.</p>
    </section>`;
  return html`<section class="card${shown.error === undefined ? '' : ' wrong'}">
    <h2>Bekräfta att ni har tagit emot uppdraget</h2>
    ${limitLine(deadlineOf(shown, 'confirm'), now)}
    <form method="post">${choices(shown)}<button>Bekräfta mottagandet</button></form>
  </section>`;
};

const choices = ({ now, error }: OrderPage): Markup => {
  const today = dayOfInstant(now);
  const year = yearAt(now);
  return html`<fieldset${error === undefined ? '' : html` aria-describedby="error"`}><legend>När räknar ni med att börja?</legend>${
    error === undefined ? '' : html`<p class="error" id="error" role="alert">${error}</p>`
  }<label class="choice"><input type="radio" name="start" value="${formatDay(today)}" required> i dag, ${sayDay(today, year)}</label><label class="choice"><input type="radio" name="start" value="${formatDay(today + 1)}"> i morgon, ${sayDay(today + 1, year)}</label><label class="choice"><input type="radio" name="start" value="other"> ett annat datum <input type="date" name="date" min="${formatDay(today)}" aria-label="Annat datum"></label></fieldset>`;
};

/** What is owed besides the confirmation, and what is done. */
const limits = (shown: OrderPage): Markup | string => {
  const others = ownDeadlines(shown).filter(({ rule }) => rule.id !== 'confirm');
  if (others.length === 0) return '';
  return html`<section class="card">
    <h2>Därefter</h2>
    <dl>
      ${others.map(
        (deadline) =>
          html`<dt>${capital(deadline.rule.duty)}</dt>
            <dd>${limitLine(deadline, shown.now)}</dd>`,
      )}
    </dl>
  </section>`;
};

const ownDeadlines = ({ view, order }: OrderPage): Deadline[] =>
  view.deadlines.filter(
    ({ subject, rule }) => subject.kind === 'order' && subject.id === order.id && rule.owner === 'provider',
  );

const deadlineOf = (shown: OrderPage, rule: string): Deadline | undefined =>
  ownDeadlines(shown).find((deadline) => deadline.rule.id === rule);

export const limitLine = (deadline: Deadline | undefined, now: Temporal.Instant): Markup | string => {
  if (deadline === undefined) return '';
  const { due, closed } = deadline;
  const limit = html`senast <b><time datetime="${formatInstant(due)}">${sayLimit(due, yearAt(now))}</time></b>`;
  if (closed !== undefined) return html`<p><span class="pill met">klart</span> ${limit}</p>`;
  const left = sayDuration(now, due);
  if (Temporal.Instant.compare(now, due) >= 0)
    return html`<p><span class="pill late">passerat ${left}</span> ${limit}</p>`;
  const soon = due.epochMilliseconds - now.epochMilliseconds < DAY_MS;
  return html`<p><span class="pill ${soon ? 'soon' : 'calm'}">${left} kvar</span> ${limit}</p>`;
};

const DAY_MS = 86_400_000;

/** An order that is asked for no more (row S4: the old link says that it was recalled). */
const endedCard = ({ ended }: OrderFile): Markup => {
  const words: Readonly<Record<string, readonly [string, string]>> = {
    'order.recalled': [
      'Uppdraget är återkallat',
      'Handläggaren har återkallat uppdraget. Ni ska inte utföra det. Ett nytt uppdrag kommer i så fall med ett eget mejl.',
    ],
    'order.sent': [
      'Uppdraget är ersatt',
      'Handläggaren har skickat ett nytt uppdrag i stället. Öppna länken i det senaste mejlet.',
    ],
  };
  const [title, text] = words[ended?.name ?? ''] ?? [
    'Uppdraget är avslutat',
    'Insatsen är avslutad. Ni behöver inte göra något mer här.',
  ];
  return html`<section class="card">
    <h2>${title}</h2>
    <p>${text}</p>
  </section>`;
};

const time = (instant: Temporal.Instant, now: Temporal.Instant): Markup =>
  html`<time datetime="${formatInstant(instant)}">${sayInstant(instant, yearAt(now))}</time>`;

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
