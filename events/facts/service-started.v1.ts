import * as z from 'zod/mini';

import { date, defineFact, id, instant, type Told } from '../define.ts';

/** A service was given for the first time under an order. */
export const serviceStarted = defineFact('service.started', 1, {
  by: 'anyone',
  data: z.strictObject({ order: id, date, at: z.exactOptional(instant) }),
});

/** For the documents that are generated from the facts. */
export const serviceStartedTold: Told<typeof serviceStarted> = {
  summary: 'A service was given for the first time under an order.',
  examples: [
    {
      id: 'start-0417-1',
      source: '/frist/provider-page',
      subject: '2026-0417',
      time: '2026-12-27T12:00:00+01:00',
      data: { order: 'O-2026-0417-1', date: '2026-12-27', at: '2026-12-27T08:30:00+01:00' },
    },
  ],
};
