import { describe, expect, test } from 'vitest';
import { memoryRegisters } from '../../../functions/shared/registers/memory.ts';
import { readOnce } from '../../../functions/shared/registers/read-once.ts';
import { tableRegisters } from '../../../functions/shared/registers/table.ts';
import { dynamoForTests } from '../../support/dynamo.ts';
import { ANNA, HEMVARD, KOMMUNEN, UTAN_MEJL } from '../../support/facts.ts';

const table = dynamoForTests();

describe.each([
  { name: 'in memory', open: memoryRegisters },
  { name: 'in the table', open: () => tableRegisters(table()) },
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
