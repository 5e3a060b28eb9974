import { expect, test } from 'vitest';
import { sayObjection } from '../../functions/shared/web/objection-words.ts';
import { tell, type Knows } from '../../functions/case-page/journal-words.ts';
import { Temporal } from 'temporal-polyfill';
import { personalNumbersIn } from '../../functions/shared/secrecy.ts';
import { fact, recorded } from '../support/facts.ts';

const PERIODS = { order: 'O-1', from: '2027-06-30', otherFrom: '2027-01-13', otherTo: '2027-06-30' };

test.each([
  [
    { code: 'overlaps', values: PERIODS },
    'Perioden från onsdag 30 juni och tills vidare överlappar ett annat uppdrag av samma insats, onsdag 13 januari–onsdag 30 juni.',
  ],
  [{ code: 'fieldMissing', values: { field: 'hours.perMonth' } }, 'Rutinen kräver antal timmar per månad.'],
  [{ code: 'fieldMissing', values: { field: 'plannedStart' } }, 'Rutinen kräver vilken dag insatsen planeras börja.'],
  [
    { code: 'pauseEndsFirst', values: { from: '2027-03-02', to: '2027-03-01' } },
    'Uppehållet skulle sluta måndag 1 mars, innan det börjar tisdag 2 mars.',
  ],
  [
    { code: 'backdated', values: { dated: '2026-12-23T15:00:00+01:00' } },
    'Ett uppdrag får inte dateras bakåt: onsdag 23 december 2026 har redan varit.',
  ],
  // As journals of before hold it, or one that a newer version recorded.
  [{}, 'Det stämde inte med vad som redan är känt i ärendet.'],
  [{ code: 'toString' }, 'Det stämde inte med vad som redan är känt i ärendet.'],
])('%j is said in plain Swedish', (objection, words) => {
  expect(sayObjection({ path: '/data', message: 'in English', ...objection }, 2027)).toBe(words);
});

test('S7, B9: a refused fact stands in the journal in Swedish, with every reason', () => {
  const knows = { year: 2027, now: Temporal.Instant.from('2027-01-14T12:00:00Z') } as unknown as Knows;
  const reasons = [
    { path: '/data/period', message: 'overlaps', code: 'overlaps', values: PERIODS },
    ...personalNumbersIn({ text: '811218-9876' }),
  ];
  const refusal = fact('fact.refused', '2027-01-13 11:00', {
    refused: { type: 'se.frist.order.sent.v1', id: 'x', source: '/t' },
    reasons,
  });
  expect(tell(recorded(refusal, 1), knows).text).toBe(
    'En uppgift kunde inte tas emot. Perioden från onsdag 30 juni och tills vidare överlappar ett annat uppdrag av samma insats, onsdag 13 januari–onsdag 30 juni. Texten innehåller ett personnummer. Skriv bara ärendenumret.',
  );
});
