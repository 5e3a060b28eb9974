import { html } from 'hono/html';
import { Temporal } from 'temporal-polyfill';
import { casePath } from '../shared/case-pages/paths.ts';
import { idOf, type Failure } from '../shared/deliveries/deliveries.ts';
import type { Response } from '../shared/http.ts';
import type { Generation, KeptState } from '../shared/partners/partners.ts';
import { PATH as REGISTERS } from '../shared/register-pages/kind.ts';
import { back, page, type Looking } from '../shared/register-pages/pages.ts';
import type { Partner } from '../shared/registers/registers.ts';
import type { Markup } from '../shared/web/page.ts';
import { sayNear } from '../shared/web/times.ts';

export const PATH = `${REGISTERS}/partners`;

/** What the form that asks for another secret posts as `answer`. */
export const ROTATE = 'rotate';

/**
 * The secret of a partner system, the one time that it is shown.
 *
 * @param isNew whether it is the system's first
 */
export const secretPage = (looking: Looking, { name }: Partner, secret: string, isNew: boolean): Response => {
  const title = isNew ? `${name} är registrerat` : `Ny hemlighet för ${name}`;
  return page(
    looking,
    200,
    title,
    html`<div class="narrow">${back(PATH, 'Partnersystem')}<h1>${title}</h1><section class="card done" tabindex="-1" autofocus aria-labelledby="secret"><h2 id="secret">Systemets hemlighet</h2><p><code class="secret">${secret}</code></p><p>Kopiera den nu och lämna den till dem som sköter systemet, på ett säkert sätt. Den visas bara den här gången.</p>${
      isNew ? '' : html`<p>Den förra gäller i 24 timmar till, så att systemet hinner byta.</p>`
    }</section><p><a href="${PATH}">Klart</a></p></div>`,
  );
};

/** Somebody has changed the secret since the page was opened. */
export const rotatedPage = (looking: Looking, { id, name }: Partner): Response =>
  page(
    looking,
    409,
    'Hemligheten är redan bytt',
    html`<div class="narrow">${back(PATH, 'Partnersystem')}<h1>Hemligheten är redan bytt</h1><p class="lead">Den byttes sedan du öppnade sidan, och visas inte igen. Är den borta kan du byta en gång till.</p><p><a href="${partnerPath(id)}">Tillbaka till ${name}</a></p></div>`,
  );

const partnerPath = (id: string): string => `${PATH}/entry?${new URLSearchParams({ id }).toString()}`;

/** How a system's secrets and its address stand, and the way to another secret. */
export const standing = (state: KeptState | undefined, newestKey: string, now: Temporal.Instant): Markup => {
  const valid = (state?.generations ?? []).filter(
    ({ until }) => until === undefined || Temporal.Instant.compare(now, Temporal.Instant.from(until)) < 0,
  );
  const [newest] = valid;
  return html`<div class="narrow">${
    state?.disabled === undefined
      ? ''
      : html`<p class="card wrong">Adressen svarade ${near(state.disabled, now)} att den inte finns längre. Inget skickas förrän den har sparats på nytt, eller något av det som väntar skickas om.</p>`
  }<section class="card"><h2>Hemlighet</h2>${
    newest === undefined
      ? html`<p>Systemet har ingen hemlighet än.</p>`
      : html`<ul>${valid.map((one) => html`<li>${sayGeneration(one, newestKey, now)}</li>`)}</ul>`
  }<form method="post"><input type="hidden" name="answer" value="${ROTATE}"><input type="hidden" name="generation" value="${state?.generations[0]?.number ?? 0}"><p class="hint">Den nya visas en gång. ${newest === undefined ? '' : 'Den som gäller nu gäller i 24 timmar till.'}</p><button class="quiet">${newest === undefined ? 'Skapa en hemlighet' : 'Byt hemlighet'}</button></form></section></div>`;
};

const sayGeneration = ({ number, until, key }: Generation, newestKey: string, now: Temporal.Instant): string =>
  `Nummer ${String(number)} gäller${until === undefined ? '' : ` till ${near(until, now)}`}.${
    key === newestKey ? '' : ' Byt den: nästa byte av kommunens nyckel gör att den slutar gälla.'
  }`;

const near = (instant: string, now: Temporal.Instant): string => sayNear(Temporal.Instant.from(instant), now);

const STATUS_WORDS: Readonly<Record<Failure['status'], string>> = {
  retrying: 'försöker igen',
  stopped: 'har slutat försöka',
  disabled: 'adressen finns inte längre',
};

/** Why nothing was taken, by the word that the delivery keeps; else the status that the address answered. */
const WHY_WORDS: Readonly<Record<string, string>> = {
  address: 'adressen leder inte till internet',
  unresolved: 'namnet i adressen finns inte',
  unreachable: 'ingen svarade på adressen',
  timeout: 'inget svar inom tio sekunder',
  unsigned: 'systemet har ingen giltig hemlighet',
};

const sayWhy = (why: string): string => WHY_WORDS[why] ?? `svarade ${why}`;

/** A system that is gone leaves as many as it has cases; all of them are told by `GET /api/webhooks`. */
const MOST_FAILURES = 40;

/** What could not be told, each with a way to have it told anew. */
export const failureTable = (
  failures: readonly Failure[],
  partners: readonly Partner[],
  now: Temporal.Instant,
): Markup | string => {
  if (failures.length === 0) return '';
  return html`<div class="frame list"><table><caption>Har inte kommit fram</caption><thead><tr><th scope="col">Ärende</th><th scope="col">Till</th><th scope="col">Läge</th><th scope="col">Första försöket</th><th scope="col" class="number">Försök</th><th scope="col">Senaste felet</th><th scope="col"><span class="hidden">Försök igen</span></th></tr></thead><tbody>${failures
    .slice(0, MOST_FAILURES)
    .map(
      (one) =>
        html`<tr><td class="case num"><a href="${casePath(one.case)}">${one.case}</a></td><td data-label="Till">${
          partners.find(({ id }) => id === one.partner)?.name ?? one.partner
        }</td><td data-label="Läge">${STATUS_WORDS[one.status]}</td><td data-label="Första försöket"><time datetime="${one.first}">${near(one.first, now)}</time></td><td class="number num" data-label="Försök">${one.attempts}</td><td data-label="Senaste felet">${sayWhy(one.why)}</td><td class="number"><form method="post" action="${PATH}"><input type="hidden" name="delivery" value="${idOf(one)}"><button class="plain" aria-label="Försök igen med ärende ${one.case}">Försök igen</button></form></td></tr>`,
    )}</tbody></table>${failures.length > MOST_FAILURES ? html`<p class="more">Och ${failures.length - MOST_FAILURES} till.</p>` : ''}</div>`;
};

/** @param redelivered the case of which a system has just been asked to be told anew */
export const redeliveredNotice = (redelivered: string | undefined): Markup | string =>
  redelivered === undefined
    ? ''
    : html`<p class="card done" role="status">Ärende ${redelivered}: försöker igen inom en minut.</p>`;
