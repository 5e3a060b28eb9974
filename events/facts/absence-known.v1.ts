import * as z from 'zod/mini';

import { date, defineFact, id, type Told } from '../define.ts';

/** A provider learned that the person will be away. */
export const absenceKnown = defineFact('absence.known', 1, {
  by: 'anyone',
  data: z.strictObject({ order: id, from: date }),
});

/** For the documents that are generated from the facts. */
export const absenceKnownTold: Told<typeof absenceKnown> = {
  summary: 'A provider learned that the person will be away.',
  examples: [
    {
      id: 'franvaro-0417-1',
      source: '/frist/provider-page',
      subject: '2026-0417',
      time: '2027-03-10T08:00:00+01:00',
      data: { order: 'O-2026-0417-1', from: '2027-03-15' },
    },
  ],
};
