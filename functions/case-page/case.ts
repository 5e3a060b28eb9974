import { Temporal } from 'temporal-polyfill';
import { instantOn, formatInstant } from '../../domain/calendar/stockholm.ts';
import { date, instant } from '../../events/define.ts';
import { digest, type RecordedFact } from '../shared/facts.ts';
import { pathParameter, type Request, type Response } from '../shared/http.ts';
import { isKeptToUnit, isOwn, officersIn } from '../shared/session/own-unit.ts';
import type { Person } from '../shared/session/session.ts';
import { readPost } from '../shared/web/post.ts';
import { seeOther } from '../shared/see-other.ts';
import { actsOf } from './acts.ts';
import { casePage, type Reception, type Shown } from './page.ts';
import type { Dependencies } from './dependencies.ts';
import { judge, SOURCE, STATEMENT } from './judge.ts';
import { otherUnitPage, refusedPage, unknownCasePage } from './plain-pages.ts';
import { mayAct, mayAudit } from './rights.ts';
import { situationOf, type Situation } from './situation.ts';

const MOST_READINGS = 50;

/** `GET /watch/cases/{case}`: a case as it stands, or with `?at=` as it was known then. That it was read is kept. */
export const showCase = async (request: Request, person: Person, deps: Dependencies): Promise<Response> => {
  const asked = atIn(request);
  const opened = await open(request, person, deps, asked);
  if (!('view' in opened)) return opened;
  const { case: caseNumber, now } = opened;
  const at = formatInstant(now);
  const isPast = asked !== undefined && Temporal.Instant.compare(asked, now) < 0;
  await deps.readings.note({
    case: caseNumber,
    person: person.id,
    name: person.name,
    at,
    ...(isPast && { asOf: formatInstant(asked) }),
  });
  deps.log('CASE_READ', { case: caseNumber, person: digest(person.id) });
  const reception = receptionOf(request, opened);
  const { journal, mails, act } = request.queryStringParameters ?? {};
  return casePage(
    200,
    { ...(await shownOf(opened, deps, isPast, reception)), after: { journal, mails }, asked: act },
    deps.municipality,
  );
};

/** `POST /watch/cases/{case}`: one of the forms of the page. What it says goes in by the same door as everything else. */
export const actInCase = async (request: Request, person: Person, deps: Dependencies): Promise<Response> => {
  const post = readPost(request, 'origin');
  if (!post.ok) {
    deps.log('POST_REFUSED', { why: post.why });
    return refusedPage(post.why, person, deps.municipality);
  }
  const opened = await open(request, person, deps, undefined);
  if (!('view' in opened)) return opened;
  const judged = await judge(post.form, opened, deps);
  switch (judged.kind) {
    case 'mistaken':
      return casePage(422, { ...(await shownOf(opened, deps, false)), mistake: judged }, deps.municipality);
    case 'needless':
      return casePage(
        409,
        { ...(await shownOf(opened, deps, false)), reception: { state: 'needless' } },
        deps.municipality,
      );
    case 'repeated':
      return toThanks(opened, judged.statement);
    case 'stated':
      await deps.bus.publish('frist.inbound', judged.facts);
      deps.log('ACT_TAKEN', { act: judged.act.name.split(':')[0] ?? '', person: digest(person.id) });
      return toThanks(opened, judged.statement);
  }
};

const toThanks = ({ case: caseNumber, now }: Situation, statement: string): Response => {
  const query = new URLSearchParams({ done: statement, kl: String(Math.floor(now.epochMilliseconds / 1000)) });
  return seeOther(`/watch/cases/${encodeURIComponent(caseNumber)}?${query.toString()}`);
};

/** The case, or the page that says why it is not shown. */
const open = async (
  request: Request,
  person: Person,
  deps: Dependencies,
  asked: Temporal.Instant | undefined,
): Promise<Situation | Response> => {
  const { journal, registers, problems, municipality, clock, log } = deps;
  const caseNumber = pathParameter(request, 'case');
  const [facts, providers, officers, roles, unreached] = await Promise.all([
    journal.load(caseNumber),
    registers.list('provider'),
    registers.list('officer'),
    registers.list('role'),
    problems.list(),
  ]);
  if (
    facts.length > 0 &&
    municipality.ownUnitOnly &&
    isKeptToUnit(person) &&
    !isOwn(officersIn(facts), person, officers)
  ) {
    log('CASE_DENIED', { case: caseNumber, person: digest(person.id) });
    return otherUnitPage(person, municipality);
  }
  const now = clock();
  const at = asked === undefined || Temporal.Instant.compare(asked, now) > 0 ? now : asked;
  const situation = situationOf(facts, {
    case: caseNumber,
    person,
    now,
    at,
    routines: municipality.routines,
    providers,
    officers,
    roles,
    problems: unreached,
  });
  return situation ?? unknownCasePage(caseNumber, facts.length > 0, person, municipality);
};

const shownOf = async (
  situation: Situation,
  { readings }: Dependencies,
  isPast: boolean,
  reception?: Reception,
): Promise<Shown> => ({
  situation,
  isPast,
  acts: isPast || !mayAct(situation.person) ? [] : actsOf(situation),
  readings: mayAudit(situation.person) ? await readings.latest(situation.case, MOST_READINGS) : undefined,
  ...(reception && { reception }),
});

/** The moment that the address asks about: an instant, or a day and a time of day in Stockholm as a browser's field writes it. */
const atIn = ({ queryStringParameters }: Request): Temporal.Instant | undefined => {
  // A plus sign that was not percent-encoded arrives as a space.
  const text = (queryStringParameters?.['at'] ?? '').replace(' ', '+');
  if (instant.safeParse(text).success) return Temporal.Instant.from(text);
  const [, day = '', clock = ''] = /^(\d{4}-\d{2}-\d{2})T([01]\d:[0-5]\d|2[0-3]:[0-5]\d)(?::\d{2})?$/u.exec(text) ?? [];
  if (!date.safeParse(day).success) return undefined;
  return instantOn(day, clock);
};

/** What became of the act that the address names. */
const receptionOf = ({ queryStringParameters }: Request, { journal, now }: Situation): Reception | undefined => {
  const { done = '', kl = '' } = queryStringParameters ?? {};
  if (!STATEMENT.test(done)) return undefined;
  const isOf = ({ source, id }: Pick<RecordedFact, 'source' | 'id'>): boolean =>
    source === SOURCE && (id === done || id.startsWith(`${done}-`));
  const recorded = journal.find(isOf);
  const refusal = journal.find((fact) => fact.type === 'se.frist.fact.refused.v1' && isOf(fact.data.refused));
  if (refusal?.type === 'se.frist.fact.refused.v1') return { state: 'refused' };
  if (recorded !== undefined) return { state: 'recorded', fact: recorded };
  const age = now.epochMilliseconds - Number(kl) * 1000;
  return /^\d{1,10}$/u.test(kl) && age >= -60_000 && age <= 15 * 60_000 ? { state: 'pending' } : undefined;
};
