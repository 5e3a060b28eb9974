import * as z from 'zod/mini';

import { date, defineFact, id } from '../define.ts';

export const switchRequested = defineFact('switch.requested', 1, {
  summary: 'A person asked to change provider; no reason is asked for.',
  by: 'anyone',
  data: z.strictObject({
    switch: id,
    service: id,
    from: id,
    toProvider: id,
    wishedDate: z.exactOptional(date),
    noContactWithLeaving: z.exactOptional(z.boolean()),
  }),
  examples: [
    {
      id: 'omval-0417-1',
      source: '/treserva',
      subject: '2026-0417',
      time: '2027-08-30T10:00:00+02:00',
      data: {
        switch: 'X-2026-0417-1',
        service: 'personalCare',
        from: 'O-2026-0417-1',
        toProvider: 'hemvarden',
        wishedDate: '2027-09-10',
      },
    },
  ],
});
