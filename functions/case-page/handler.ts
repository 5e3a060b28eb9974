import { httpHandler, type Request } from '../shared/http.ts';
import { forPerson } from '../shared/web/person-door.ts';
import { showCase } from './case.ts';
import type { Dependencies } from './dependencies.ts';

/** The page of a case. */
export const createHandler = (deps: Dependencies) =>
  httpHandler(
    {
      'GET /watch/cases/{case}': async (request: Request) =>
        forPerson(request, '/watch', deps, async (_, person) => showCase(request, person, deps)),
    },
    deps.log,
  );
