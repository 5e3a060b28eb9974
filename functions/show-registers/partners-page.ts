import { html } from 'hono/html';
import { Temporal } from 'temporal-polyfill';
import { sayNear } from '../shared/web/times.ts';
import { idOf, type Failure } from '../shared/deliveries/deliveries.ts';
import type { Response } from '../shared/http.ts';
import type { Partner, Provider } from '../shared/registers/registers.ts';
import { officePage } from '../shared/web/office.ts';
import type { Markup } from '../shared/web/page.ts';
import { PATH, type Looking } from './pages.ts';

export interface Partners {
  readonly partners: readonly Partner[];
  readonly providers: readonly Provider[];
  readonly failures: readonly Failure[];
  readonly now: Temporal.Instant;
  /** The case of which a system has just been asked to be told anew. */
  readonly redelivered?: string | undefined;
}

/** The partner systems, and what they could not be told. */
export const partnersPage = ({ person, municipality }: Looking, shown: Partners): Response =>
  officePage(200, {
    title: 'Partnersystem · Register',
    municipality: municipality.name,
    person,
    here: PATH,
    main: html`<p class="first"><a href="${PATH}">Register</a></p><h1>Partnersystem</h1><p class="lead">System som talar för utförare och får veta vad som händer i deras ärenden. De läggs till och får sina hemligheter över API:t.</p>${
      shown.redelivered === undefined
        ? ''
        : html`<p class="card done" role="status">Ärende ${shown.redelivered}: försöker igen inom en minut.</p>`
    }<div class="frame list">${
      shown.partners.length === 0 ? html`<p class="empty first">Här finns inget än.</p>` : partnerTable(shown)
    }</div>${shown.failures.length === 0 ? '' : failureTable(shown)}`,
  });

const partnerTable = ({ partners, providers, failures }: Partners): Markup =>
  html`<table><caption class="hidden">Partnersystem</caption><thead><tr><th scope="col">Namn</th><th scope="col">Talar för</th><th scope="col">Får veta på</th><th scope="col">Läge</th></tr></thead><tbody>${partners.map(
    ({ id, name, providers: ids, url }) => {
      const own = failures.filter(({ partner }) => partner === id);
      return html`<tr><th scope="row"><b>${name}</b></th><td data-label="Talar för">${
        ids.map((one) => providers.find((provider) => provider.id === one)?.name ?? one).join(', ') || 'ingen'
      }</td><td data-label="Får veta på">${url === undefined ? 'ingen adress' : new URL(url).host}</td><td data-label="Läge">${
        own.length === 0
          ? html`<span class="pill met">inget väntar</span>`
          : html`<span class="pill late">${own.length} ${own.length === 1 ? 'ärende' : 'ärenden'} väntar</span>`
      }</td></tr>`;
    },
  )}</tbody></table>`;

const STATUS_WORDS: Readonly<Record<Failure['status'], string>> = {
  retrying: 'försöker igen',
  stopped: 'har slutat försöka',
  disabled: 'adressen finns inte längre',
};

/** A system that is gone leaves as many as it has cases; all of them are told by `GET /api/webhooks`. */
const MOST_FAILURES = 50;

const failureTable = ({ failures, partners, now }: Partners): Markup =>
  html`<div class="frame list"><table><caption>Har inte kommit fram</caption><thead><tr><th scope="col">Ärende</th><th scope="col">Till</th><th scope="col">Läge</th><th scope="col">Första försöket</th><th scope="col" class="number">Försök</th><th scope="col">Senaste felet</th><th scope="col"><span class="hidden">Försök igen</span></th></tr></thead><tbody>${failures
    .slice(0, MOST_FAILURES)
    .map(
      (one) =>
        html`<tr><td class="case num"><a href="/watch/cases/${encodeURIComponent(one.case)}">${one.case}</a></td><td data-label="Till">${
          partners.find(({ id }) => id === one.partner)?.name ?? one.partner
        }</td><td data-label="Läge">${STATUS_WORDS[one.status]}</td><td data-label="Första försöket"><time datetime="${one.first}">${sayNear(Temporal.Instant.from(one.first), now)}</time></td><td class="number num" data-label="Försök">${one.attempts}</td><td data-label="Senaste felet">${one.why}</td><td class="number"><form method="post"><input type="hidden" name="delivery" value="${idOf(one)}"><button class="plain" aria-label="Försök igen med ärende ${one.case}">Försök igen</button></form></td></tr>`,
    )}</tbody></table>${failures.length > MOST_FAILURES ? html`<p class="more">Och ${failures.length - MOST_FAILURES} till.</p>` : ''}</div>`;
