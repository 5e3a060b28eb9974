import * as z from 'zod/mini';

import { defineFact, id, text, type Told } from '../define.ts';

/** A provider could not carry out what was ordered. */
export const serviceNotExecuted = defineFact('service.notExecuted', 1, {
  by: 'anyone',
  data: z.strictObject({ order: id, reason: text }),
});

/** For the documents that are generated from the facts. */
export const serviceNotExecutedTold: Told<typeof serviceNotExecuted> = {
  summary: 'A provider could not carry out what was ordered.',
  examples: [
    {
      id: 'ejutford-0417-1',
      source: '/frist/provider-page',
      subject: '2026-0417',
      time: '2026-12-29T10:00:00+01:00',
      data: { order: 'O-2026-0417-1', reason: 'Ingen öppnade vid besöket.' },
    },
  ],
};
