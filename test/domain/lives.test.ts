import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { keyOf } from '../../domain/case/case-file.ts';
import {
  describeDeadline,
  describeNotice,
  describeOrders,
  describeSwitches,
  describeTask,
} from '../../domain/case/describe.ts';
import { viewCase, viewDue } from '../../domain/case/view.ts';
import { onlyRoutine, shippedRoutines } from '../../domain/routine/routines.ts';
import type { Routine } from '../../domain/routine/schema.ts';
import type { Fact, FactOf } from '../../events/catalogue.ts';
import { createHandler } from '../../functions/record-fact/handler.ts';
import type { RecordedFact } from '../../functions/shared/facts.ts';
import { HEMVARD } from '../support/facts.ts';
import { batch, failedIn, onBus } from '../support/messages.ts';
import { openDesk } from '../support/office.ts';
import { toldUnder, type Told } from './lives.ts';

/*
 * Random lives of a case, told to the function that records facts: late, twice and in any order, with every wake on the
 * way, until all that can pass has passed.
 */

const CASE = '2026-0417';
const END = Temporal.Instant.from('2029-01-01T00:00:00Z');

interface Arrival {
  readonly at: Temporal.Instant;
  readonly fact: Fact;
}

/** When each fact comes in: so many times six hours after it happened, and again, and again. */
const arrivalsOf = (told: readonly Told[]): Arrival[] =>
  told
    .flatMap(({ fact, after }) =>
      after.map((steps) => ({ fact, at: Temporal.Instant.from(fact.time).add({ hours: 6 * steps }) })),
    )
    .toSorted((a, b) => Temporal.Instant.compare(a.at, b.at));

/** What stands in the journal when all has been told and all time has passed. */
const journalOf = async (routine: Routine, arrivals: readonly Arrival[]): Promise<readonly RecordedFact[]> => {
  const desk = await openDesk('2026-09-28 00:00');
  for (const id of ['p', 'q', 'nattpatrullen']) await desk.registers.put('provider', { ...HEMVARD, id });
  for (const service of Object.keys(routine.services))
    await desk.registers.put('rotation', { id: service, providers: [{ id: 'p' }, { id: 'q' }] });
  const { clock, wakes, journal } = desk;
  const record = createHandler({ ...desk, schedules: wakes, routines: onlyRoutine(routine), clock: clock.now });
  const deliver = async (message: object): Promise<void> => {
    expect(failedIn(await record(batch(message)))).toEqual([]);
  };
  const fired = new Set<string>();
  const nextWake = (until: Temporal.Instant) =>
    [...wakes.created]
      .filter(([name, { at }]) => !fired.has(name) && Temporal.Instant.compare(at, until) <= 0)
      .toSorted(([, a], [, b]) => Temporal.Instant.compare(a.at, b.at))
      .at(0);
  const goTo = async (instant: Temporal.Instant): Promise<void> => {
    for (let next = nextWake(instant); next !== undefined; next = nextWake(instant)) {
      const [name, { at, message }] = next;
      fired.add(name);
      clock.moveTo(at);
      await deliver(message);
    }
    clock.moveTo(instant);
  };
  for (const { at, fact } of arrivals) {
    await goTo(at);
    await deliver(onBus(fact));
  }
  await goTo(END);
  return journal.load(CASE);
};

const isNamed =
  <N extends 'fact.refused' | 'deadline.breached' | 'deadline.annulled'>(name: N) =>
  (fact: RecordedFact): fact is RecordedFact & FactOf<N> =>
    fact.type === `se.frist.${name}.v1`;

/** The facts that were told and kept, as they were told. */
const kept = (journal: readonly RecordedFact[]): Set<string> => new Set(journal.map(keyOf));

/** All that is said of a case, but for when it was recorded. */
const saidOf = (routine: Routine, facts: readonly Fact[], at = END) => {
  const view = viewCase(facts, onlyRoutine(routine), at);
  return {
    deadlines: view.deadlines.map(describeDeadline),
    orders: describeOrders(view, at),
    switches: describeSwitches(view),
    // Who is assigned by rotation is assigned when it is told that nobody was chosen.
    tasks: view.tasks.map(describeTask).map(({ closed: _when, ...task }) => task),
  };
};

/** A breach as it is told: which limit, and to whom. */
const told = ({ data }: RecordedFact & FactOf<'deadline.breached' | 'deadline.annulled'>): string =>
  [data.rule, data.order ?? data.switch ?? data.decision, data.due, data.audience].join(' ');

const countOf = (keys: readonly string[]): Map<string, number> =>
  new Map([...Map.groupBy(keys, (key) => key)].map(([key, its]) => [key, its.length]));

const RUNS = { numRuns: 40 };

