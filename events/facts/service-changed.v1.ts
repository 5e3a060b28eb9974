import * as z from 'zod/mini';

import { defineFact, id, type Told } from '../define.ts';

/** A service given under an order was changed. */
export const serviceChanged = defineFact('service.changed', 1, {
  by: 'anyone',
  data: z.strictObject({ order: id, reason: z.enum(['increased', 'decreased', 'moved', 'other']) }),
});

/** For the documents that are generated from the facts. */
export const serviceChangedTold: Told<typeof serviceChanged> = {
  summary: 'A service given under an order was changed.',
  examples: [
    {
      id: 'andrad-0417-1',
      source: '/frist/provider-page',
      subject: '2026-0417',
      time: '2027-03-01T09:00:00+01:00',
      data: { order: 'O-2026-0417-1', reason: 'increased' },
    },
  ],
};
