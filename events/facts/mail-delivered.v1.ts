import * as z from 'zod/mini';

import { defineFact, id, reference, type Told } from '../define.ts';

/** A mail reached the receiver's mail server. */
export const mailDelivered = defineFact('mail.delivered', 1, {
  by: 'frist',
  data: z.strictObject({ mail: reference, audience: id, about: z.exactOptional(id) }),
});

/** For the documents that are generated from the facts. */
export const mailDeliveredTold: Told<typeof mailDelivered> = {
  summary: "A mail reached the receiver's mail server.",
  examples: [
    {
      id: 'mail-0417-1-delivered',
      source: '/frist/ses',
      subject: '2026-0417',
      time: '2026-12-23T15:00:06+01:00',
      data: { mail: 'order.sent:O-2026-0417-1:provider', audience: 'provider', about: 'O-2026-0417-1' },
    },
  ],
};
