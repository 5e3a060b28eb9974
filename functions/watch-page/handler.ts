import { traceOf } from '../shared/errors.ts';
import { httpHandler, type Request, type Response } from '../shared/http.ts';
import { mayUse } from '../shared/session/who-may.ts';
import type { Person } from '../shared/session/session.ts';
import { toLogin } from '../shared/web/office.ts';
import type { Dependencies } from './dependencies.ts';
import { actInCase, showCase } from './case.ts';
import { showList } from './list.ts';
import { brokenPage, notAllowedPage } from './plain-pages.ts';

/** The case officers' pages: the watch list, a case, and what can be done there. */
export const createHandler = (deps: Dependencies) =>
  httpHandler(
    {
      'GET /watch': async (request) => forPersons(request, deps, showList),
      'GET /watch/cases/{case}': async (request) => forPersons(request, deps, showCase),
      'POST /watch/cases/{case}': async (request) => forPersons(request, deps, actInCase),
    },
    deps.log,
  );

type Work = (request: Request, person: Person, deps: Dependencies) => Promise<Response>;

/** Lets in whose role the route is for, and answers a person in Swedish also when something fails. */
const forPersons = async (request: Request, deps: Dependencies, work: Work): Promise<Response> => {
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
