import * as z from 'zod/mini';

import { date, defineFact, id, text, type Told } from '../define.ts';

/** An urgent placement was asked for. */
export const placementRequested = defineFact('placement.requested', 1, {
  by: 'anyone',
  data: z.strictObject({
    service: id,
    location: text,
    dischargeReadyOn: date,
    paymentLiabilityFrom: date,
    other: z.exactOptional(text),
    officer: z.exactOptional(id),
  }),
});

/** For the documents that are generated from the facts. */
export const placementRequestedTold: Told<typeof placementRequested> = {
  summary: 'An urgent placement was asked for.',
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
};
