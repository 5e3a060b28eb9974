import * as z from 'zod/mini';

import { date, defineFact, id, type Told } from '../define.ts';

/** A service ended for good. */
export const serviceEnded = defineFact('service.ended', 1, {
  by: 'anyone',
  data: z.strictObject({ order: id, on: date, reason: z.enum(['ended', 'moved', 'deceased', 'switched']) }),
});

/** For the documents that are generated from the facts. */
export const serviceEndedTold: Told<typeof serviceEnded> = {
  summary: 'A service ended for good.',
  examples: [
    {
      id: 'avslut-0417-1',
      source: '/treserva',
      subject: '2026-0417',
      time: '2027-09-10T08:00:00+02:00',
      data: { order: 'O-2026-0417-1', on: '2027-09-09', reason: 'switched' },
    },
  ],
};