describe.each([...shippedRoutines.values()])('whatever is told of a case of $id', (routine) => {
  test('every order of arrival ends the same', async () => {
    let compared = 0;
    await fc.assert(
      fc.asyncProperty(toldUnder(routine), async (life) => {
        const one = await journalOf(routine, arrivalsOf(life));
        const other = await journalOf(
          routine,
          arrivalsOf(life.map(({ fact, otherwise }) => ({ fact, after: otherwise }))),
        );
        const facts = life.map(({ fact }) => keyOf(fact));
        const [keptByOne, keptByOther] = [kept(one), kept(other)];
        // What is refused depends on what was known when.
        if (facts.some((key) => keptByOne.has(key) !== keptByOther.has(key))) return;
        compared += 1;
        expect(saidOf(routine, other)).toEqual(saidOf(routine, one));
      }),
      RUNS,
    );
    // Most of the time the same is refused, or else little would be tried here.
    expect(compared).toBeGreaterThan(RUNS.numRuns / 2);
  });

  test('every hard limit ends met, cancelled, or breached with one alert to each who is to be alerted', async () => {
    await fc.assert(
      fc.asyncProperty(toldUnder(routine), async (life) => {
        const journal = await journalOf(routine, arrivalsOf(life));
        const { deadlines } = viewCase(journal, onlyRoutine(routine), END);
        const breached = deadlines.filter(({ status }) => status === 'breached');
        expect(deadlines.filter(({ rule, status }) => rule.kind === 'hard' && status === 'open')).toEqual([]);

        const expected = new Set(
          breached.flatMap((deadline) => {
            const { rule, about, due } = describeDeadline(deadline);
            const alerted = deadline.rule.ladder?.alert ?? deadline.routine.ladder.alert ?? [];
            return alerted.map((audience) => [rule, about, due, audience].join(' '));
          }),
        );
        const annulled = countOf(journal.filter(isNamed('deadline.annulled')).map(told));
        const standing = [...countOf(journal.filter(isNamed('deadline.breached')).map(told))].filter(
          ([key, count]) => count - (annulled.get(key) ?? 0) !== 0,
        );
        expect(new Map(standing.map(([key, count]) => [key, count - (annulled.get(key) ?? 0)]))).toEqual(
          new Map([...expected].map((key) => [key, 1])),
        );
      }),
      RUNS,
    );
  });

  test('nobody is alerted to what was known to be met', async () => {
    await fc.assert(
      fc.asyncProperty(toldUnder(routine), async (life) => {
        const journal = await journalOf(routine, arrivalsOf(life));
        for (const alert of journal.filter(isNamed('deadline.breached'))) {
          const before = journal.filter(({ sequence }) => sequence < alert.sequence);
          const { deadlines } = saidOf(routine, before, Temporal.Instant.from(alert.recordedtime));
          const { rule, order, switch: change, decision, due } = alert.data;
          const about = order ?? change ?? decision;
          expect(
            deadlines
              .filter((one) => one.rule === rule && one.about === about && one.due === due)
              .map(({ status }) => status),
          ).toContain('breached');
        }
      }),
      RUNS,
    );
  });

  test('nothing stands otherwise until the next wake, and something does from then on', () => {
    const standing = (facts: readonly Fact[], at: Temporal.Instant) => {
      const { deadlines, tasks, notices } = viewDue(facts, onlyRoutine(routine), at);
      return [deadlines.map(describeDeadline), tasks.map(describeTask), notices.map(describeNotice)];
    };
    let woken = 0;
    fc.assert(
      fc.property(toldUnder(routine), (life) => {
        const facts = life.map(({ fact }) => fact);
        let at = Temporal.Instant.from('2026-09-28T00:00:00Z');
        for (;;) {
          const { nextWake } = viewDue(facts, onlyRoutine(routine), at);
          expect(standing(facts, nextWake?.subtract({ milliseconds: 1 }) ?? END)).toEqual(standing(facts, at));
          if (nextWake === undefined) return;
          expect(standing(facts, nextWake)).not.toEqual(standing(facts, at));
          at = nextWake;
          woken += 1;
        }
      }),
      RUNS,
    );
    expect(woken).toBeGreaterThan(RUNS.numRuns);
  });

  test('a refused fact changes nothing', async () => {
    await fc.assert(
      fc.asyncProperty(toldUnder(routine), async (life) => {
        const journal = await journalOf(routine, arrivalsOf(life));
        const refusals = journal.filter(isNamed('fact.refused'));
        const refused = new Set(refusals.map(({ data }) => keyOf(data.refused)));
        expect(journal.filter((fact) => refused.has(keyOf(fact)))).toEqual([]);
        const without = await journalOf(routine, arrivalsOf(life.filter(({ fact }) => !refused.has(keyOf(fact)))));
        expect(without.filter(isNamed('fact.refused'))).toEqual([]);
        expect(saidOf(routine, without)).toEqual(saidOf(routine, journal));
      }),
      RUNS,
    );
  });
});
