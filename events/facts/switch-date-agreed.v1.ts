import * as z from 'zod/mini';

import { date, defineFact, id, type Told } from '../define.ts';

/** The day on which the incoming provider takes over was agreed. */
export const switchDateAgreed = defineFact('switch.dateAgreed', 1, {
  by: 'anyone',
  data: z.strictObject({
    switch: id,
    date,
    by: z.enum(['incoming', 'leaving', 'officer']),
    documentationConsent: z.exactOptional(z.boolean()),
  }),
});

/** For the documents that are generated from the facts. */
export const switchDateAgreedTold: Told<typeof switchDateAgreed> = {
  summary: 'The day on which the incoming provider takes over was agreed.',
  examples: [
    {
      id: 'omval-0417-1-datum',
      source: '/frist/provider-page',
      subject: '2026-0417',
      time: '2027-09-01T10:00:00+02:00',
      data: { switch: 'X-2026-0417-1', date: '2027-09-10', by: 'leaving', documentationConsent: true },
    },
  ],
};
