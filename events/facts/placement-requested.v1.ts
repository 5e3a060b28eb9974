import * as z from 'zod/mini';

import { date, defineFact, id, text } from '../define.ts';

export const placementRequested = defineFact('placement.requested', 1, {
  summary: 'An urgent placement was asked for.',
  by: 'anyone',
  data: z.strictObject({
    service: id,
    location: text,
    dischargeReadyOn: date,
    paymentLiabilityFrom: date,
    other: z.exactOptional(text),
  }),
  examples: [
    {
      id: 'placering-0422-1',
      source: '/treserva',
      subject: '2026-0422',
      time: '2026-12-28T11:00:00+01:00',
      data: {
        service: 'careHome',
        location: 'Länssjukhuset, avdelning 3',
        dischargeReadyOn: '2026-12-29',
        paymentLiabilityFrom: '2027-01-01',
        other: 'Behöver plats på markplan.',
      },
    },
  ],
});
