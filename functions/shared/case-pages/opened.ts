import { Temporal } from 'temporal-polyfill';
import { formatInstant } from '../../../domain/calendar/stockholm.ts';
import type { Municipality } from '../environment.ts';
import { digest } from '../facts.ts';
import { pathParameter, type Request, type Response } from '../http.ts';
import type { Journal } from '../journal/journal.ts';
import type { Readings } from '../readings/readings.ts';
import type { Registers } from '../registers/registers.ts';
import type { Clock } from '../runtime.ts';
import { isKeptToUnit, isOwn, officersIn } from '../session/own-unit.ts';
import type { Person } from '../session/session.ts';
import type { Door } from '../web/person-door.ts';
import { otherUnitPage, unknownCasePage } from './plain-pages.ts';
import { situationOf, type Situation } from './situation.ts';

export interface CaseDoor extends Door {
  readonly municipality: Municipality;
  readonly journal: Pick<Journal, 'load'>;
  readonly readings: Readings;
  readonly registers: Registers;
  readonly clock: Clock;
}

/**
 * The case that the address names, or the page that says why it is not shown.
 *
 * @param asked the moment that it is asked for as it was known at, if not now
 */
export const openCase = async (
  request: Request,
  person: Person,
  { journal, registers, municipality, clock, log }: CaseDoor,
  asked?: Temporal.Instant,
): Promise<Situation | Response> => {
  const caseNumber = pathParameter(request, 'case');
  const [facts, providers, officers] = await Promise.all([
    journal.load(caseNumber),
    registers.list('provider'),
    registers.list('officer'),
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
  });
  return situation ?? unknownCasePage(caseNumber, facts.length > 0, person, municipality);
};

/** Keeps that somebody read a case. */
export const noteReading = async (
  { case: caseNumber, person, at, now }: Situation,
  { readings, log }: CaseDoor,
): Promise<void> => {
  const isPast = Temporal.Instant.compare(at, now) < 0;
  await readings.note({
    case: caseNumber,
    person: person.id,
    name: person.name,
    at: formatInstant(now),
    ...(isPast && { asOf: formatInstant(at) }),
  });
  log('CASE_READ', { case: caseNumber, person: digest(person.id) });
};
