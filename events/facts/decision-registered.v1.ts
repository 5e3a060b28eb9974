import * as z from 'zod/mini';

import { defineFact, id, type Told } from '../define.ts';

/** A decision was registered in the operational system. */
export const decisionRegistered = defineFact('decision.registered', 1, {
  by: 'anyone',
  data: z.strictObject({ decision: id }),
});

/** For the documents that are generated from the facts. */
export const decisionRegisteredTold: Told<typeof decisionRegistered> = {
  summary: 'A decision was registered in the operational system.',
  examples: [
    {
      id: 'beslut-0417-1-reg',
      source: '/treserva',
      subject: '2026-0417',
      time: '2026-12-22T13:20:00+01:00',
      data: { decision: 'B-2026-0417-1' },
    },
  ],
};
