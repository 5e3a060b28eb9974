import { html } from 'hono/html';
import type { Municipality } from '../shared/environment.ts';
import type { Response } from '../shared/http.ts';
import type { Person } from '../shared/session/session.ts';
import { mayUse } from '../shared/session/who-may.ts';
import { homeOf, officePage } from '../shared/web/office.ts';
import type { Markup } from '../shared/web/page.ts';

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
    main: html`<h1>${title}</h1><p class="lead">${text}</p>${person === undefined ? '' : html`<p>${wayOn(person)}</p>`}`,
  });

/** Whoever may not see the watch list is not led there again. */
const wayOn = (person: Person): Markup =>
  mayUse('GET /watch', person)
    ? html`<a href="/watch">Till bevakningen</a>`
    : html`<a href="${homeOf(person)}">Tillbaka</a>`;

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

/** No fact of the case is known, or none was yet at the moment asked about. */
export const unknownCasePage = (
  caseNumber: string,
  isLater: boolean,
  person: Person,
  municipality: Municipality,
): Response =>
  plainPage(
    404,
    `Ärende ${caseNumber} finns inte`,
    isLater
      ? 'Inget var känt om ärendet då.'
      : 'Kontrollera numret. Ett ärende finns här när något har registrerats i det.',
    person,
    municipality,
  );

export const otherUnitPage = (person: Person, municipality: Municipality): Response =>
  plainPage(
    403,
    'Ärendet hör till en annan enhet',
    'I er kommun ser du bara din egen enhets ärenden.',
    person,
    municipality,
  );

/** A post that is not read. */
export const refusedPage = (
  why: 'foreign' | 'notAForm' | 'tooLarge',
  person: Person,
  municipality: Municipality,
): Response => {
  const { status, text } = REFUSALS[why];
  return plainPage(status, 'Inget sparades', text, person, municipality);
};

const REFUSALS = {
  foreign: { status: 403, text: 'Formuläret kom från en annan webbplats. Öppna ärendet här och gör om det.' },
  notAForm: { status: 415, text: 'Det som kom var inte sidans formulär. Öppna ärendet och gör om det.' },
  tooLarge: { status: 413, text: 'Texten är för lång. Gå tillbaka och skriv kortare.' },
} as const;
