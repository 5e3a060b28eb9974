import { httpHandler } from '../shared/http.ts';
import { forPerson } from '../shared/web/person-door.ts';
import type { Dependencies } from './dependencies.ts';
import { showList } from './list.ts';

/** The watch list. */
export const createHandler = (deps: Dependencies) =>
  httpHandler(
    {
      'GET /watch': async (request) =>
        forPerson(request, '/watch', deps, async (_, person) => showList(request, person, deps)),
    },
    deps.log,
  );
