import { html } from 'hono/html';
import type { Response } from '../shared/http.ts';
import { PATH, type Kind } from '../shared/register-pages/kind.ts';
import { page, type Looking } from '../shared/register-pages/pages.ts';

/** All registers, with how many entries each has. */
export const registersPage = (looking: Looking, counts: readonly (readonly [Kind, number])[]): Response =>
  page(
    looking,
    200,
    'Register',
    html`<h1>Register</h1><ul class="registers">${counts.map(
      ([{ path, title, lead }, count]) =>
        html`<li class="card"><h2><a href="${PATH}/${path}">${title}</a> <span class="soft num">${count}</span></h2><p>${lead}</p></li>`,
    )}<li class="card"><h2><a href="${PATH}/routines">Rutiner</a></h2><p>Vad de rutiner som gäller betyder, i klartext med exempel på dagar.</p></li>${
      looking.mayChange
        ? html`<li class="card"><h2><a href="${PATH}/partners">Partnersystem</a></h2><p>Vilka som kopplat sina system till Frist, och vad de inte har fått veta.</p></li><li class="card"><h2><a href="${PATH}/queues">Meddelanden som fastnat</a></h2><p>Det som inte gick att utföra efter flera försök.</p></li>`
        : ''
    }</ul>`,
  );
