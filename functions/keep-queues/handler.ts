import type { DeadLetters } from '../shared/dead-letters/dead-letters.ts';
import { Problem, httpHandler, json, pathParameter, type Request, type Response } from '../shared/http.ts';
import { callerOf, STANDARD_CLAIMS, type ClaimRules } from '../shared/session/caller.ts';
import type { Clock } from '../shared/runtime.ts';
import type { Person } from '../shared/session/session.ts';
import { forPerson, plainPage, type Door } from '../shared/web/person-door.ts';
import { readPost } from '../shared/web/post.ts';
import { seeOther } from '../shared/see-other.ts';
import { PATH, queuesPage } from './page.ts';

export interface Dependencies extends Door {
  readonly deadLetters: DeadLetters;
  readonly clock: Clock;
  readonly claims?: ClaimRules;
}

/** What the functions' queues, the rules and the scheduler gave up on: how much and how old it is, and to have it tried anew. For administrators. */
export const createHandler = (deps: Dependencies) => {
  const { deadLetters, municipality, clock, claims, log } = deps;
  const page = (work: (request: Request, person: Person) => Promise<Response>) => async (request: Request) =>
    forPerson(request, '/watch/registers', deps, work);
  const redrive = async (queue: string, who: string): Promise<boolean> => {
    const done = await deadLetters.redrive(queue);
    if (done) log('QUEUE_REDRIVEN', { queue, who });
    return done;
  };
  return httpHandler(
    {
      'GET /api/queues': async () => json(200, { queues: await deadLetters.count() }),
      'POST /api/queues/{queue}/redrive': async (request) => {
        const queue = pathParameter(request, 'queue');
        if (!(await redrive(queue, callerOf(request, claims ?? STANDARD_CLAIMS)?.id ?? '')))
          throw new Problem(404, `There is no queue ${queue}`);
        return json(202, { queue });
      },
      'GET /watch/registers/queues': page(async ({ queryStringParameters }, person) =>
        queuesPage({
          person,
          municipality,
          queues: await deadLetters.count(),
          redriven: queryStringParameters?.['redriven'],
          now: clock(),
        }),
      ),
      'POST /watch/registers/queues': page(async (request, person) => {
        const post = readPost(request);
        const queue = post.ok ? (post.form.get('queue') ?? '') : '';
        if (!post.ok) log('POST_REFUSED', { why: post.why });
        if (!post.ok || !(await redrive(queue, person.id)))
          return plainPage(
            400,
            '/watch/registers',
            municipality,
            person,
            'Inget skickades om',
            'Gå tillbaka, ladda om sidan och försök igen.',
          );
        return seeOther(`${PATH}?${new URLSearchParams({ redriven: queue }).toString()}`);
      }),
    },
    log,
    claims,
  );
};
