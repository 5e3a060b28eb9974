import * as z from 'zod/mini';

import { defineFact, id, text } from '../define.ts';

export const deviationReported = defineFact('deviation.reported', 1, {
  summary: 'A provider reported a deviation.',
  by: 'anyone',
  data: z.strictObject({ order: id, text }),
  examples: [
    {
      id: 'avvikelse-0417-1',
      source: '/frist/provider-page',
      subject: '2026-0417',
      time: '2027-01-20T18:40:00+01:00',
      data: { order: 'O-2026-0417-1', text: 'Kvällsbesöket blev 40 minuter sent.' },
    },
  ],
});
