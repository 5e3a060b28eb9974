import { Temporal } from 'temporal-polyfill';
import type { EpochDay } from '../../../domain/calendar/days.ts';
import { dayOfInstant } from '../../../domain/calendar/stockholm.ts';
import { yearAt } from '../../../domain/calendar/swedish.ts';
import { viewCase, type CaseView } from '../../../domain/case/view.ts';
import type { Routines } from '../../../domain/routine/routines.ts';
import type { RecordedFact } from '../facts.ts';
import type { Officer, Provider } from '../registers/registers.ts';
import type { Person } from '../session/session.ts';

/** A case as its page shows it. */
export interface Situation {
  readonly case: string;
  readonly person: Person;
  /** When the page is shown. */
  readonly now: Temporal.Instant;
  /** The instant that the case is shown as it was known at: now, or earlier. */
  readonly at: Temporal.Instant;
  /** The day and the year in Stockholm at that instant. */
  readonly today: EpochDay;
  readonly year: number;
  readonly journal: readonly RecordedFact[];
  readonly view: CaseView;
  readonly routines: Routines;
  readonly providers: readonly Provider[];
  readonly officers: readonly Officer[];
}

/** @returns `undefined` when nothing was known of the case then */
export const situationOf = (
  facts: readonly RecordedFact[],
  { now, at, routines, ...rest }: Omit<Situation, 'today' | 'year' | 'journal' | 'view'>,
): Situation | undefined => {
  const isPast = Temporal.Instant.compare(at, now) < 0;
  const journal = isPast
    ? facts.filter(({ recordedtime }) => Temporal.Instant.compare(Temporal.Instant.from(recordedtime), at) <= 0)
    : facts;
  if (journal.length === 0) return undefined;
  const view = viewCase(journal, routines, at);
  return { ...rest, now, at, routines, today: dayOfInstant(at), year: yearAt(at), journal, view };
};

/** What a service is called, by whichever routine names it. */
export const serviceName = ({ inForce }: Routines, id: string): string =>
  inForce.map(({ services }) => services[id]?.name).find((name) => name !== undefined) ?? id;

/** Those who may give a service, by name. Whoever keeps no services in the register may give any. */
export const providersOf = (service: string, providers: readonly Provider[]): readonly Provider[] =>
  providers
    .filter(({ services }) => services.length === 0 || services.includes(service))
    .toSorted((a, b) => a.name.localeCompare(b.name, 'sv'));
