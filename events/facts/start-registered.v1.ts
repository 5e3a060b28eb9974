import * as z from 'zod/mini';

import { date, defineFact, id, type Told } from '../define.ts';

/** A case officer registered the start date in the operational system. */
export const startRegistered = defineFact('start.registered', 1, {
  by: 'anyone',
  data: z.strictObject({ order: id, date }),
});

/** For the documents that are generated from the facts. */
export const startRegisteredTold: Told<typeof startRegistered> = {
  summary: 'A case officer registered the start date in the operational system.',
  examples: [
    {
      id: 'startreg-0417-1',
      source: '/treserva',
      subject: '2026-0417',
      time: '2026-12-28T08:10:00+01:00',
      data: { order: 'O-2026-0417-1', date: '2026-12-27' },
    },
  ],
};
