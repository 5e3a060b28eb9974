import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { NO_TURNS, takeTurn, type Place, type Turns } from '../../domain/rotation/rotation.ts';

/** Takes so many turns and answers who got them, in order. */
const take = (places: readonly Place[], count: number, from: Turns = NO_TURNS) => {
  const given: string[] = [];
  let turns = from;
  for (let turn = 0; turn < count; turn += 1) {
    const taken = takeTurn(places, turns);
    if (taken === undefined) break;
    given.push(taken.provider);
    turns = taken.after;
  }
  return { given, turns };
};

const counts = (given: readonly string[]): Record<string, number> =>
  Object.fromEntries([...Map.groupBy(given, (id) => id)].map(([id, its]) => [id, its.length]));

const list = (...ids: string[]): Place[] => ids.map((id) => ({ id }));

describe('K11, H1, S2: who did not choose gets the provider whose turn it is', () => {
  test('in the order of the list, over and over', () => {
    expect(take(list('a', 'b', 'c'), 7).given).toEqual(['a', 'b', 'c', 'a', 'b', 'c', 'a']);
  });

  test('a paused provider gets none, and makes up for nothing afterwards', () => {
    const paused = take([{ id: 'a' }, { id: 'b', paused: true }], 4);
    expect(paused.given).toEqual(['a', 'a', 'a', 'a']);
    expect(counts(take(list('a', 'b'), 6, paused.turns).given)).toEqual({ a: 3, b: 3 });
  });

  test('a provider that joins begins where the others are', () => {
    const before = take(list('a', 'b'), 6);
    expect(counts(take(list('a', 'b', 'c'), 6, before.turns).given)).toEqual({ a: 2, b: 2, c: 2 });
  });

  test('a provider that leaves the list and comes back makes up for nothing either', () => {
    const together = take(list('a', 'b', 'c'), 3);
    const without = take(list('b', 'c'), 60, together.turns);
    expect(take(list('a', 'b', 'c'), 6, without.turns).given).toEqual(['a', 'b', 'c', 'a', 'b', 'c']);
  });

  test('those who come back to providers that all are new take their turns with them at once', () => {
    const before = take(list('a', 'b'), 20);
    const meanwhile = take(
      [...list('a', 'b').map((place) => ({ ...place, paused: true })), { id: 'c' }],
      1,
      before.turns,
    );
    expect(counts(take(list('a', 'b', 'c'), 6, meanwhile.turns).given)).toEqual({ a: 2, b: 2, c: 2 });
  });

  test('a full provider gets no more than it takes', () => {
    const { given } = take([{ id: 'a', cap: 1 }, { id: 'b' }], 5);
    expect(counts(given)).toEqual({ a: 1, b: 4 });
  });

  test('nobody gets anything when all are paused or full, or nobody is on the list', () => {
    expect(
      takeTurn(
        [
          { id: 'a', paused: true },
          { id: 'b', cap: 0 },
        ],
        NO_TURNS,
      ),
    ).toBeUndefined();
    expect(takeTurn([], NO_TURNS)).toBeUndefined();
  });

  test('the counts of those on the list all along never differ by more than one', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 0, max: 300 }), (size, turns) => {
        const places = list(...Array.from({ length: size }, (_, index) => `p${String(index)}`));
        const given = counts(take(places, turns).given);
        const each = places.map(({ id }) => given[id] ?? 0);
        expect(Math.max(...each) - Math.min(...each)).toBeLessThanOrEqual(1);
      }),
    );
  });
});
