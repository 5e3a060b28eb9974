import { explainRoutine } from '../../domain/routine/explain.ts';
import { routineReview } from '../../domain/routine/review.ts';
import { commonRoutine, type Routines } from '../../domain/routine/routines.ts';
import type { Routine } from '../../domain/routine/schema.ts';
import { formatInstant } from '../../domain/calendar/stockholm.ts';
import { Problem, httpHandler, json, pathParameter, type Request, type Response } from '../shared/http.ts';
import type { ClaimRules } from '../shared/session/caller.ts';
import type { Person } from '../shared/session/session.ts';
import { forPerson, plainPage, type Door } from '../shared/web/person-door.ts';
import { listPage, routinePage } from './pages.ts';

export interface Dependencies extends Door {
  readonly municipality: Door['municipality'] & { readonly routines: Routines };
  readonly claims?: ClaimRules;
}

/** The routines in force: which services follow them, and what they mean in plain Swedish (row B1). */
export const createHandler = (deps: Dependencies) => {
  const page = (work: (request: Request, person: Person) => Response) => async (request: Request) =>
    forPerson(request, '/watch/registers', deps, async (asked, person) => work(asked, person));
  const { municipality } = deps;
  return httpHandler(
    {
      'GET /api/routines': async () => json(200, { routines: shownIn(municipality.routines).map(inShort) }),
      'GET /api/routines/{id}': async (request) => {
        const routine = routineIn(request, municipality.routines);
        if (routine === undefined) throw new Problem(404, 'There is no such routine in force');
        return json(200, { ...inShort(routine), explained: explainRoutine(routine) });
      },
      'GET /watch/registers/routines': page((_, person) =>
        listPage(person, municipality, shownIn(municipality.routines)),
      ),
      'GET /watch/registers/routines/{id}': page((request, person) => {
        const routine = routineIn(request, municipality.routines);
        return routine === undefined
          ? plainPage(
              404,
              '/watch/registers',
              municipality,
              person,
              'Rutinen finns inte',
              'Ingen rutin med det namnet gäller i kommunen.',
            )
          : routinePage(person, municipality, routine, explainRoutine(routine));
      }),
    },
    deps.log,
    deps.claims,
  );
};

/** Those that some service follows, and what holds beside them. */
const shownIn = ({ inForce }: Routines): readonly Routine[] => [...inForce, commonRoutine];

const routineIn = (request: Request, routines: Routines): Routine | undefined =>
  shownIn(routines).find(({ id }) => id === pathParameter(request, 'id'));

const inShort = (routine: Routine): object => {
  const { id, name, source, services } = routine;
  const review = routineReview(routine);
  return {
    id,
    name,
    source,
    services: Object.entries(services).map(([service, { name: serviceName }]) => ({ id: service, name: serviceName })),
    ...(review && { reviewDue: formatInstant(review.due) }),
  };
};
