import * as z from 'zod/mini';

import { defineFact, id } from '../define.ts';

export const placementAccepted = defineFact('placement.accepted', 1, {
  summary: 'An offered place was accepted.',
  by: 'anyone',
  data: z.strictObject({ service: id, home: z.exactOptional(id) }),
  examples: [
    {
      id: 'accepterad-0422-1',
      source: '/lifecare',
      subject: '2026-0422',
      time: '2026-12-29T14:00:00+01:00',
      data: { service: 'careHome', home: 'ekbacken' },
    },
  ],
});
