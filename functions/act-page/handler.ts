import { digest } from '../shared/facts.ts';
import { openCase, noteReading } from '../shared/case-pages/opened.ts';
import { casePath } from '../shared/case-pages/paths.ts';
import { offersOf } from '../shared/case-pages/offers.ts';
import { refusedPage } from '../shared/case-pages/plain-pages.ts';
import { GONE, NEEDLESS } from '../shared/case-pages/statement.ts';
import type { Situation } from '../shared/case-pages/situation.ts';
import { httpHandler, type Request, type Response } from '../shared/http.ts';
import { seeOther } from '../shared/see-other.ts';
import type { Person } from '../shared/session/session.ts';
import { forPerson, type PersonsWork } from '../shared/web/person-door.ts';
import { readPost } from '../shared/web/post.ts';
import { actOf } from './acts.ts';
import type { Dependencies } from './dependencies.ts';
import { judge } from './judge.ts';
import { actPage, type ShownAct } from './page.ts';

/** What a case officer does in a case: each act is a form on a page of its own. */
export const createHandler = (deps: Dependencies) => {
  const answer = (work: PersonsWork) => async (request: Request) => forPerson(request, '/watch', deps, work);
  return httpHandler(
    {
      'GET /watch/cases/{case}/act': answer(async (request, person) => showAct(request, person, deps)),
      'POST /watch/cases/{case}/act': answer(async (request, person) => takeAct(request, person, deps)),
    },
    deps.log,
  );
};

/** `GET /watch/cases/{case}/act?name=`: the form of what is to be done. Where it cannot be any more, the case says so. */
const showAct = async (request: Request, person: Person, deps: Dependencies): Promise<Response> => {
  const situation = await openCase(request, person, deps);
  if (!('view' in situation)) return situation;
  const name = request.queryStringParameters?.['name'];
  const offer = offersOf(situation).find((one) => one.name === name);
  if (offer === undefined) return toCase(situation, GONE);
  return show({ situation, offer, act: actOf(offer, situation) }, deps);
};

/** `POST /watch/cases/{case}/act`: a form filled in. What it says goes in by the same door as everything else. */
const takeAct = async (request: Request, person: Person, deps: Dependencies): Promise<Response> => {
  const post = readPost(request, 'origin');
  if (!post.ok) {
    deps.log('POST_REFUSED', { why: post.why });
    return refusedPage(post.why, person, deps.municipality);
  }
  const situation = await openCase(request, person, deps);
  if (!('view' in situation)) return situation;
  const judged = await judge(post.form, situation, deps);
  switch (judged.kind) {
    case 'mistaken':
      return show({ situation, ...judged }, deps);
    case 'needless':
      return toCase(situation, NEEDLESS);
    case 'repeated':
      return toCase(situation, judged.statement);
    case 'stated':
      await deps.bus.publish('frist.inbound', judged.facts);
      deps.log('ACT_TAKEN', { act: judged.offer.kind, person: digest(person.id) });
      return toCase(situation, judged.statement);
  }
};

/** Shows a form. It tells of the case, so that it was read is kept. */
const show = async (shown: ShownAct, deps: Dependencies): Promise<Response> => {
  await noteReading(shown.situation, deps);
  return actPage(shown, deps.municipality);
};

/** To the case, which tells what became of it. */
const toCase = ({ case: caseNumber, now }: Situation, done: string): Response => {
  const query = new URLSearchParams({ done, kl: String(Math.floor(now.epochMilliseconds / 1000)) });
  return seeOther(`${casePath(caseNumber)}?${query.toString()}`);
};
