import * as z from 'zod/mini';

import { defineFact, id, type Told } from '../define.ts';

/** A value certificate (värdeintyg) was issued for a service. */
export const certificateIssued = defineFact('certificate.issued', 1, {
  by: 'anyone',
  data: z.strictObject({ service: id, provider: z.exactOptional(id) }),
});

/** For the documents that are generated from the facts. */
export const certificateIssuedTold: Told<typeof certificateIssued> = {
  summary: 'A value certificate (värdeintyg) was issued for a service.',
  examples: [
    {
      id: 'vardeintyg-0421-1',
      source: '/treserva',
      subject: '2026-0421',
      time: '2026-11-03T10:00:00+01:00',
      data: { service: 'cleaning', provider: 'stadhjalpen' },
    },
  ],
};
