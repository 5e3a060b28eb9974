import * as z from 'zod/mini';

import { date, defineFact, id } from '../define.ts';

export const startRegistered = defineFact('start.registered', 1, {
  summary: 'A case officer registered the start date in the operational system.',
  by: 'anyone',
  data: z.strictObject({ order: id, date }),
  examples: [
    {
      id: 'startreg-0417-1',
      source: '/treserva',
      subject: '2026-0417',
      time: '2026-12-28T08:10:00+01:00',
      data: { order: 'O-2026-0417-1', date: '2026-12-27' },
    },
  ],
});
