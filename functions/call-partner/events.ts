import { fileCase, type CaseFile } from '../../domain/case/case-file.ts';
import type { Routines } from '../../domain/routine/routines.ts';
import { nameOf, type FactName } from '../../events/catalogue.ts';
import type { RecordedFact } from '../shared/facts.ts';
import { isTold, thinEvent, type ThinEvent } from '../shared/partners/told.ts';
import type { Partner } from '../shared/registers/registers.ts';

/** An event in its place among all that a partner is told of a case. */
export interface PlacedEvent {
  readonly event: ThinEvent;
  /** Grows from event to event, and is never another's. */
  readonly position: number;
  /** When it came to concern the partner: RFC 3339. */
  readonly since: string;
}

/**
 * What a partner is told of a case, in order: each fact in its place in the journal, but what came before the order or the
 * switch that it is about after that one. Until then nobody could know whose it was, and a recall that is told before its
 * order would leave the order standing. What is appended to the journal changes nothing of what stands here already.
 */
export const eventsFor = (
  journal: readonly RecordedFact[],
  partner: Partner,
  routines: Routines,
): readonly PlacedEvent[] => {
  const file = fileCase(journal, routines);
  const openings = journal.filter((fact) => OPENINGS.has(nameOf(fact)));
  const known = new Map<number, CaseFile>();
  const isOwnAt = (fact: RecordedFact, sequence: number): boolean => {
    const then = known.get(sequence) ?? fileCase(journal.slice(0, sequence), routines);
    known.set(sequence, then);
    return isTold(fact, partner, then);
  };
  const placeOf = (fact: RecordedFact): RecordedFact => {
    const later = openings.filter(({ sequence }) => sequence > fact.sequence);
    if (later.length === 0 || isOwnAt(fact, fact.sequence)) return fact;
    return later.find(({ sequence }) => isOwnAt(fact, sequence)) ?? fact;
  };
  const placed = journal.flatMap((fact) => {
    const event = thinEvent(fact, partner, file);
    return event === undefined ? [] : [{ event, fact, place: placeOf(fact) }];
  });
  return [...Map.groupBy(placed, ({ place }) => place.sequence)]
    .toSorted(([one], [other]) => one - other)
    .flatMap(([sequence, its]) =>
      its
        .toSorted((one, other) => Number(other.fact === other.place) - Number(one.fact === one.place))
        .map(({ event, place }, index) => ({
          event: { ...event, sequence },
          position: sequence + index / MOST_AT_A_PLACE,
          since: place.recordedtime,
        })),
    );
};

/** More than can be said of an order before it is sent; a power of two, so that a position is a number to the letter. */
const MOST_AT_A_PLACE = 1024;

/** What makes an order or a switch a provider's. */
const OPENINGS: ReadonlySet<FactName> = new Set(['order.placedOrally', 'order.sent', 'switch.requested']);
