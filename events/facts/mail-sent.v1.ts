import * as z from 'zod/mini';

import { defineFact, id, reference, type Told } from '../define.ts';

/** A mail was handed over for sending. */
export const mailSent = defineFact('mail.sent', 1, {
  by: 'frist',
  data: z.strictObject({ mail: reference, audience: id, about: z.exactOptional(id) }),
});

/** For the documents that are generated from the facts. */
export const mailSentTold: Told<typeof mailSent> = {
  summary: 'A mail was handed over for sending.',
  examples: [
    {
      id: 'mail-0417-1-sent',
      source: '/frist/send-mail',
      subject: '2026-0417',
      time: '2026-12-23T15:00:04+01:00',
      data: { mail: 'order.sent:O-2026-0417-1:provider', audience: 'provider', about: 'O-2026-0417-1' },
    },
  ],
};
