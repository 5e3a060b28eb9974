import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { outcomesOf, type OrderOutcome, type Outcome } from '../../domain/statistics/outcomes.ts';
import { FIGURES, type FigureName, type Figures } from '../../domain/statistics/figures.ts';
import { figuresOf, nearestRank, statisticsOf } from '../../domain/statistics/statistics.ts';
import { withhold } from '../../domain/statistics/withhold.ts';
import { onlyRoutine } from '../../domain/routine/routines.ts';
import type { Fact } from '../../events/catalogue.ts';
import { caseOf, confirmed, fact, recordedFrom, routineNamed, sent, started } from './given.ts';

const outcomes = (facts: readonly Fact[], routine = 'kundval'): Outcome[] =>
  outcomesOf(facts, onlyRoutine(routineNamed(routine)));

const recall = (time: string, order = 'O-1'): Fact => fact('order.recalled', time, { order, reason: 'Fel.' });

/** The only outcome of the order O-1. */
const outcome = (facts: readonly Fact[], routine?: string): OrderOutcome | undefined => {
  const found = outcomes(facts, routine).filter((one) => one.kind === 'order' && one.order === 'O-1');
  if (found.length > 1) throw new Error('O-1 has one outcome');
  return found[0] as OrderOutcome | undefined;
};

describe('B5: what becomes of an order', () => {
  test('confirmed and begun in time: both limits met, with how long each took', () => {
    // Monday 21 December 2026; kundval asks for a confirmation by Tuesday and personal care within 48 hours.
    expect(outcome([sent('2026-12-21 09:00'), confirmed('2026-12-21 13:30'), started('2026-12-22 08:00')])).toEqual({
      kind: 'order',
      case: '2026-0417',
      order: 'O-1',
      provider: 'omsorg-syd',
      day: '2026-12-21',
      confirm: 'met',
      start: 'met',
      secondsToConfirm: 4.5 * 3600,
      daysToStart: 1,
      breaches: 0,
    });
  });

  test('a limit has passed when its breach is recorded, and what comes late says how late', () => {
    const order = sent('2026-12-21 09:00');
    expect(outcome([order])).toMatchObject({ breaches: 0 });
    expect(outcome([order])).not.toHaveProperty('confirm');

    const breach = recordedFrom(caseOf('kundval', [order], '2026-12-23 00:00'), '2026-12-23 00:00');
    expect(outcome([order, ...breach])).toMatchObject({ confirm: 'breached', breaches: 1 });
    expect(outcome([order, ...breach])).not.toHaveProperty('secondsToConfirm');

    const late = [order, ...breach, confirmed('2026-12-23 09:00'), started('2026-12-24 10:00')];
    expect(outcome(late)).toMatchObject({
      confirm: 'breached',
      start: 'breached',
      secondsToConfirm: 48 * 3600,
      daysToStart: 3,
      breaches: 2,
    });
  });

  test('a fact that comes late but happened in time takes the breach away', () => {
    const order = sent('2026-12-21 09:00');
    const breach = recordedFrom(caseOf('kundval', [order], '2026-12-23 00:00'), '2026-12-23 00:00');
    const facts = [order, ...breach, confirmed('2026-12-22 10:00')];
    expect(outcome(facts)).toMatchObject({ confirm: 'met', breaches: 0, secondsToConfirm: 25 * 3600 });
  });

  test('it counts on the day in Stockholm on which it was sent, whatever the day is in UTC', () => {
    expect(outcome([sent('2026-12-31 23:59')])?.day).toBe('2026-12-31');
    expect(outcome([sent('2027-01-01 00:00')])?.day).toBe('2027-01-01');
    expect(outcome([sent('2026-07-01 00:30')])?.day).toBe('2026-07-01');
  });

  test('elapsed time runs through the night when the clock goes back', () => {
    expect(outcome([sent('2026-10-24 12:00'), confirmed('2026-10-25 12:00')])?.secondsToConfirm).toBe(25 * 3600);
  });

  test('a recalled order and a replaced one are withdrawn, with what had been judged before; one that ended is not', () => {
    const order = sent('2026-12-21 09:00');
    expect(outcome([order, recall('2026-12-21 10:00')])).toMatchObject({ withdrawn: true, breaches: 0 });
    expect(outcome([order, recall('2026-12-21 10:00')])).not.toHaveProperty('confirm');
    expect(outcome([order, confirmed('2026-12-21 10:00'), recall('2026-12-21 11:00')])).toMatchObject({
      withdrawn: true,
      confirm: 'met',
    });
    expect(outcome([order, recall('2026-12-24 10:00')])).toMatchObject({ withdrawn: true, confirm: 'breached' });
    const anew = sent('2026-12-21 10:00', { order: 'O-2', replaces: 'O-1' });
    expect(outcomes([order, anew])).toMatchObject([{ order: 'O-1', withdrawn: true }, { order: 'O-2' }]);
    const ended = fact('service.ended', '2026-12-22 10:00', { order: 'O-1', on: '2026-12-22', reason: 'ended' });
    expect(outcome([order, ended])).not.toHaveProperty('withdrawn');
  });

  test('L2: an order of days and nights is one for each that receives it', () => {
    const facts = [sent('2026-12-21 09:00', { shifts: ['day', 'night'] }), started('2026-12-22 08:00')];
    const both = outcomes(facts, 'lov-hemtjanst');
    expect(both).toMatchObject([{ order: 'O-1', provider: 'omsorg-syd', daysToStart: 1 }, { order: 'O-1/night' }]);
    expect(both[1]).not.toHaveProperty('daysToStart');
    expect((both[1] as OrderOutcome).provider).not.toBe('omsorg-syd');
  });

  test('H7: a soft limit is never judged, but the time it took is told', () => {
    const found = outcome([sent('2026-12-21 09:00'), confirmed('2026-12-28 09:00')], 'hemtjanst');
    expect(found).not.toHaveProperty('confirm');
    expect(found?.secondsToConfirm).toBe(7 * 24 * 3600);
  });

  test('what was done before the written order took no time', () => {
    const facts = [confirmed('2026-12-21 08:00'), started('2026-12-20 08:00'), sent('2026-12-21 09:00')];
    expect(outcome(facts)).toMatchObject({ secondsToConfirm: 0, daysToStart: 0 });
  });

  test('an order that is only known by word of mouth, or by its answers, has no outcome yet', () => {
    const oral = fact('order.placedOrally', '2026-12-21 09:00', {
      order: 'O-1',
      provider: 'omsorg-syd',
      service: 'personalCare',
    });
    expect(outcomes([oral, confirmed('2026-12-21 10:00', { order: 'O-2' })])).toEqual([]);
    expect(outcomes([])).toEqual([]);
  });

  test('H12: a switch counts on the day of the wish, from one provider to the other, until it is taken back', () => {
    const order = sent('2026-12-01 09:00');
    const wish = fact('switch.requested', '2026-12-21 23:30', {
      switch: 'X-1',
      service: 'personalCare',
      from: 'O-1',
      toProvider: 'hemvard-vast',
    });
    expect(outcomes([order, wish], 'hemtjanst')[1]).toEqual({
      kind: 'switch',
      case: '2026-0417',
      switch: 'X-1',
      day: '2026-12-21',
      leaving: 'omsorg-syd',
      incoming: 'hemvard-vast',
    });
    expect(outcomes([order, wish, recall('2026-12-22 09:00')], 'hemtjanst')).toHaveLength(1);
    const stays = fact('switch.requested', '2026-12-22 09:00', {
      switch: 'X-2',
      service: 'personalCare',
      from: 'O-1',
      toProvider: 'omsorg-syd',
    });
    expect(outcomes([order, wish, stays], 'hemtjanst')).toHaveLength(1);
    const done = fact('switch.completed', '2027-01-03 09:00', { switch: 'X-1', on: '2027-01-03' });
    expect(outcomes([order, wish, done], 'hemtjanst')).toHaveLength(2);
  });
});

