import * as z from 'zod/mini';

import { date, defineFact, id } from '../define.ts';

export const serviceResumed = defineFact('service.resumed', 1, {
  summary: 'A paused service was taken up again.',
  by: 'anyone',
  data: z.strictObject({ order: id, on: date }),
  examples: [
    {
      id: 'ater-0417-1',
      source: '/frist/provider-page',
      subject: '2026-0417',
      time: '2027-03-29T10:00:00+02:00',
      data: { order: 'O-2026-0417-1', on: '2027-03-29' },
    },
  ],
});
