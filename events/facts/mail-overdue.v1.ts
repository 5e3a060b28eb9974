import * as z from 'zod/mini';

import { defineFact, id, reference, type Told } from '../define.ts';

/** A mail had not reached the receiver's mail server within the time that the routine sets. */
export const mailOverdue = defineFact('mail.overdue', 1, {
  by: 'frist',
  data: z.strictObject({ mail: reference, audience: id, about: z.exactOptional(id) }),
});

/** For the documents that are generated from the facts. */
export const mailOverdueTold: Told<typeof mailOverdue> = {
  summary: 'A mail had not arrived within the time that the routine sets.',
  examples: [
    {
      id: 'mail-0420-2-overdue',
      source: '/frist/record-fact',
      subject: '2026-0420',
      time: '2026-12-23T16:10:00+01:00',
      data: { mail: 'order.sent:O-2026-0420-1:provider', audience: 'provider', about: 'O-2026-0420-1' },
    },
  ],
};
