import * as z from 'zod/mini';

import { defineFact, id, reference, text, type Told } from '../define.ts';

/** The receiver's mail server does not take a mail yet; it is tried again. */
export const mailDelayed = defineFact('mail.delayed', 1, {
  by: 'frist',
  data: z.strictObject({ mail: reference, audience: id, about: z.exactOptional(id), reason: z.exactOptional(text) }),
});

/** For the documents that are generated from the facts. */
export const mailDelayedTold: Told<typeof mailDelayed> = {
  summary: "The receiver's mail server does not take a mail yet; it is tried again.",
  examples: [
    {
      id: 'mail-0420-2-delayed',
      source: '/frist/ses',
      subject: '2026-0420',
      time: '2026-12-23T12:20:00+01:00',
      data: {
        mail: 'order.sent:O-2026-0420-1:provider',
        audience: 'provider',
        about: 'O-2026-0420-1',
        reason: 'MailboxFull',
      },
    },
  ],
};
