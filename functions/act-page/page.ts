import { html } from 'hono/html';
import { randomUUID } from 'node:crypto';
import { capital } from '../../domain/calendar/swedish.ts';
import { fullTitle, type Offer } from '../shared/case-pages/offers.ts';
import { actPath, casePath } from '../shared/case-pages/paths.ts';
import type { Situation } from '../shared/case-pages/situation.ts';
import type { Municipality } from '../shared/environment.ts';
import type { Response } from '../shared/http.ts';
import { errorSummary, form, type Mistake } from '../shared/web/form.ts';
import { officePage } from '../shared/web/office.ts';
import type { Act } from './act.ts';

export interface ShownAct {
  readonly situation: Situation;
  readonly offer: Offer;
  readonly act: Act;
  readonly mistake?: Mistake;
}

/** The page of one thing to do in a case: what it is done to, and the form. */
export const actPage = ({ situation, offer, act, mistake }: ShownAct, municipality: Municipality): Response => {
  const { case: caseNumber, person } = situation;
  const { name, title, of } = offer;
  // Without the place on the page that a link may have named: what comes of the post begins where it says.
  const action = actPath(caseNumber, name);
  const filled = { ...act, name, action, hidden: { statement: randomUUID() } };
  return officePage(mistake === undefined ? 200 : 422, {
    title: `${mistake === undefined ? '' : 'Fel: '}${fullTitle(offer)}: ärende ${caseNumber}`,
    municipality: municipality.name,
    person,
    here: '/watch',
    main: html`<p class="first back"><a href="${casePath(caseNumber)}">← Ärende ${caseNumber}</a></p><h1>${title}</h1>
      ${of === undefined ? '' : html`<p class="lead">${capital(of.words)}</p>`}${act.intro === undefined ? '' : html`<p class="hint">${act.intro}</p>`}${mistake === undefined ? '' : html`<div class="narrow">${errorSummary(filled, mistake, 'Något behöver rättas')}</div>`}
      <section class="card narrow">${form(filled, mistake)}</section>`,
  });
};