/** An order to a provider that was confirmed after so many hours and begun after so many days. */
const one = (provider: string, day: string, more: Partial<OrderOutcome> = {}): OrderOutcome => ({
  kind: 'order',
  case: 'any',
  order: 'O-1',
  provider,
  day,
  breaches: 0,
  ...more,
});

const hours = (number: number): Partial<OrderOutcome> => ({ confirm: 'met', secondsToConfirm: number * 3600 });

const PERIOD = { from: '2026-01-01', to: '2026-12-31' };

describe('B5: the statistics of a period', () => {
  test('come to what they come to by hand', () => {
    const alfa = [1, 2, 3, 4, 5, 6, 7, 8, 9, 30.25].map((number, index) =>
      one('alfa', '2026-03-01', {
        ...hours(number),
        ...(index === 9 && { confirm: 'breached', breaches: 2, withdrawn: true }),
        ...(index < 6 && { start: index === 5 ? 'breached' : 'met', daysToStart: index }),
      }),
    );
    const beta = Array.from({ length: 5 }, () => one('beta', '2026-12-31'));
    const switches = Array.from({ length: 6 }, (): Outcome => ({
      kind: 'switch',
      case: 'any',
      switch: 'X',
      day: '2026-01-01',
      leaving: 'beta',
      incoming: 'alfa',
    }));
    const { providers, total } = statisticsOf([...alfa, ...beta, ...switches], PERIOD);
    expect(providers).toEqual([
      {
        provider: 'alfa',
        orders: 10,
        withdrawn: 1,
        confirmJudged: 10,
        confirmedInTime: 9,
        confirmed: 10,
        // Of ten values the fifth, and the ninth.
        hoursToConfirmMedian: 5,
        hoursToConfirmP90: 9,
        startJudged: 6,
        startedInTime: 5,
        started: 6,
        // Of six values the third, and the sixth.
        daysToStartMedian: 2,
        daysToStartP90: 5,
        breaches: 2,
        switchesFrom: 0,
        switchesTo: 6,
        withheld: [],
      },
      {
        provider: 'beta',
        orders: 5,
        withdrawn: 0,
        confirmJudged: 0,
        confirmedInTime: 0,
        confirmed: 0,
        hoursToConfirmMedian: null,
        hoursToConfirmP90: null,
        startJudged: 0,
        startedInTime: 0,
        started: 0,
        daysToStartMedian: null,
        daysToStartP90: null,
        breaches: 0,
        switchesFrom: 6,
        switchesTo: 0,
        withheld: [],
      },
    ]);
    expect(total).toMatchObject({ orders: 15, confirmedInTime: 9, breaches: 2, switchesFrom: 6, switchesTo: 6 });
  });

  test('take both the first day and the last, and none beside them', () => {
    const days = ['2025-12-31', '2026-01-01', '2026-06-30', '2026-12-31', '2027-01-01'];
    const all = days.flatMap((day) => Array.from({ length: 5 }, () => one('alfa', day)));
    expect(statisticsOf(all, PERIOD).total.orders).toBe(15);
    expect(statisticsOf(all, { from: '2026-01-01', to: '2026-01-01' }).total.orders).toBe(5);
    expect(statisticsOf([], PERIOD)).toMatchObject({ providers: [], total: { orders: 0, hoursToConfirmMedian: null } });
  });

  test.each([
    [[], 50, null],
    [[7], 50, 7],
    [[7], 90, 7],
    [[1, 2], 50, 1],
    [[1, 2, 3], 50, 2],
    [[15, 20, 35, 40, 50], 50, 35],
    [[15, 20, 35, 40, 50], 90, 50],
    [[1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 90, 9],
    [[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], 90, 10],
  ])('of %j the percentile %i is, by nearest rank, %j', (values, percent, expected) => {
    expect(nearestRank(values, percent)).toBe(expected);
  });

  test('a percentile is the smallest value that so many percent do not exceed', () => {
    const values = fc.array(fc.nat({ max: 50 }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(values, fc.constantFrom(50, 90), (list, percent) => {
        const enough = [...new Set(list)].filter(
          (value) => list.filter((other) => other <= value).length * 100 >= percent * list.length,
        );
        const sorted = list.toSorted((a, b) => a - b);
        expect(nearestRank(sorted, percent)).toBe(Math.min(...enough));
      }),
    );
  });

  test('are those of a plain count, whatever the outcomes', () => {
    fc.assert(
      fc.property(fc.array(anyOutcome, { maxLength: 80 }), (all) => {
        const { providers } = figuresOf(all);
        for (const id of PROVIDERS) {
          let [orders, met, breaches, from, to] = [0, 0, 0, 0, 0];
          for (const each of all) {
            if (each.kind === 'order' && each.provider === id) {
              orders += 1;
              breaches += each.breaches;
              if (each.confirm === 'met') met += 1;
            }
            if (each.kind === 'switch' && each.leaving === id) from += 1;
            if (each.kind === 'switch' && each.incoming === id) to += 1;
          }
          // A provider of whom there is nothing to tell is left out.
          const found = providers.get(id) ?? EMPTY;
          expect(found).toMatchObject({ orders, confirmedInTime: met, breaches, switchesFrom: from, switchesTo: to });
        }
      }),
    );
  });
});

const PROVIDERS = ['alfa', 'beta', 'gamma', 'delta'];
const anyDay = fc.constantFrom('2026-02-01', '2026-07-15');
const anyOutcome: fc.Arbitrary<Outcome> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record(
      {
        kind: fc.constant('order' as const),
        case: fc.constant('any'),
        order: fc.constant('O-1'),
        provider: fc.oneof({ weight: 3, arbitrary: fc.constant('alfa') }, fc.constantFrom(...PROVIDERS)),
        day: anyDay,
        breaches: fc.nat({ max: 2 }),
        confirm: fc.constantFrom('met' as const, 'breached' as const),
        start: fc.constantFrom('met' as const, 'breached' as const),
        secondsToConfirm: fc.nat({ max: 100_000 }),
        daysToStart: fc.nat({ max: 9 }),
      },
      { requiredKeys: ['kind', 'case', 'order', 'provider', 'day', 'breaches'] },
    ),
  },
  fc.record({
    kind: fc.constant('switch' as const),
    case: fc.constant('any'),
    switch: fc.constant('X'),
    day: anyDay,
    leaving: fc.constantFrom(...PROVIDERS),
    incoming: fc.constantFrom(...PROVIDERS),
  }),
);

