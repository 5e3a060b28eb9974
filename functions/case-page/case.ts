import { Temporal } from 'temporal-polyfill';
import { instantOn } from '../../domain/calendar/stockholm.ts';
import { date, instant } from '../../events/define.ts';
import { offersOf } from '../shared/case-pages/offers.ts';
import { noteReading, openCase } from '../shared/case-pages/opened.ts';
import type { Situation } from '../shared/case-pages/situation.ts';
import { GONE, NEEDLESS, SOURCE, STATEMENT } from '../shared/case-pages/statement.ts';
import type { RecordedFact } from '../shared/facts.ts';
import type { Request, Response } from '../shared/http.ts';
import type { Person } from '../shared/session/session.ts';
import { mayUse } from '../shared/session/who-may.ts';
import type { Dependencies } from './dependencies.ts';
import { casePage, type Reception } from './page.ts';

const MOST_READINGS = 50;

const ACT = 'GET /watch/cases/{case}/act';

/** `GET /watch/cases/{case}`: a case as it stands, or with `?at=` as it was known then. That it was read is kept. */
export const showCase = async (request: Request, person: Person, deps: Dependencies): Promise<Response> => {
  const [situation, roles, problems] = await Promise.all([
    openCase(request, person, deps, atIn(request)),
    deps.registers.list('role'),
    deps.problems.list(),
  ]);
  if (!('view' in situation)) return situation;
  await noteReading(situation, deps);
  const isPast = Temporal.Instant.compare(situation.at, situation.now) < 0;
  const { journal, mails } = request.queryStringParameters ?? {};
  return casePage(
    {
      situation: { ...situation, roles, problems },
      isPast,
      after: { journal, mails },
      offers: isPast || !mayUse(ACT, person) ? [] : offersOf(situation),
      readings: mayAudit(person) ? await deps.readings.latest(situation.case, MOST_READINGS) : undefined,
      reception: receptionOf(request, situation),
    },
    deps.municipality,
  );
};

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
  if (done === NEEDLESS) return { state: 'needless' };
  if (done === GONE) return { state: 'gone' };
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

/** May see who has read a case. */
const mayAudit = ({ roles }: Person): boolean => roles.some((role) => role === 'manager' || role === 'administrator');
