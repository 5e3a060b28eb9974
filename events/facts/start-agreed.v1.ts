import * as z from 'zod/mini';

import { date, defineFact, id, text, type Told } from '../define.ts';

/** Another start date was agreed with the person, or given by the case officer. */
export const startAgreed = defineFact('start.agreed', 1, {
  by: 'anyone',
  data: z.strictObject({ order: id, date, agreedWith: z.enum(['client', 'officer']), reason: z.exactOptional(text) }),
});

/** For the documents that are generated from the facts. */
export const startAgreedTold: Told<typeof startAgreed> = {
  summary: 'Another start date was agreed with the person, or given by the case officer.',
  examples: [
    {
      id: 'startdatum-0417-1',
      source: '/frist/provider-page',
      subject: '2026-0417',
      time: '2026-12-24T09:05:00+01:00',
      data: {
        order: 'O-2026-0417-1',
        date: '2026-12-27',
        agreedWith: 'client',
        reason: 'Anhöriga är hemma över julen.',
      },
    },
  ],
};
