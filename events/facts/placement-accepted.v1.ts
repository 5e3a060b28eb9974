import * as z from 'zod/mini';

import { defineFact, id, type Told } from '../define.ts';

/** An offered place was accepted. */
export const placementAccepted = defineFact('placement.accepted', 1, {
  by: 'anyone',
  data: z.strictObject({ service: id, home: z.exactOptional(id), officer: z.exactOptional(id) }),
});

/** For the documents that are generated from the facts. */
export const placementAcceptedTold: Told<typeof placementAccepted> = {
  summary: 'An offered place was accepted.',
  examples: [
    {
      id: 'accepterad-0422-1',
      source: '/lifecare',
      subject: '2026-0422',
      time: '2026-12-29T14:00:00+01:00',
      data: { service: 'careHome', home: 'ekbacken' },
    },
  ],
};
