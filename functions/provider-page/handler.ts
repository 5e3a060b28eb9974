import { keyOf } from '../../domain/case/case-file.ts';
import { objectionsTo } from '../../domain/case/decide.ts';
import type { Fact } from '../../events/catalogue.ts';
import type { Bus } from '../shared/bus/bus.ts';
import type { Municipality } from '../shared/environment.ts';
import { traceOf } from '../shared/errors.ts';
import { digest } from '../shared/facts.ts';
import { httpHandler, pathParameter, type Request, type Response } from '../shared/http.ts';
import type { Journal } from '../shared/journal/journal.ts';
import type { Links } from '../shared/links/links.ts';
import type { Log } from '../shared/log.ts';
import type { Quota } from '../shared/quota/quota.ts';
import type { Clock } from '../shared/runtime.ts';
import { personalNumbersIn } from '../shared/secrecy.ts';
import { readPost } from '../shared/web/post.ts';
import { seeOther } from '../shared/see-other.ts';
import { judge } from './judge.ts';
import { offersOf } from './offers.ts';
import { receptionOf, thanksFor, type Reception } from './reception.ts';
import { brokenPage, refusedPost, tooManyPage, unknownPage } from './refusals.ts';
import { situationOf, type Situation } from './situation.ts';
import { situationPage } from './situation-page.ts';

export interface Dependencies {
  readonly links: Links;
  readonly journal: Pick<Journal, 'load'>;
  readonly bus: Bus;
  readonly quota: Quota;
  readonly municipality: Municipality;
  readonly clock: Clock;
  readonly log: Log;
}

/** Posts that one link takes in a minute: more than a person sends, and few enough that a program does no harm. */
export const MOST_POSTS_A_MINUTE = 20;

/**
 * The page of an order or a switch, for whoever holds its link. Reading it acts on nothing: mail scanners follow links. The
 * answer is posted, and takes a choice that a scanner does not make.
 */
export const createHandler = (deps: Dependencies) =>
  httpHandler(
    {
      'GET /p/{token}': async (request) => inSwedish(request, deps, show),
      'HEAD /p/{token}': async (request) => inSwedish(request, deps, show),
      'POST /p/{token}': async (request) => inSwedish(request, deps, answer),
    },
    deps.log,
  );

type Work = (request: Request, deps: Dependencies) => Promise<Response>;

/** A person reads what this function answers, also when it fails. */
const inSwedish = async (request: Request, deps: Dependencies, work: Work): Promise<Response> => {
  try {
    return await work(request, deps);
  } catch (error) {
    deps.log('REQUEST_FAILED', { route: request.routeKey, ...traceOf(error) });
    return brokenPage();
  }
};

const show: Work = async (request, deps) => {
  const situation = await open(request, deps);
  if (situation === undefined) return unknownPage();
  const reception = receptionOf(request, situation);
  const offers = offersOf(situation).filter(({ fact, once, step }) => !((once || step) && isPending(reception, fact)));
  return situationPage(200, { situation, offers, reception });
};

const isPending = (reception: Reception | undefined, name: string): boolean =>
  reception?.state === 'pending' && reception.name === name;

const answer: Work = async (request, deps) => {
  const post = readPost(request);
  if (!post.ok) return refused(post.why, refusedPost(post.why), deps);
  const situation = await open(request, deps);
  if (situation === undefined) return unknownPage();
  const token = pathParameter(request, 'token');
  const taken = await deps.quota.take(`page#${digest(token)}`, MOST_POSTS_A_MINUTE, situation.now);
  if (!taken.ok) return refused('tooMany', tooManyPage(taken.retryAfter), deps);

  const offers = offersOf(situation);
  const judged = judge(post.form, offers, situation);
  switch (judged.kind) {
    case 'mistaken':
      return situationPage(422, { situation, offers, mistake: judged.mistake });
    case 'needless':
      return situationPage(judged.isOver ? 200 : 409, { situation, offers, needless: judged.name });
    case 'stated':
      if (!(await publish(judged.fact, situation, deps)))
        return situationPage(409, { situation, offers, needless: 'unknown' });
      return seeOther(thanksFor(`/p/${token}`, judged.fact));
  }
};

const open = async (
  request: Request,
  { links, journal, municipality, clock }: Dependencies,
): Promise<Situation | undefined> => {
  const now = clock();
  const link = await links.find(pathParameter(request, 'token'), now);
  return link && situationOf(link, await journal.load(link.case), municipality, now);
};

/** @returns whether it stands in the journal or is on its way there; not when the domain would refuse it now */
const publish = async (fact: Fact, { journal }: Situation, { bus, municipality }: Dependencies): Promise<boolean> => {
  if (journal.some((other) => keyOf(other) === keyOf(fact))) return true;
  if ([...personalNumbersIn(fact), ...objectionsTo(fact, journal, municipality.routines)].length > 0) return false;
  await bus.publish('frist.inbound', [fact]);
  return true;
};

const refused = (why: string, page: Response, { log }: Dependencies): Response => {
  log('POST_REFUSED', { why });
  return page;
};
