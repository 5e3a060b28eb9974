import { httpHandler } from '../shared/http.ts';
import { forPersons } from '../shared/watch-pages/door.ts';
import { actInCase, showCase } from './case.ts';
import type { Dependencies } from './dependencies.ts';

/** The page of a case, and what can be done there. */
export const createHandler = (deps: Dependencies) =>
  httpHandler(
    {
      'GET /watch/cases/{case}': async (request) => forPersons(request, deps, showCase),
      'POST /watch/cases/{case}': async (request) => forPersons(request, deps, actInCase),
    },
    deps.log,
  );
