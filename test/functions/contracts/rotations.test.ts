import { describe, expect, test } from 'vitest';
import { memoryRotations } from '../../../functions/shared/rotation/memory.ts';
import { assign, type Rotations, type RotationState } from '../../../functions/shared/rotation/rotations.ts';
import { tableRotations } from '../../../functions/shared/rotation/table.ts';
import { dynamoForTests, newCase } from '../../support/dynamo.ts';

const table = dynamoForTests();

const LIST = { id: 'personalCare', providers: [{ id: 'ett' }, { id: 'två' }, { id: 'tre' }] };

const all = async (): Promise<boolean> => true;

const state = (version: number, more: Partial<RotationState> = {}): RotationState => ({
  turns: {},
  given: {},
  recent: [],
  ...more,
  version,
});

describe.each([
  ['in memory', memoryRotations],
  ['in the table', () => tableRotations(table())],
])('rotation lists %s', (_, open: () => Rotations) => {
  /** Each test has a list of its own: the table is one for all. */
  const nextList = () => ({ ...LIST, id: `${LIST.id}-${newCase()}` });

  test('have come nowhere before the first turn', async () => {
    expect(await open().read(nextList().id)).toBeUndefined();
  });

  test('are read as they were written', async () => {
    const [rotations, { id }] = [open(), nextList()];
    const first = state(1, { recent: [['2026-0417', 'ett']] });
    expect(await rotations.write(id, first)).toBe(true);
    expect(await rotations.read(id)).toEqual(first);
  });

  test('are not written by who read them before somebody else wrote', async () => {
    const [rotations, { id }] = [open(), nextList()];
    const first = state(1, { recent: [['a', 'ett']] });
    expect(await rotations.write(id, first)).toBe(true);
    expect(await rotations.write(id, state(1, { recent: [['b', 'två']] }))).toBe(false);
    expect(await rotations.write(id, state(3))).toBe(false);
    expect(await rotations.read(id)).toEqual(first);
  });

  test('K11, H1, S2: give the same who asks again the same provider, and take no further turn', async () => {
    const [rotations, list] = [open(), nextList()];
    const given = await assign(rotations, list, '2026-0417', all);
    expect(await assign(rotations, list, '2026-0417', all)).toBe(given);
    expect(await rotations.read(list.id)).toMatchObject({ version: 1 });
  });

  test('K11, H1, S2: pass by whom the register does not know, who makes up for nothing when it does', async () => {
    const [rotations, list] = [open(), nextList()];
    const known = new Set(['två', 'tre']);
    const isKnown = async (provider: string) => known.has(provider);
    const next = async (who: string) => assign(rotations, list, who, isKnown);
    expect([await next('a'), await next('b'), await next('c')]).toEqual(['två', 'tre', 'två']);
    known.add('ett');
    const given = [await next('d'), await next('e'), await next('f'), await next('g')];
    expect(given.filter((one) => one === 'ett').length).toBeLessThanOrEqual(2);
    expect(given).toContain('ett');
    known.clear();
    expect(await next('h')).toBeUndefined();
    expect(await next('g'), 'whoever had a turn keeps it').toBe(given.at(-1));
  });

  test('K11, H1, S2: are fair when turns are taken at the same time in several processes', async () => {
    const [rotations, list] = [open(), nextList()];
    // Each process stands in a line of its own.
    const processes = Array.from({ length: 4 }, () => ({ ...rotations }));
    const given = await Promise.all(
      Array.from({ length: 40 }, async (__, index) =>
        assign(processes[index % processes.length] ?? rotations, list, `case-${String(index)}`, all),
      ),
    );
    const counts = LIST.providers.map(({ id }) => given.filter((one) => one === id).length);
    expect(counts.toSorted((a, b) => a - b)).toEqual([13, 13, 14]);
  });
});
