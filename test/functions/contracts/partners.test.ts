import { describe, expect, test } from 'vitest';
import { memoryPartnerStates } from '../../../functions/shared/partners/memory.ts';
import { tablePartnerStates } from '../../../functions/shared/partners/table.ts';
import { dynamoForTests, newCase } from '../../support/dynamo.ts';

const table = dynamoForTests();

describe.each([
  { name: 'in memory', open: memoryPartnerStates },
  { name: 'in the table', open: () => tablePartnerStates(table()) },
])('the states of partner systems $name', ({ open }) => {
  const STATE = { generations: [{ number: 1, key: 'v1' }], since: '2026-11-23T09:00:00Z' };

  test('are kept, each change after the one that it was made from', async () => {
    const [states, partner] = [open(), newCase()];
    expect(await states.find(partner)).toBeUndefined();
    expect(await states.put(partner, STATE, undefined)).toBe(true);
    expect(await states.find(partner)).toEqual({ ...STATE, revision: 1 });
    expect(await states.put(partner, { ...STATE, disabled: '2026-11-23T10:00:00Z' }, 1)).toBe(true);
    expect(await states.find(partner)).toMatchObject({ disabled: '2026-11-23T10:00:00Z', revision: 2 });
  });

  test('are not overwritten by somebody who has not seen the last change', async () => {
    const [states, partner] = [open(), newCase()];
    const put = await Promise.all([1, 2, 3].map(async () => states.put(partner, STATE, undefined)));
    expect(put.filter(Boolean)).toHaveLength(1);
    expect(await states.put(partner, { generations: [] }, 7)).toBe(false);
    expect(await states.find(partner)).toEqual({ ...STATE, revision: 1 });
  });
});
