import * as z from 'zod/mini';

import { defineFact, id, type Told } from '../define.ts';

/** A place was offered. */
export const placementOffered = defineFact('placement.offered', 1, {
  by: 'anyone',
  data: z.strictObject({ service: id, home: z.exactOptional(id), officer: z.exactOptional(id) }),
});

/** For the documents that are generated from the facts. */
export const placementOfferedTold: Told<typeof placementOffered> = {
  summary: 'A place was offered.',
  examples: [
    {
      id: 'erbjuden-0422-1',
      source: '/lifecare',
      subject: '2026-0422',
      time: '2026-12-29T09:00:00+01:00',
      data: { service: 'careHome', home: 'ekbacken' },
    },
  ],
};
