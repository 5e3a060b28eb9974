import * as z from 'zod/mini';

import { date, defineFact, id, type Told } from '../define.ts';

/** A person asked to change provider; no reason is asked for. */
export const switchRequested = defineFact('switch.requested', 1, {
  by: 'anyone',
  data: z.strictObject({
    switch: id,
    service: id,
    from: id,
    toProvider: id,
    wishedDate: z.exactOptional(date),
    noContactWithLeaving: z.exactOptional(z.boolean()),
  }),
});

/** For the documents that are generated from the facts. */
export const switchRequestedTold: Told<typeof switchRequested> = {
  summary: 'A person asked to change provider; no reason is asked for.',
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
};
