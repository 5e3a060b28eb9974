import * as z from 'zod/mini';

import { defineFact, id, reference } from '../define.ts';

export const mailSent = defineFact('mail.sent', 1, {
  summary: 'A mail was handed over for sending.',
  by: 'frist',
  data: z.strictObject({ mail: reference, audience: id, about: z.exactOptional(id) }),
  examples: [
    {
      id: 'mail-0417-1-sent',
      source: '/frist/send-mail',
      subject: '2026-0417',
      time: '2026-12-23T15:00:04+01:00',
      data: { mail: 'order.sent:O-2026-0417-1:provider', audience: 'provider', about: 'O-2026-0417-1' },
    },
  ],
});
