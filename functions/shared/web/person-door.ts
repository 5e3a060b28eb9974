import { html } from 'hono/html';
import { traceOf } from '../errors.ts';
import type { Request, Response } from '../http.ts';
import type { Log } from '../log.ts';
import type { Person, Sessions } from '../session/session.ts';
import { mayUse } from '../session/who-may.ts';
import { homeOf, officePage, toLogin, type OfficePlace } from './office.ts';
import type { Markup } from './page.ts';

/*
 * The door of a page for those who have signed in.
 */

export interface Door {
  readonly sessions: Sessions;
  readonly municipality: { readonly name: string };
  readonly log: Log;
}

/** Makes a page of a request of somebody who may see it. */
export type PersonsWork = (request: Request, person: Person) => Promise<Response>;

/**
 * Lets in whoever may use the route, sends whoever has not signed in to do so, and answers in Swedish also when something
 * fails.
 */
export const forPerson = async (
  request: Request,
  here: OfficePlace,
  { sessions, municipality, log }: Door,
  work: PersonsWork,
): Promise<Response> => {
  let person: Person | undefined;
  try {
    person = await sessions.personOf(request);
    if (person === undefined) return toLogin(pathOf(request));
    if (mayUse(request.routeKey, person)) return await work(request, person);
    return plainPage(403, here, municipality, person, 'Du har inte tillgång hit', NOT_ALLOWED);
  } catch (error) {
    log('REQUEST_FAILED', { route: request.routeKey, ...traceOf(error) });
    return plainPage(500, here, municipality, person, 'Något gick fel hos oss', 'Försök igen om en stund.');
  }
};

const NOT_ALLOWED = 'Din roll omfattar inte den här sidan. Den som ger behörigheter i kommunen kan ändra det.';

/** A page that says one thing. */
export const plainPage = (
  statusCode: number,
  here: OfficePlace,
  { name: municipality }: { readonly name: string },
  person: Person | undefined,
  title: string,
  text: string,
): Response =>
  officePage(statusCode, {
    title,
    municipality,
    person,
    here,
    main: html`<h1>${title}</h1><p class="lead">${text}</p><p>${wayOn(here, person)}</p>`,
  });

/** Whoever may not use a part is not led there again. */
const wayOn = (here: OfficePlace, person: Person | undefined): Markup => {
  const path = person === undefined || mayUse(`GET ${here}`, person) ? here : homeOf(person);
  return html`<a href="${path}">${path === '/watch' ? 'Till bevakningen' : 'Tillbaka'}</a>`;
};

/** Where somebody wanted to go, or where the form stands that they posted: they are led there after signing in. */
const pathOf = ({ rawPath, rawQueryString }: Request): string =>
  rawQueryString === '' ? rawPath : `${rawPath}?${rawQueryString}`;
