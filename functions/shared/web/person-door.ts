import { html } from 'hono/html';
import { traceOf } from '../errors.ts';
import type { Request, Response } from '../http.ts';
import type { Log } from '../log.ts';
import type { Person, Sessions } from '../session/session.ts';
import { mayUse } from '../session/who-may.ts';
import { homeOf, loginPath, officePage, toLogin, type OfficePlace } from './office.ts';
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
 * fails. Whoever posts a form when the session is over is told so: a form may lead nowhere but to its own site
 * (`form-action`), and browsers hold that against the redirects to where people sign in too.
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
    if (person === undefined) {
      const path = pathOf(request);
      return request.requestContext.http.method === 'GET' ? toLogin(path) : signedOutPage(path, municipality);
    }
    if (mayUse(request.routeKey, person)) return await work(request, person);
    return plainPage(403, here, municipality, person, 'Du har inte tillgång hit', NOT_ALLOWED);
  } catch (error) {
    log('REQUEST_FAILED', { route: request.routeKey, ...traceOf(error) });
    return plainPage(500, here, municipality, person, 'Något gick fel hos oss', 'Försök igen om en stund.');
  }
};

const NOT_ALLOWED = 'Din roll omfattar inte den här sidan. Den som ger behörigheter i kommunen kan ändra det.';

const signedOutPage = (path: string, { name: municipality }: Door['municipality']): Response =>
  officePage(401, {
    title: SIGNED_OUT,
    municipality,
    main: html`<h1>${SIGNED_OUT}</h1><p class="lead">Inget sparades. Logga in, så kommer du tillbaka och kan göra om det.</p><p><a href="${loginPath(path)}">Logga in</a></p>`,
  });

const SIGNED_OUT = 'Du är inte inloggad längre';

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
