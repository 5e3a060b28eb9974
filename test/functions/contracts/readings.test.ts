import { describe, expect, test } from 'vitest';
import { memoryReadings } from '../../../functions/shared/readings/memory.ts';
import { tableReadings } from '../../../functions/shared/readings/table.ts';
import { dynamoForTests, newCase } from '../../support/dynamo.ts';

const table = dynamoForTests();

describe.each([
  { name: 'in memory', open: memoryReadings },
  { name: 'in the table', open: () => tableReadings(table()) },
])('readings $name', ({ open }) => {
  test('the latest readings of a case come first, each by itself, and no other case’s', async () => {
    const readings = open();
    const [one, other] = [newCase(), newCase()];
    const by = (person: string, at: string) => ({ person, name: person.toUpperCase(), at });
    await readings.note({ case: one, ...by('anna', '2026-11-23T09:00:00Z') });
    await readings.note({ case: one, ...by('bo', '2026-11-23T11:00:00Z'), asOf: '2026-11-20T09:00:00Z' });
    await readings.note({ case: one, ...by('anna', '2026-11-23T10:00:00Z'), mail: 'm1' });
    await readings.note({ case: other, ...by('eva', '2026-11-23T12:00:00Z') });
    expect(await readings.latest(one, 9)).toEqual([
      { case: one, ...by('bo', '2026-11-23T11:00:00Z'), asOf: '2026-11-20T09:00:00Z' },
      { case: one, ...by('anna', '2026-11-23T10:00:00Z'), mail: 'm1' },
      { case: one, ...by('anna', '2026-11-23T09:00:00Z') },
    ]);
    expect(await readings.latest(one, 1)).toHaveLength(1);
    expect(await readings.latest(newCase(), 9)).toEqual([]);
  });

  test('somebody who reads a case twice at one moment has read it twice', async () => {
    const readings = open();
    const reading = { case: newCase(), person: 'anna', name: 'Anna', at: '2026-11-23T09:00:00Z' };
    await readings.note(reading);
    await readings.note(reading);
    expect(await readings.latest(reading.case, 9)).toEqual([reading, reading]);
  });
});
