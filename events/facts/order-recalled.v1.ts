import * as z from 'zod/mini';

import { defineFact, id, text, type Told } from '../define.ts';

/** A case officer took an order back. */
export const orderRecalled = defineFact('order.recalled', 1, {
  by: 'anyone',
  data: z.strictObject({ order: id, reason: text }),
});

/** For the documents that are generated from the facts. */
export const orderRecalledTold: Told<typeof orderRecalled> = {
  summary: 'A case officer took an order back.',
  examples: [
    {
      id: 'aterkallad-0418-1',
      source: '/treserva',
      subject: '2026-0418',
      time: '2026-12-22T13:30:00+01:00',
      data: { order: 'O-2026-0418-1', reason: 'Timmar per vecka ska rättas.' },
    },
  ],
};
