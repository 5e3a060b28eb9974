import { httpHandler } from '../shared/http.ts';
import { forPersons } from '../shared/watch-pages/door.ts';
import type { Dependencies } from './dependencies.ts';
import { showList } from './list.ts';

/** The watch list. */
export const createHandler = (deps: Dependencies) =>
  httpHandler({ 'GET /watch': async (request) => forPersons(request, deps, showList) }, deps.log);
