import { httpHandler, type Request } from '../shared/http.ts';
import { forPerson, type PersonsWork } from '../shared/web/person-door.ts';
import { actInCase, showCase } from './case.ts';
import type { Dependencies } from './dependencies.ts';

/** The page of a case, and what can be done there. */
export const createHandler = (deps: Dependencies) => {
  const answer = (work: PersonsWork) => async (request: Request) => forPerson(request, '/watch', deps, work);
  return httpHandler(
    {
      'GET /watch/cases/{case}': answer(async (request, person) => showCase(request, person, deps)),
      'POST /watch/cases/{case}': answer(async (request, person) => actInCase(request, person, deps)),
    },
    deps.log,
  );
};
