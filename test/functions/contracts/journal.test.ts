import { describe, expect, test } from 'vitest';
import { memoryJournal } from '../../../functions/shared/journal/memory.ts';
import { readJournalOnce } from '../../../functions/shared/journal/read-once.ts';
import { tableJournal } from '../../../functions/shared/journal/table.ts';
import { dynamoForTests, newCase } from '../../support/dynamo.ts';
import { confirmation, fact, MONDAY_10, order, recorded } from '../../support/facts.ts';

const table = dynamoForTests();

describe.each([
  { name: 'in memory', open: memoryJournal },
  { name: 'that is read once', open: () => readJournalOnce(memoryJournal()) },
  { name: 'in the table', open: () => tableJournal(table()) },
])('the journal $name', ({ open }) => {
  test('has nothing of a case that is not known', async () => {
    for (const subject of [newCase(), '2'.repeat(64), '2'.repeat(65), '2'.repeat(3000)])
      expect(await open().load(subject)).toEqual([]);
  });

  test('reads facts back to the letter, in the order they were recorded', async () => {
    const journal = open();
    const subject = newCase();
    const facts = [
      recorded(
        order(
          MONDAY_10,
          {
            goals: 'Å, ä och ö.\nNy rad, ”citat”, 🙂 och \u2028',
            purpose: '  kanterna  ',
            hours: { perMonth: 20.25, perWeek: 1e-7 },
            consent: false,
          },
          {
            subject,
            time: '2026-11-23T10:00:00.123456789+01:00',
            partnerref: '0042',
            partnernumber: 0,
            partnerflag: true,
          },
        ),
        1,
      ),
      recorded(confirmation('2026-11-23 11:00', {}, { subject }), 2),
    ];
    for (const one of facts) expect(await journal.append(one)).toBe(true);

    const read = await journal.load(subject);
    expect(read).toEqual(facts);
    expect(read.map((one) => JSON.stringify(one))).toEqual(facts.map((one) => JSON.stringify(one)));
  });

  test('answers false for a place that is taken, and changes nothing', async () => {
    const journal = open();
    const subject = newCase();
    const first = recorded(order(MONDAY_10, {}, { subject }), 1);
    await journal.append(first);

    expect(await journal.append(recorded(confirmation('2026-11-23 11:00', {}, { subject }), 1))).toBe(false);
    expect(await journal.append(first)).toBe(false);
    expect(await journal.load(subject)).toEqual([first]);
  });

  test('gives a place to one of many that want it at once', async () => {
    const journal = open();
    const subject = newCase();
    const rivals = Array.from({ length: 8 }, (_, index) =>
      recorded(order(MONDAY_10, { order: `O-${String(index)}` }, { subject }), 1),
    );
    const won = await Promise.all(rivals.map(async (rival) => journal.append(rival)));

    expect(won.filter(Boolean)).toHaveLength(1);
    expect(await journal.load(subject)).toEqual([rivals[won.indexOf(true)]]);
  });

  test('keeps cases apart, also when one number begins like another or holds signs', async () => {
    const journal = open();
    const one = newCase();
    const numbers = [one, `${one}-2`, `${one}/3`, `${one}:4`, 'Ärende Å 7'];
    for (const subject of numbers) await journal.append(recorded(order(MONDAY_10, {}, { subject }), 1));

    for (const subject of numbers) {
      const journalOfCase = await journal.load(subject);
      expect(journalOfCase.map((found) => found.subject)).toEqual([subject]);
    }
  });

  test('loads a journal of more than a megabyte whole, and the tenth fact after the ninth', async () => {
    const journal = open();
    const subject = newCase();
    const text = 'Ö'.repeat(4000);
    const facts = Array.from({ length: 150 }, (_, index) =>
      recorded(fact('deviation.reported', MONDAY_10, { order: 'O-1', text }, { subject }), index + 1),
    );
    for (const one of facts) await journal.append(one);

    const read = await journal.load(subject);
    expect(Buffer.byteLength(JSON.stringify(read))).toBeGreaterThan(1_000_000);
    expect(read.map(({ sequence }) => sequence)).toEqual(facts.map(({ sequence }) => sequence));
    expect(read).toEqual(facts);
  });
});

test('a journal that is read once asks again for a case only after an attempt to append to it', async () => {
  const journal = memoryJournal();
  const asked: string[] = [];
  const once = readJournalOnce({
    ...journal,
    load: async (caseNumber) => (asked.push(caseNumber), journal.load(caseNumber)),
  });
  const first = recorded(order(MONDAY_10), 1);
  expect(await Promise.all([once.load(first.subject), once.load(first.subject)])).toEqual([[], []]);
  await journal.append(first);
  expect(await once.load(first.subject)).toEqual([]);

  expect(await once.append(first)).toBe(false);
  expect(await once.load(first.subject)).toEqual([first]);
  expect(asked).toEqual([first.subject, first.subject]);
});