const EMPTY = Object.fromEntries(FIGURES.map((name) => [name, 0])) as unknown as Figures;

/** Providers that sent so many orders each, with as much of everything else. */
const sized = (...sizes: readonly number[]) => {
  const of = (size: number): Figures => ({ ...EMPTY, orders: size, confirmJudged: size, switchesTo: size });
  const providers = new Map(sizes.map((size, index) => [`p${String(index)}`, of(size)]));
  const { providers: rows, total } = withhold(providers, of(sizes.reduce((sum, size) => sum + size, 0)));
  return { shown: rows.map(({ orders }) => orders), total: total.orders, rows, all: total };
};

describe('B5: groups of fewer than five are withheld', () => {
  test('five are told, four are not', () => {
    expect(sized(5, 10)).toMatchObject({ shown: [5, 10], total: 15 });
    expect(sized(4, 4, 10)).toMatchObject({ shown: [null, null, 10], total: 18 });
  });

  test('a lone small provider takes the next larger along, so that the total does not give it away', () => {
    expect(sized(3, 9, 7)).toMatchObject({ shown: [null, 9, null], total: 19 });
  });

  test('small ones that are five together with no way to be shared out but one take the next along', () => {
    expect(sized(1, 1, 1, 1, 1, 8, 20)).toMatchObject({ shown: [null, null, null, null, null, null, 20] });
    expect(sized(1, 1, 6, 20)).toMatchObject({ shown: [null, null, null, 20] });
  });

  test('where there is nobody to hide behind, the total is withheld too', () => {
    expect(sized(3)).toMatchObject({ shown: [null], total: null });
    expect(sized(1, 1)).toMatchObject({ shown: [null, null], total: null });
    expect(sized(2, 0)).toMatchObject({ shown: [null, 0], total: null });
  });

  test('nothing is withheld of nobody', () => {
    expect(sized(0, 6)).toMatchObject({ shown: [0, 6], total: 6 });
  });

  test('a figure about few of many orders is withheld without the orders', () => {
    const few = { ...EMPTY, orders: 40, confirmJudged: 3, confirmedInTime: 3, confirmed: 12 };
    const many = { ...EMPTY, orders: 60, confirmJudged: 50, confirmedInTime: 41, confirmed: 50 };
    const { providers } = withhold(
      new Map([
        ['few', few],
        ['many', many],
      ]),
      { ...EMPTY, orders: 100, confirmJudged: 53, confirmedInTime: 44, confirmed: 62 },
    );
    expect(providers).toMatchObject([
      { orders: 40, confirmed: 12, confirmJudged: null, withheld: ['confirmJudged', 'confirmedInTime'] },
      { orders: 60, confirmed: 50, confirmedInTime: null, withheld: ['confirmJudged', 'confirmedInTime'] },
    ]);
  });

  test('a small figure about many is told', () => {
    const figures = { ...EMPTY, orders: 40, breaches: 2, confirmJudged: 40, confirmedInTime: 38 };
    const { total } = withhold(new Map([['p', figures]]), figures);
    expect(total).toMatchObject({ breaches: 2, confirmedInTime: 38, withheld: [] });
  });

  test('whatever the groups, no small one is told, and what the total gives away can be shared out in several ways', () => {
    const groups: readonly FigureName[] = [
      'orders',
      'confirmJudged',
      'confirmed',
      'startJudged',
      'started',
      'switchesFrom',
      'switchesTo',
    ];
    fc.assert(
      fc.property(fc.array(anyOutcome, { maxLength: 80 }), (all) => {
        const { providers, total } = statisticsOf(all, PERIOD);
        const known = figuresOf(all);
        for (const size of groups) {
          const hidden = providers.filter(({ [size]: told }) => told === null).map(({ provider }) => provider);
          const sizes = hidden.map((id) => known.providers.get(id)?.[size] ?? 0).filter((number) => number > 0);
          const small = providers.filter(({ [size]: told }) => told !== null && told > 0 && told < 5);
          expect(small).toEqual([]);
          if (total[size] === null || sizes.length === 0) continue;
          const sum = sizes.reduce((a, b) => a + b, 0);
          expect(hidden.length).toBeGreaterThan(1);
          expect(sum).toBeGreaterThanOrEqual(5);
          expect(sum).toBeGreaterThan(sizes.length);
        }
      }),
    );
  });
});
