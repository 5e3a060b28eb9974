import { html } from 'hono/html';
import { Temporal } from 'temporal-polyfill';
import type { Response } from '../shared/http.ts';
import { STRAY_DAYS, type Stray } from '../shared/messages/strays.ts';
import type { Person } from '../shared/session/session.ts';
import { officePage, STRAYS_PATH } from '../shared/web/office.ts';
import { tableStyle } from '../shared/web/table-style.ts';
import { sayNear } from '../shared/web/times.ts';

export interface Strayed {
  readonly person: Person;
  readonly municipality: { readonly name: string };
  readonly now: Temporal.Instant;
  readonly strays: readonly Stray[];
}

/** The mails that belong to no case, each to be saved and read. */
export const straysPage = ({ person, municipality, now, strays }: Strayed): Response =>
  officePage(200, {
    title: 'Mejl utan ärende',
    municipality: municipality.name,
    person,
    here: '/watch',
    style: tableStyle,
    main: html`<p class="first back"><a href="/watch">← Bevakning</a></p><h1>Mejl utan ärende</h1><p class="lead">${
      strays.length === 0
        ? 'Inget mejl väntar. Här samlas mejl som inte går att knyta till ett ärende.'
        : 'De här mejlen svarar inte på något som Frist har skickat, eller kom till en adress som inte gäller längre. De har inte ändrat något.'
    }</p>${
      strays.length === 0
        ? ''
        : html`<div class="frame list"><table><caption class="hidden">Mejl utan ärende, det senaste först</caption><thead><tr><th scope="col">Kom in</th><th scope="col">Mejlet</th></tr></thead><tbody>${strays.map(
            ({ mail, received }) => {
              const when = sayNear(Temporal.Instant.from(received), now);
              return html`<tr><td data-label="Kom in" class="num"><time datetime="${received}">${when}</time></td><td data-label="Mejlet"><a href="${STRAYS_PATH}/${encodeURIComponent(mail)}" download aria-label="Hämta mejlet som kom in ${when}">Hämta</a></td></tr>`;
            },
          )}</tbody></table></div><p class="soft">Ett mejl öppnas i ditt mejlprogram. Det finns kvar här i ${STRAY_DAYS} dagar.</p>`
    }`,
  });
