import * as z from 'zod/mini';

import { date, defineFact, id, type Told } from '../define.ts';

/** A provider confirmed that it received an order. */
export const orderConfirmed = defineFact('order.confirmed', 1, {
  by: 'anyone',
  data: z.strictObject({
    order: id,
    channel: z.enum(['link', 'mail', 'webhook', 'api', 'officer']),
    onBehalfOf: z.exactOptional(id),
    plannedStart: z.exactOptional(date),
  }),
});

/** For the documents that are generated from the facts. */
export const orderConfirmedTold: Told<typeof orderConfirmed> = {
  summary: 'A provider confirmed that it received an order.',
  examples: [
    {
      id: 'bekraftad-0417-1',
      source: '/frist/provider-page',
      subject: '2026-0417',
      time: '2026-12-23T16:20:00+01:00',
      data: { order: 'O-2026-0417-1', channel: 'link', plannedStart: '2026-12-25' },
    },
    {
      id: 'bekraftad-0420-1',
      source: '/treserva',
      subject: '2026-0420',
      time: '2026-12-23T13:00:00+01:00',
      data: { order: 'O-2026-0420-1', channel: 'officer', onBehalfOf: 'hemvarden' },
    },
  ],
};
