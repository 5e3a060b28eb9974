import * as z from 'zod/mini';

import { defineFact, id } from '../define.ts';

export const placementOffered = defineFact('placement.offered', 1, {
  summary: 'A place was offered.',
  by: 'anyone',
  data: z.strictObject({ service: id, home: z.exactOptional(id) }),
  examples: [
    {
      id: 'erbjuden-0422-1',
      source: '/lifecare',
      subject: '2026-0422',
      time: '2026-12-29T09:00:00+01:00',
      data: { service: 'careHome', home: 'ekbacken' },
    },
  ],
});
