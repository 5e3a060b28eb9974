import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { outcomesOf, type OrderOutcome, type Outcome } from '../../../domain/statistics/outcomes.ts';
import { onlyRoutine } from '../../../domain/routine/routines.ts';
import { memoryOutcomes } from '../../../functions/shared/outcomes/memory.ts';
import { keepChanged, monthsBetween, type Outcomes } from '../../../functions/shared/outcomes/outcomes.ts';
import { tableOutcomes } from '../../../functions/shared/outcomes/table.ts';
import { routineNamed } from '../../domain/given.ts';
import { lifeUnder } from '../../domain/lives.ts';
import { dynamoForTests, newCase } from '../../support/dynamo.ts';
import { confirmation, MONDAY_10, order, recorded, start } from '../../support/facts.ts';
import { municipality } from '../../support/office.ts';

const table = dynamoForTests();

const outcome = (caseNumber: string, name: string, day: string): OrderOutcome => ({
  kind: 'order',
  case: caseNumber,
  order: name,
  provider: 'hemvard-vast',
  day,
  breaches: 0,
});

/** The other tests' outcomes lie in the same table: each asks for its own cases'. */
const ofCases = async (outcomes: Outcomes, months: readonly string[], ...cases: readonly string[]): Promise<string[]> =>
  (await outcomes.of(months))
    .filter((one) => cases.includes(one.case))
    .map((one) => `${one.case} ${one.kind === 'order' ? one.order : one.switch}`)
    .toSorted();

describe.each([
  { name: 'in memory', open: memoryOutcomes },
  { name: 'in the table', open: () => tableOutcomes(table()) },
])('the outcomes $name', ({ open }) => {
  test('of months are those of all cases that count in them, whole', async () => {
    const outcomes = open();
    const [one, two] = [newCase(), newCase()];
    const whole: Outcome = {
      ...outcome(one, 'O-1', '2026-11-23'),
      withdrawn: true,
      confirm: 'met',
      start: 'breached',
      secondsToConfirm: 3600,
      daysToStart: 3,
      breaches: 2,
    };
    const change: Outcome = {
      kind: 'switch',
      case: one,
      switch: 'X-1',
      day: '2026-11-30',
      leaving: 'hemvard-vast',
      incoming: 'omsorg-ab',
    };
    await outcomes.keep(one, '2026-11', 2, [whole, change]);
    await outcomes.keep(one, '2026-12', 2, [outcome(one, 'O-2', '2026-12-01')]);
    await outcomes.keep(two, '2026-12', 1, [outcome(two, 'O-1', '2026-12-02')]);

    const november = (await outcomes.of(['2026-11'])).filter((found) => found.case === one);
    expect(november).toEqual([whole, change]);
    expect(await ofCases(outcomes, ['2026-12'], one, two)).toEqual([`${one} O-2`, `${two} O-1`]);
    expect(await ofCases(outcomes, ['2026-11', '2026-12'], one, two)).toHaveLength(4);
    expect(await ofCases(outcomes, [], one, two)).toEqual([]);
  });

  test('what was made from less of the journal changes nothing', async () => {
    const outcomes = open();
    const subject = newCase();
    await outcomes.keep(subject, '2026-11', 5, [outcome(subject, 'new', '2026-11-23')]);
    await outcomes.keep(subject, '2026-11', 4, [outcome(subject, 'old', '2026-11-23')]);
    expect(await ofCases(outcomes, ['2026-11'], subject)).toEqual([`${subject} new`]);
    await outcomes.keep(subject, '2026-11', 5, [outcome(subject, 'again', '2026-11-23')]);
    expect(await ofCases(outcomes, ['2026-11'], subject)).toEqual([`${subject} again`]);
  });

  test('a month that a case has none in any more tells of none, nor does what comes late bring them back', async () => {
    const outcomes = open();
    const subject = newCase();
    await outcomes.keep(subject, '2026-11', 1, [outcome(subject, 'O-1', '2026-11-23')]);
    await outcomes.keep(subject, '2026-11', 3, []);
    await outcomes.keep(subject, '2026-11', 2, [outcome(subject, 'O-1', '2026-11-23')]);
    expect(await ofCases(outcomes, ['2026-11'], subject)).toEqual([]);
  });
});

