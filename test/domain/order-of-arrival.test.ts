import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { describeDeadline, describeNotice, describeOrders, describeTask } from '../../domain/case/describe.ts';
import { formatInstant } from '../../domain/calendar/stockholm.ts';
import { shippedRoutines } from '../../domain/routine/routines.ts';
import type { Routine } from '../../domain/routine/schema.ts';
import type { Fact } from '../../events/catalogue.ts';
import { caseOf, deadlinesOf, recordedFrom, sent, started } from './given.ts';
import { lifeUnder, lookingBack } from './lives.ts';

/** All that is said of a case. */
const described = (routine: Routine, facts: readonly Fact[], at: string) => {
  const view = caseOf(routine, facts, at);
  return {
    deadlines: view.deadlines.map(describeDeadline),
    tasks: view.tasks.map(describeTask),
    notices: view.notices.map(describeNotice),
    orders: describeOrders(view, Temporal.Instant.from(at)),
    nextWake: view.nextWake && formatInstant(view.nextWake),
  };
};

/** The facts, with the notices that are due at a moment recorded. */
const withNotices = (routine: Routine, facts: readonly Fact[], at: string): Fact[] => [
  ...facts,
  ...recordedFrom(caseOf(routine, facts, at), at),
];

const shuffled = <T>(items: readonly T[]): fc.Arbitrary<T[]> =>
  fc.shuffledSubarray([...items], { minLength: items.length, maxLength: items.length });

/** The facts in some order of arrival, some of them twice. */
const arrivalsOf = (facts: readonly Fact[]): fc.Arbitrary<Fact[]> =>
  fc.subarray([...facts]).chain((twice) => shuffled([...facts, ...twice]));

/** Whether a deadline of a status can have been closed. */
const MAY_BE_CLOSED = { open: [false], met: [true], breached: [true, false], cancelled: [false] };

const RUNS = { numRuns: 60 };

describe.each([...shippedRoutines.values()])('whatever happens in a case of $id', (routine) => {
  const life = lifeUnder(routine);

  test('every order of arrival, doubled or not, says the same', () => {
    const lives = life.chain((facts) => fc.tuple(fc.constant(facts), arrivalsOf(facts), lookingBack));
    fc.assert(
      fc.property(lives, ([facts, arrived, at]) => {
        expect(described(routine, arrived, at)).toEqual(described(routine, facts, at));
      }),
      RUNS,
    );
  });

  test('each deadline’s status is what its moments say', () => {
    fc.assert(
      fc.property(life, lookingBack, (facts, at) => {
        for (const { rule, opened, due, status, closed } of caseOf(routine, facts, at).deadlines) {
          const passed = Temporal.Instant.compare(Temporal.Instant.from(at), due) >= 0;
          const undone = rule.kind === 'hard' && passed ? 'breached' : 'open';
          expect(Temporal.Instant.compare(opened, due)).not.toBe(1);
          expect([undone, 'met', 'cancelled']).toContain(status);
          expect(MAY_BE_CLOSED[status]).toContain(closed !== undefined);
        }
      }),
      RUNS,
    );
  });

  test('time alone only turns what is open into what is breached', () => {
    fc.assert(
      fc.property(life, lookingBack, lookingBack, (facts, one, other) => {
        const [before = one, after = other] = [one, other].toSorted();
        const then = deadlinesOf(routine, facts, before);
        const now = deadlinesOf(routine, facts, after);
        // A day that was told ahead comes too, on which what is late or soft is owed no more.
        const turned = then.map((deadline, index) => {
          const { status = deadline.status } = now[index] ?? {};
          const hasEnded = deadline.kind === 'soft' && deadline.status === 'open' && status === 'cancelled';
          const isLate = ['open', 'breached'].includes(deadline.status) && status === 'breached';
          return hasEnded || isLate ? now[index] : deadline;
        });
        expect(now).toEqual(turned);
        expect(now.map(({ due, closed }) => [due, closed])).toEqual(
          then.map(({ due, closed }, index) => [due, closed ?? now[index]?.closed]),
        );
      }),
      RUNS,
    );
  });

  test('what Frist records of its own changes no deadline, and is not due again', () => {
    fc.assert(
      fc.property(life, lookingBack, lookingBack, (facts, at, later) => {
        const known = withNotices(routine, facts, at);
        expect(described(routine, known, at)).toEqual({ ...described(routine, facts, at), notices: [] });
        expect(deadlinesOf(routine, known, later)).toEqual(deadlinesOf(routine, facts, later));
      }),
      RUNS,
    );
  });

  test('the next wake lies ahead', () => {
    fc.assert(
      fc.property(life, lookingBack, (facts, at) => {
        const { nextWake } = caseOf(routine, facts, at);
        expect(nextWake === undefined || Temporal.Instant.compare(nextWake, Temporal.Instant.from(at)) > 0).toBe(true);
      }),
      RUNS,
    );
  });

  test('between two wakes there is nothing to tell, and nothing is otherwise', () => {
    fc.assert(
      fc.property(life, lookingBack, (facts, at) => {
        const known = withNotices(routine, facts, at);
        const { nextWake, deadlines, tasks } = caseOf(routine, known, at);
        const justBefore = nextWake?.subtract({ nanoseconds: 1 }).toString() ?? '2035-01-01T00:00:00Z';
        const then = caseOf(routine, known, justBefore);
        expect(then.notices.map(describeNotice)).toEqual([]);
        expect(then.deadlines.map(describeDeadline)).toEqual(deadlines.map(describeDeadline));
        expect(then.tasks.map(describeTask)).toEqual(tasks.map(describeTask));
      }),
      RUNS,
    );
  });
});

