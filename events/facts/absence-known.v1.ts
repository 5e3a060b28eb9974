import * as z from 'zod/mini';

import { date, defineFact, id } from '../define.ts';

export const absenceKnown = defineFact('absence.known', 1, {
  summary: 'A provider learned that the person will be away.',
  by: 'anyone',
  data: z.strictObject({ order: id, from: date }),
  examples: [
    {
      id: 'franvaro-0417-1',
      source: '/frist/provider-page',
      subject: '2026-0417',
      time: '2027-03-10T08:00:00+01:00',
      data: { order: 'O-2026-0417-1', from: '2027-03-15' },
    },
  ],
});
