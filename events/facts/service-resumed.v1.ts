import * as z from 'zod/mini';

import { date, defineFact, id, type Told } from '../define.ts';

/** A paused service was taken up again. */
export const serviceResumed = defineFact('service.resumed', 1, {
  by: 'anyone',
  data: z.strictObject({ order: id, on: date }),
});

/** For the documents that are generated from the facts. */
export const serviceResumedTold: Told<typeof serviceResumed> = {
  summary: 'A paused service was taken up again.',
  examples: [
    {
      id: 'ater-0417-1',
      source: '/frist/provider-page',
      subject: '2026-0417',
      time: '2027-03-29T10:00:00+02:00',
      data: { order: 'O-2026-0417-1', on: '2027-03-29' },
    },
  ],
};
