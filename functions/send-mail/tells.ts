import type { Temporal } from 'temporal-polyfill';
import { keyOf } from '../../domain/case/case-file.ts';
import { switchDay } from '../../domain/case/periods.ts';
import { inScope, meets, saidBy, type Subject } from '../../domain/case/subjects.ts';
import type { CaseView } from '../../domain/case/view.ts';
import { dayOfDate } from '../../domain/calendar/stockholm.ts';
import { sayDay, yearAt } from '../../domain/calendar/swedish.ts';
import { commonRoutine } from '../../domain/routine/routines.ts';
import type { Tell } from '../../domain/routine/schema.ts';
import { nameOf, type FactName } from '../../events/catalogue.ts';
import type { RecordedFact } from '../shared/facts.ts';

/** A mail that a routine asks for: to whom, about what, and what it says. */
export interface Told {
  readonly to: Tell['to'][number];
  readonly subject: Subject;
  readonly says: string;
}

/**
 * Whom a recorded fact is told to, by the routine of what it is about and by what holds beside every routine: each
 * audience once, by the first that names it.
 */
export const toldOf = (fact: RecordedFact, view: CaseView): Told[] => {
  const told = new Map<string, Told>();
  for (const subject of subjectsOf(fact, view)) {
    const tells = [...(subject.routine?.tells ?? []), ...(commonRoutine.tells ?? [])];
    for (const tell of tells.filter((one) => holds(one, fact, subject)))
      for (const to of tell.to) if (!told.has(to)) told.set(to, { to, subject, says: tell.says });
  }
  return [...told.values()];
};

/** The facts that some routine tells somebody of. */
export const namesTold = (routines: Iterable<{ readonly tells?: readonly Tell[] | undefined }>): Set<FactName> =>
  new Set([...routines, commonRoutine].flatMap(({ tells = [] }) => tells.map(({ on }) => on)));

const holds = (tell: Tell, fact: RecordedFact, subject: Subject): boolean =>
  tell.on === nameOf(fact) &&
  inScope(tell.for, subject.circumstances) &&
  (tell.by === undefined || tell.by === saidBy(fact)) &&
  meets(tell.when, fact);

/** What a fact is about: an order or a switch, and a service only when it is about neither. */
const subjectsOf = (fact: RecordedFact, { subjects }: CaseView): Subject[] => {
  const having = subjects.filter(({ entries }) => entries.some((entry) => keyOf(entry.fact) === keyOf(fact)));
  const precise = having.filter(({ kind }) => kind === 'order' || kind === 'switch');
  return precise.length > 0 ? precise : having.filter(({ kind }) => kind === 'service');
};

/** Puts names and days in the places that a routine's words leave for them. */
export const fillIn = (
  says: string,
  {
    fact,
    subject,
    view,
    nameOfProvider,
    now,
  }: {
    readonly fact: RecordedFact;
    readonly subject: Subject;
    readonly view: CaseView;
    readonly nameOfProvider: (id: string | undefined) => string;
    readonly now: Temporal.Instant;
  },
): string => {
  const change = subject.kind === 'switch' ? view.file.switches.get(subject.id) : undefined;
  const day = change && switchDay(change, view.deadlines);
  const date = dateIn(fact);
  const places: Readonly<Record<string, string>> = {
    provider: nameOfProvider(subject.circumstances.provider),
    incoming: nameOfProvider(change?.requested?.fact.data.toProvider),
    leaving: nameOfProvider(change?.leaving?.sent?.fact.data.provider),
    date: date === undefined ? '' : sayDay(dayOfDate(date), yearAt(now)),
    day: day === undefined ? 'den dag ni kommer överens om' : sayDay(day, yearAt(now)),
  };
  return says.replaceAll(/\{(\w+)\}/gu, (whole, name: string) => places[name] ?? whole);
};

const dateIn = ({ data }: RecordedFact): string | undefined => {
  if ('date' in data) return data.date;
  return 'on' in data ? data.on : undefined;
};
