import * as z from 'zod/mini';

import { defineFact, id } from '../define.ts';

export const decisionRegistered = defineFact('decision.registered', 1, {
  summary: 'A decision was registered in the operational system.',
  by: 'anyone',
  data: z.strictObject({ decision: id }),
  examples: [
    {
      id: 'beslut-0417-1-reg',
      source: '/treserva',
      subject: '2026-0417',
      time: '2026-12-22T13:20:00+01:00',
      data: { decision: 'B-2026-0417-1' },
    },
  ],
});
