import * as z from 'zod/mini';

import { defineFact, id, reference, text } from '../define.ts';

export const mailBounced = defineFact('mail.bounced', 1, {
  summary: 'A mail could not be delivered.',
  by: 'frist',
  data: z.strictObject({ mail: reference, audience: id, about: z.exactOptional(id), reason: z.exactOptional(text) }),
  examples: [
    {
      id: 'mail-0420-1-bounced',
      source: '/frist/receive-mail-event',
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
});
