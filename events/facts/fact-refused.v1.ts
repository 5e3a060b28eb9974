import * as z from 'zod/mini';

import { defineFact, reference, text, type Told } from '../define.ts';

/** A fact was refused when it was to be recorded. */
export const factRefused = defineFact('fact.refused', 1, {
  by: 'frist',
  data: z.strictObject({
    refused: z.strictObject({ type: reference, id: reference, source: reference }),
    reasons: z
      .array(
        z.strictObject({
          path: z.string().check(z.maxLength(2000)),
          message: text,
          code: z.exactOptional(reference),
          values: z.exactOptional(z.record(reference, text)),
        }),
      )
      .check(z.minLength(1)),
  }),
});

/** For the documents that are generated from the facts. */
export const factRefusedTold: Told<typeof factRefused> = {
  summary: 'A fact was refused when it was to be recorded.',
  examples: [
    {
      id: 'refused-0418-2',
      source: '/frist/record-fact',
      subject: '2026-0418',
      time: '2027-01-04T08:00:01+01:00',
      data: {
        refused: { type: 'se.frist.order.sent.v1', id: 'bestallning-0418-2', source: '/treserva' },
        reasons: [
          {
            path: '/data/period',
            message: 'the period from 2027-01-01 on overlaps from 2027-01-01 on of the order O-2026-0418-1',
            code: 'overlaps',
            values: { order: 'O-2026-0418-1', from: '2027-01-01', otherFrom: '2027-01-01' },
          },
        ],
      },
    },
  ],
};
