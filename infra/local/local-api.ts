import { Temporal } from 'temporal-polyfill';
import * as z from 'zod/mini';
import { ZONE } from '../../domain/calendar/stockholm.ts';
import { ROTATED_SECRETS, type RotatedSecret } from '../wiring.ts';
import { type Answer, json, problem } from './answer.ts';
import type { ClockMover } from './clock-mover.ts';
import { ClockMovedBackwards, type LocalClock } from './clock.ts';
import type { Faults } from './faults.ts';
import type { Mails } from './mails.ts';
import { type Queues, QueuesStopped } from './queues.ts';
import type { WebRoute } from './web-server.ts';

export interface LocalApiDeps {
  readonly clock: LocalClock;
  readonly moveClock: ClockMover;
  readonly mails: Mails;
  readonly queues: Queues;
  readonly faults: Faults;
  /** Has a secret rotated, by its name in the wiring. */
  readonly rotate: (name: RotatedSecret) => Promise<string>;
}

/** The `/local/*` requests: what a test or a developer may do that no user may. */
export const localRoutes = ({ clock, moveClock, mails, queues, faults, rotate }: LocalApiDeps): WebRoute[] => [
  {
    key: 'GET /local/clock',
    access: 'public',
    answer: async () => json({ now: clock.now().toString() }),
  },
  {
    key: 'POST /local/clock',
    access: 'public',
    answer: async ({ body }) => postClock(moveClock, body.toString()),
  },
  {
    key: 'GET /local/mails',
    access: 'public',
    answer: async () => json(mails.all()),
  },
  {
    key: 'GET /local/queues',
    access: 'public',
    answer: async () => json(queues.state()),
  },
  {
    key: 'POST /local/queues/{name}/redrive',
    access: 'public',
    answer: async ({ parameters: { name = '' } }) =>
      queues.has(name)
        ? json({ redriven: queues.redrive(name) })
        : problem(404, 'Not Found', { detail: 'No such queue.' }),
  },
  {
    key: 'POST /local/secrets/{name}/rotate',
    access: 'public',
    answer: async ({ parameters: { name = '' } }) => postRotation(name, rotate),
  },
  {
    key: 'POST /local/faults',
    access: 'public',
    answer: async ({ body }) => postFaults(faults, body.toString()),
  },
  {
    key: 'GET /local/faults',
    access: 'public',
    answer: async () => json({ faults: faults.list() }),
  },
  {
    key: 'DELETE /local/faults',
    access: 'public',
    answer: async () => {
      faults.clear();
      return json({ faults: [] });
    },
  },
];

const postRotation = async (name: string, rotate: LocalApiDeps['rotate']): Promise<Answer> => {
  const secret = ROTATED_SECRETS.find((each) => each === name);
  if (secret === undefined) return problem(404, 'Not Found', { detail: 'No such secret is rotated.' });
  try {
    return json({ version: await rotate(secret) });
  } catch (error) {
    // What Secrets Manager would try again later, saying why in the function's log alone.
    return problem(409, 'Conflict', { detail: error instanceof Error ? error.message : 'The rotation failed.' });
  }
};

const postFaults = (faults: Faults, body: string): Answer => {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return problem(400, 'Bad Request', { detail: 'The body is not JSON.' });
  }
  const { errors } = faults.add(value);
  if (errors.length === 0) return json({ faults: faults.list() });
  return unprocessable(errors.map(({ path, message }) => `#${path}: ${message}`).join('; '));
};

const postClock = async (moveClock: ClockMover, body: string): Promise<Answer> => {
  const move = readMove(body);
  if ('status' in move) return move;
  try {
    return json({ now: (await moveClock(move.target)).toString(), settled: true });
  } catch (error) {
    if (error instanceof ClockMovedBackwards) return problem(422, 'Unprocessable Content', { detail: error.message });
    if (error instanceof RangeError) return unprocessable('That is further than a clock can show.');
    if (error instanceof QueuesStopped)
      return problem(503, 'Service Unavailable', { detail: 'The system is stopping.' });
    throw error;
  }
};

const moveRequest = z.union([z.strictObject({ advance: z.string() }), z.strictObject({ to: z.string() })]);

/** How far to move: to an instant that is known first when its turn comes. */
const readMove = (body: string): Answer | { target: (now: Temporal.Instant) => Temporal.Instant } => {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return problem(400, 'Bad Request', { detail: 'The body is not JSON.' });
  }
  const request = moveRequest.safeParse(value);
  if (!request.success) return unprocessable('Give either {"advance": duration} or {"to": instant}.');
  try {
    if ('to' in request.data) {
      const instant = Temporal.Instant.from(request.data.to);
      return { target: () => instant };
    }
    const duration = Temporal.Duration.from(request.data.advance);
    return { target: (now) => later(now, duration) };
  } catch {
    return unprocessable('to is an RFC 3339 instant; advance is an ISO 8601 duration such as PT25H, P10D or P3M.');
  }
};

/** Years and months go by the calendar in Stockholm, as limits do; a week is seven days, and a day 24 hours. */
const later = (now: Temporal.Instant, duration: Temporal.Duration): Temporal.Instant => {
  const { years, months, weeks, days, hours } = duration;
  const day = now.toZonedDateTimeISO(ZONE).add({ years, months }).toInstant();
  return day.add(duration.with({ years: 0, months: 0, weeks: 0, days: 0, hours: hours + (weeks * 7 + days) * 24 }));
};

const unprocessable = (detail: string): Answer => problem(422, 'Unprocessable Content', { detail });
