import { html } from 'hono/html';
import type { Municipality } from '../environment.ts';
import { traceOf } from '../errors.ts';
import type { Request, Response } from '../http.ts';
import type { Log } from '../log.ts';
import type { Person, Sessions } from '../session/session.ts';
import { mayUse } from '../session/who-may.ts';
import { homeOf, officePage, toLogin } from '../web/office.ts';
import type { Markup } from '../web/page.ts';

/*
 * The door of the watch list and of a case, and what is said when there is no page to show.
 */

export interface Door {
  readonly sessions: Sessions;
  readonly municipality: Municipality;
  readonly log: Log;
}

/** Lets in whose role the route is for, and answers a person in Swedish also when something fails. */
export const forPersons = async <D extends Door>(
  request: Request,
  deps: D,
  work: (request: Request, person: Person, deps: D) => Promise<Response>,
): Promise<Response> => {
  let person: Person | undefined;
  try {
    person = await deps.sessions.personOf(request);
    if (person === undefined) return toLogin(pathOf(request));
    if (!mayUse(request.routeKey, person)) return notAllowedPage(person, deps.municipality);
    return await work(request, person, deps);
  } catch (error) {
    deps.log('REQUEST_FAILED', { route: request.routeKey, ...traceOf(error) });
    return brokenPage(person, deps.municipality);
  }
};

/** Where somebody wanted to go: they are led there after signing in. */
const pathOf = ({ rawPath, rawQueryString, requestContext }: Request): string => {
  if (requestContext.http.method !== 'GET') return rawPath;
  return rawQueryString === '' ? rawPath : `${rawPath}?${rawQueryString}`;
};

/** A page that says one thing. */
export const plainPage = (
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

const notAllowedPage = (person: Person, municipality: Municipality): Response =>
  plainPage(
    403,
    'Du har inte tillgång hit',
    'Din roll omfattar inte bevakningen. Den som ger behörigheter i kommunen kan ändra det.',
    person,
    municipality,
  );

const brokenPage = (person: Person | undefined, municipality: Municipality): Response =>
  plainPage(500, 'Något gick fel hos oss', 'Försök igen om en stund.', person, municipality);
