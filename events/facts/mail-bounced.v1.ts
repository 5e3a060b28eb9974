import * as z from 'zod/mini';

import { defineFact, id, reference, text, type Told } from '../define.ts';

/** A mail could not be delivered. */
export const mailBounced = defineFact('mail.bounced', 1, {
  by: 'frist',
  data: z.strictObject({ mail: reference, audience: id, about: z.exactOptional(id), reason: z.exactOptional(text) }),
});

/** For the documents that are generated from the facts. */
export const mailBouncedTold: Told<typeof mailBounced> = {
  summary: 'A mail could not be delivered.',
  examples: [
    {
      id: 'mail-0420-1-bounced',
      source: '/frist/ses',
      subject: '2026-0420',
      time: '2026-12-23T12:10:09+01:00',
      data: {
        mail: 'order.sent:O-2026-0420-1:provider',
        audience: 'provider',
        about: 'O-2026-0420-1',
        reason: 'Permanent: mailbox does not exist',
      },
    },
  ],
};
