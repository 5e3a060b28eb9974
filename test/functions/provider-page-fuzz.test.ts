import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readFact } from '../../functions/shared/doors.ts';
import { MONDAY_10, order } from '../support/facts.ts';
import { openOffice } from '../support/office.ts';
import { openPage } from '../support/provider-page.ts';

/*
 * Whatever is posted, the page answers, and what it takes is a fact that every door would take.
 */

const words = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom(
    '',
    'other',
    'yes',
    '2026-11-23',
    '2026-11-24',
    '2026-02-30',
    '9999-12-31',
    '-000001-01-01',
    '10:30',
    '24:00',
    'client',
    'deceased',
    '8112189876',
    '12,5',
    '-1',
    '1e3',
    'NaN',
    '<script>',
    '\r\nset-cookie: a=b',
    '\u202Etxt',
  ),
);

const answers = fc.constantFrom(
  'order.confirmed',
  'order.queried',
  'service.started',
  'start.agreed',
  'service.notExecuted',
  'service.paused',
  'service.ended',
  'task.done.x.0',
  '__proto__',
  'constructor',
);

const names = ['start', 'date', 'dateOther', 'at', 'question', 'reason', 'on', 'onOther', 'agreedWith', 'from', 'to'];

test('3,000 posts', async () => {
  const office = await openOffice();
  await office.tell(order(MONDAY_10, { routine: 'hemtjanst' }));
  let page = await openPage(office);
  let count = 0;
  const seen = new Set<number | undefined>();
  await fc.assert(
    fc.asyncProperty(
      answers,
      fc.dictionary(fc.oneof(fc.constantFrom(...names), words), words),
      async (answer, form) => {
        count += 1;
        // A link takes so many a minute.
        if (count % 20 === 1) page = await openPage(office);
        const { statusCode, body = '', headers } = await page.post({ ...form, answer });
        seen.add(statusCode);
        expect([303, 409, 422]).toContain(statusCode);
        expect(body).not.toContain('<script>');
        expect(JSON.stringify(headers)).not.toContain('set-cookie');
        for (const { door, ...said } of page.taken()) {
          expect(door).toBe('link');
          expect(readFact(said)).toMatchObject({ ok: true });
        }
      },
    ),
    { numRuns: 3000, seed: 417 },
  );
  expect(seen).toEqual(new Set([303, 409, 422]));
}, 60_000);
