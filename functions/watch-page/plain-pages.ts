import { html } from 'hono/html';
import type { Municipality } from '../shared/environment.ts';
import type { Response } from '../shared/http.ts';
import type { Person } from '../shared/session/session.ts';
import { officePage } from '../shared/web/office.ts';

/*
 * What is said when there is no page to show.
 */

const plainPage = (
  statusCode: number,
  title: string,
  text: string,
  person: Person | undefined,
  { name: municipality }: Municipality,
): Response =>
  officePage(statusCode, {
    title,
    municipality,
    person,
    main: html`<h1>${title}</h1><p class="lead">${text}</p>${person === undefined ? '' : html`<p><a href="/watch">Till bevakningen</a></p>`}`,
  });

export const notAllowedPage = (person: Person, municipality: Municipality): Response =>
  plainPage(
    403,
    'Du har inte tillgång hit',
    'Din roll omfattar inte bevakningen. Den som ger behörigheter i kommunen kan ändra det.',
    person,
    municipality,
  );

export const brokenPage = (person: Person | undefined, municipality: Municipality): Response =>
  plainPage(500, 'Något gick fel hos oss', 'Försök igen om en stund.', person, municipality);
