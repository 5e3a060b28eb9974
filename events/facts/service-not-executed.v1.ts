import * as z from 'zod/mini';

import { defineFact, id, text } from '../define.ts';

export const serviceNotExecuted = defineFact('service.notExecuted', 1, {
  summary: 'A provider could not carry out what was ordered.',
  by: 'anyone',
  data: z.strictObject({ order: id, reason: text }),
  examples: [
    {
      id: 'ejutford-0417-1',
      source: '/frist/provider-page',
      subject: '2026-0417',
      time: '2026-12-29T10:00:00+01:00',
      data: { order: 'O-2026-0417-1', reason: 'Ingen öppnade vid besöket.' },
    },
  ],
});
