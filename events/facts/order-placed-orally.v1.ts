import * as z from 'zod/mini';

import { defineFact, id, type Told } from '../define.ts';

/** An order was placed by word of mouth, ahead of the written one. */
export const orderPlacedOrally = defineFact('order.placedOrally', 1, {
  by: 'anyone',
  data: z.strictObject({ order: id, provider: id, service: id }),
});

/** For the documents that are generated from the facts. */
export const orderPlacedOrallyTold: Told<typeof orderPlacedOrally> = {
  summary: 'An order was placed by word of mouth, ahead of the written one.',
  examples: [
    {
      id: 'muntlig-0420-1',
      source: '/treserva',
      subject: '2026-0420',
      time: '2026-12-23T08:30:00+01:00',
      data: { order: 'O-2026-0420-1', provider: 'hemvarden', service: 'personalCare' },
    },
  ],
};
