import * as z from 'zod/mini';

import { defineFact, id } from '../define.ts';

export const serviceChanged = defineFact('service.changed', 1, {
  summary: 'A service given under an order was changed.',
  by: 'anyone',
  data: z.strictObject({ order: id, reason: z.enum(['increased', 'decreased', 'moved', 'other']) }),
  examples: [
    {
      id: 'andrad-0417-1',
      source: '/frist/provider-page',
      subject: '2026-0417',
      time: '2027-03-01T09:00:00+01:00',
      data: { order: 'O-2026-0417-1', reason: 'increased' },
    },
  ],
});
