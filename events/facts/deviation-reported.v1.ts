import * as z from 'zod/mini';

import { defineFact, id, text, type Told } from '../define.ts';

/** A provider reported a deviation. */
export const deviationReported = defineFact('deviation.reported', 1, {
  by: 'anyone',
  data: z.strictObject({ order: id, text }),
});

/** For the documents that are generated from the facts. */
export const deviationReportedTold: Told<typeof deviationReported> = {
  summary: 'A provider reported a deviation.',
  examples: [
    {
      id: 'avvikelse-0417-1',
      source: '/frist/provider-page',
      subject: '2026-0417',
      time: '2027-01-20T18:40:00+01:00',
      data: { order: 'O-2026-0417-1', text: 'Kvällsbesöket blev 40 minuter sent.' },
    },
  ],
};