describe('given two facts that came at the same time', () => {
  const order = sent('2026-12-01 10:00');
  const [one, other] = ['2026-12-02', '2026-12-03'].map((date) => started('2026-12-04 10:00', { date }));

  test('the one recorded first stands first', () => {
    const [first, second] = [
      { ...sent('2026-12-01 10:00', { provider: 'first' }), sequence: 1 },
      { ...sent('2026-12-01 10:00', { provider: 'second' }), sequence: 2 },
    ];
    for (const facts of [
      [first, second],
      [second, first],
    ])
      expect(caseOf('kundval', facts, '2026-12-02 10:00').subjects[0]?.circumstances.provider).toBe('first');
  });

  test('the earlier date counts, whichever came first', () => {
    const judged = (...facts: (Fact | undefined)[]) =>
      deadlinesOf('kundval', [order, ...facts.flatMap((some) => some ?? [])], '2026-12-05 10:00').map(
        ({ status }) => status,
      );
    expect(judged(one, other)).toEqual(judged(other, one));
  });
});

describe('given two facts of one key that say different things', () => {
  const said = (date: string, more: object = {}) =>
    ({ ...started('2026-12-10 10:00', { date }), id: 'same', ...more }) as Fact;
  const closedBy = (...facts: Fact[]) => {
    const { file } = caseOf('kundval', [sent('2026-12-01 10:00'), ...facts], '2026-12-20 10:00');
    return file.entries.flatMap(({ fact: { data } }) => ('date' in data ? [data.date] : []));
  };

  test('one of them stands, whichever came first', () => {
    const [one, other] = [said('2026-12-02'), said('2026-12-05')];
    expect(closedBy(one, other)).toHaveLength(1);
    expect(closedBy(one, other)).toEqual(closedBy(other, one));
  });

  test('and of those that are recorded, the first', () => {
    const [first, second, loose] = [
      said('2026-12-05', { sequence: 2 }),
      said('2026-12-02', { sequence: 3 }),
      said('2026-12-01'),
    ];
    for (const facts of [
      [first, second, loose],
      [loose, second, first],
      [second, loose, first],
    ])
      expect(closedBy(...facts)).toEqual(['2026-12-05']);
  });
});
