import * as z from 'zod/mini';

import { date, defineFact, id, inOrder, text, type Told } from '../define.ts';

/** A service is paused for a time. */
export const servicePaused = defineFact('service.paused', 1, {
  by: 'anyone',
  data: inOrder(z.strictObject({ order: id, from: date, to: z.exactOptional(date), reason: text })),
});

/** For the documents that are generated from the facts. */
export const servicePausedTold: Told<typeof servicePaused> = {
  summary: 'A service is paused for a time.',
  examples: [
    {
      id: 'uppehall-0417-1',
      source: '/frist/provider-page',
      subject: '2026-0417',
      time: '2027-03-16T08:00:00+01:00',
      data: { order: 'O-2026-0417-1', from: '2027-03-15', to: '2027-03-28', reason: 'Korttidsvistelse.' },
    },
  ],
};
