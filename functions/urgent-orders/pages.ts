import { html } from 'hono/html';
import type { Provider } from '../shared/registers/registers.ts';
import type { Response } from '../shared/request.ts';
import type { Person } from '../shared/session/session.ts';
import { errorSummary, form, type Form, type Mistake } from '../shared/web/form.ts';
import { officePage } from '../shared/web/office.ts';

/** The page's address, and its place in the navigation. */
export const PATH = '/watch/urgent';

interface Frame {
  readonly person: Person;
  readonly municipality: string;
}

/** The form, with what is wrong with what was posted of it. */
export const askPage = ({ person, municipality }: Frame, asked: Form, mistake?: Mistake): Response =>
  officePage(mistake === undefined ? 200 : 422, {
    title: mistake === undefined ? 'Brådskande uppdrag' : 'Fel: brådskande uppdrag',
    municipality,
    person,
    here: PATH,
    main: html`<h1>Skicka ett brådskande uppdrag</h1>
      <p class="lead">Uppdraget går genast till den utförare som den enskilde har. Har den enskilde ingen, går det till nästa på akutlistan.</p>
      ${mistake === undefined ? '' : errorSummary(asked, mistake, 'Något behöver rättas')}
      <section class="card narrow">${form(asked, mistake)}</section>`,
  });

/** It is on its way. */
export const sentPage = (
  { person, municipality }: Frame,
  {
    caseNumber,
    provider,
    before,
  }: { readonly caseNumber: string; readonly provider: Provider; readonly before: string },
): Response =>
  officePage(200, {
    title: 'Uppdraget är skickat',
    municipality,
    person,
    here: PATH,
    main: html`<section class="card done narrow"><h1>Uppdraget är skickat till ${provider.name}</h1>
      <p>Ärende ${caseNumber}. Insatsen ska börja senast ${before}. Handläggaren ser uppdraget och får veta om tiden går ut.</p></section>
      ${
        provider.mail === undefined
          ? html`<p class="lead">${provider.name} tar inte emot mejl. <strong>Ring dem nu.</strong></p>`
          : html`<p class="lead">${provider.name} har fått ett mejl. Ring dem också om det är mindre än två timmar kvar.</p>`
      }
      <p><a href="${PATH}">Skicka ett uppdrag till</a></p>`,
  });

/** What was posted was not read. */
export const unreadPage = ({ person, municipality }: Frame, status: 400 | 403): Response =>
  officePage(status, {
    title: 'Uppdraget är inte skickat',
    municipality,
    person,
    here: PATH,
    main: html`<h1>Uppdraget är inte skickat</h1><p class="lead">Det kom inte från sidans formulär. Fyll i det på nytt.</p><p><a href="${PATH}">Till formuläret</a></p>`,
  });