describe('what a recorded fact changes', () => {
  const story = [
    recorded(order(MONDAY_10), 1),
    recorded(confirmation('2026-11-23 11:00'), 2),
    recorded(start('2026-11-24 10:00'), 3),
  ];

  /** Outcomes that count how often they are written. */
  const counted = () => {
    const outcomes = memoryOutcomes();
    let writes = 0;
    return {
      outcomes: {
        ...outcomes,
        keep: async (...kept: Parameters<Outcomes['keep']>) => {
          writes += 1;
          await outcomes.keep(...kept);
        },
      },
      writes: () => writes,
    };
  };

  test('is written once, and nothing by a fact that changes none', async () => {
    const { outcomes, writes } = counted();
    const told = [...story, recorded(confirmation('2026-11-24 12:00'), 4)];
    const perFact: number[] = [];
    for (const [index] of told.entries()) {
      const before = writes();
      await keepChanged(outcomes, '2026-0417', told.slice(0, index + 1), index + 1, municipality.routines);
      perFact.push(writes() - before);
    }
    expect(perFact).toEqual([1, 1, 1, 0]);
    expect(await outcomes.of(['2026-11'])).toEqual(outcomesOf(told, municipality.routines));
  });

  test('is found when all was recorded before the first of it was told, in any order', async () => {
    for (const sequence of [1, 2, 3]) {
      const { outcomes } = counted();
      await keepChanged(outcomes, '2026-0417', story, sequence, municipality.routines);
      expect(await outcomes.of(['2026-11'])).toEqual(outcomesOf(story, municipality.routines));
    }
  });

  test('whatever happens, and however late, doubled or out of order it is told, is what the journal says', async () => {
    const routine = routineNamed('hemtjanst');
    const routines = onlyRoutine(routine);
    const lives = lifeUnder(routine)
      .map((facts) => facts.map((one, index) => recorded(one, index + 1)))
      .chain((facts) => {
        // Each fact is told when it and some that came after it are recorded, and some are told twice.
        const telling = fc.record({
          sequence: fc.integer({ min: 1, max: Math.max(1, facts.length) }),
          more: fc.nat({ max: 5 }),
        });
        const all = facts.map((_, index) => ({ sequence: index + 1, more: 0 }));
        const tellings = fc
          .array(telling, { maxLength: 6 })
          .chain((twice) => fc.shuffledSubarray([...all, ...twice], { minLength: all.length + twice.length }));
        return fc.tuple(fc.constant(facts), facts.length === 0 ? fc.constant([]) : tellings);
      });
    await fc.assert(
      fc.asyncProperty(lives, async ([facts, tellings]) => {
        const outcomes = memoryOutcomes();
        for (const { sequence, more } of tellings)
          await keepChanged(outcomes, 'any', facts.slice(0, sequence + more), sequence, routines);
        const months = monthsBetween('2026-01-01', '2027-12-31');
        const kept = (await outcomes.of(months)).map((one) => JSON.stringify(one)).toSorted();
        expect(kept).toEqual(
          outcomesOf(facts, routines)
            .map((one) => JSON.stringify(one))
            .toSorted(),
        );
      }),
      { numRuns: 60 },
    );
  });

  test('months run over the turn of the year, both ends included', () => {
    expect(monthsBetween('2026-11-30', '2027-02-01')).toEqual(['2026-11', '2026-12', '2027-01', '2027-02']);
    expect(monthsBetween('2026-11-01', '2026-11-30')).toEqual(['2026-11']);
  });
});
