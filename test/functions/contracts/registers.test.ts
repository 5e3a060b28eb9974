import { describe, expect, test } from 'vitest';
import { memoryRegisters } from '../../../functions/shared/registers/memory.ts';
import { readOnce } from '../../../functions/shared/registers/read-once.ts';
import type { Change, KeptRegisters, Role } from '../../../functions/shared/registers/registers.ts';
import { tableKeptRegisters } from '../../../functions/shared/registers/table-kept.ts';
import { dynamoForTests } from '../../support/dynamo.ts';
import { ANNA, HEMVARD, KOMMUNEN, UTAN_MEJL } from '../../support/facts.ts';

const table = dynamoForTests();

describe.each([
  { name: 'in memory', open: memoryRegisters },
  { name: 'in the table', open: () => tableKeptRegisters(table()) },
])('the registers $name', ({ open }) => {
  test('hold what was put in them, the last one of an id, listed by id', async () => {
    const registers = open();
    expect(await registers.find('provider', HEMVARD.id)).toBeUndefined();
    expect(await registers.list('provider')).toEqual([]);

    for (const provider of [UTAN_MEJL, KOMMUNEN, { ...HEMVARD, name: 'Förr' }, HEMVARD])
      await registers.put('provider', provider);

    expect(await registers.find('provider', HEMVARD.id)).toEqual(HEMVARD);
    expect(await registers.find('provider', UTAN_MEJL.id)).toEqual(UTAN_MEJL);
    expect(await registers.list('provider')).toEqual([HEMVARD, KOMMUNEN, UTAN_MEJL]);
  });

  test('keep providers and officers apart, also under one id', async () => {
    const registers = open();
    await registers.put('officer', ANNA);
    await registers.put('provider', { ...HEMVARD, id: ANNA.id });

    expect(await registers.find('officer', ANNA.id)).toEqual(ANNA);
    expect((await registers.find('provider', ANNA.id))?.name).toBe(HEMVARD.name);
    expect(await registers.list('officer')).toEqual([ANNA]);
  });

  const on = (day: number) => ({ who: 'eva', at: `2026-11-${String(day)}T09:00:00Z` });
  /** The other tests' entries lie in the same table. */
  const changesOf = async (registers: KeptRegisters, id: string, more: object = {}): Promise<readonly Change[]> =>
    (await registers.changes('role', { limit: 100, ...more })).changes.filter((change) => change.id === id);

  test('note every change: who made it, when, and what was there before', async () => {
    const registers = open();
    const [first, second] = [
      { id: 'nurses' as const, mails: ['a@example.org'] },
      { id: 'nurses' as const, mails: [] },
    ];
    expect(await registers.put('role', first, on(11))).toEqual({ ok: true, version: 1 });
    expect(await registers.put('role', first, on(12))).toEqual({ ok: true, version: 1 });
    expect(await registers.put('role', second, { ...on(13), who: 'bo' })).toEqual({ ok: true, version: 2 });

    expect(await registers.read('role', 'nurses')).toEqual({ entry: second, version: 2 });
    expect(await changesOf(registers, 'nurses')).toEqual([
      { id: 'nurses', version: 2, who: 'bo', at: '2026-11-13T09:00:00Z', before: first, after: second },
      { id: 'nurses', version: 1, who: 'eva', at: '2026-11-11T09:00:00Z', after: first },
    ]);
  });

  test('change an entry only from the version that is asked for', async () => {
    const registers = open();
    const role = (mail: string) => ({ id: 'rehab' as const, mails: [mail] });
    expect(await registers.read('role', 'rehab')).toBeUndefined();
    expect(await registers.put('role', role('a@example.org'), { ...on(10), ifVersion: 1 })).toEqual({
      ok: false,
      version: 0,
    });
    expect(await registers.put('role', role('a@example.org'), { ...on(10), ifVersion: 0 })).toEqual({
      ok: true,
      version: 1,
    });
    expect(await registers.put('role', role('b@example.org'), { ...on(10), ifVersion: 0 })).toEqual({
      ok: false,
      version: 1,
    });
    expect(await registers.find('role', 'rehab')).toEqual(role('a@example.org'));
    expect(await changesOf(registers, 'rehab')).toHaveLength(1);
  });

  test('lose no change of those made at the same time, and note each after the one before it', async () => {
    const registers = open();
    const mails = Array.from({ length: 6 }, (_, index) => `${String(index)}@example.org`);
    await Promise.all(mails.map(async (mail) => registers.put('role', { id: 'planner', mails: [mail] }, on(12))));
    const changes = (await changesOf(registers, 'planner')).toReversed();
    expect(changes.map(({ version }) => version)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(changes.flatMap(({ after }) => (after as Role).mails).toSorted()).toEqual(mails);
    expect(changes.slice(1).map(({ before }) => before)).toEqual(changes.slice(0, -1).map(({ after }) => after));
  });

  test('tell of the changes a page at a time, newest first, each once', async () => {
    const registers = open();
    for (let day = 10; day < 17; day += 1)
      for (const id of ['feeOfficer', 'unitManager'] as const)
        await registers.put('role', { id, mails: [`${String(day)}@example.org`] }, on(day));
    const seen: Change[] = [];
    for (let before: string | undefined; ;) {
      const page = await registers.changes('role', { limit: 3, ...(before !== undefined && { before }) });
      expect(page.changes.length).toBeLessThanOrEqual(3);
      seen.push(...page.changes);
      before = page.next;
      if (before === undefined) break;
    }
    const own = seen.filter(({ id }) => id === 'feeOfficer' || id === 'unitManager');
    expect(own).toHaveLength(14);
    expect(own.map(({ at }) => at)).toEqual(
      own
        .map(({ at }) => at)
        .toSorted()
        .toReversed(),
    );
  });
});

test('registers read once ask for each entry once, and find what the registers held then', async () => {
  const registers = memoryRegisters();
  await registers.put('provider', HEMVARD);
  const asked: string[] = [];
  const once = readOnce({
    ...registers,
    find: async (register, id) => (asked.push(`${register} ${id}`), registers.find(register, id)),
  });
  const [first, second] = await Promise.all([once.find('provider', HEMVARD.id), once.find('provider', HEMVARD.id)]);
  await registers.put('provider', { ...HEMVARD, name: 'Sedan' });

  expect([first, second, await once.find('provider', HEMVARD.id)]).toEqual([HEMVARD, HEMVARD, HEMVARD]);
  expect(await once.find('officer', HEMVARD.id)).toBeUndefined();
  expect(asked).toEqual([`provider ${HEMVARD.id}`, `officer ${HEMVARD.id}`]);
});
