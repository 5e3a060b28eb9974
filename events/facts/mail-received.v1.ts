import * as z from 'zod/mini';

import { defineFact, id, reference, type Told } from '../define.ts';

/**
 * A provider replied to a mail of Frist's. Nothing of what it says stands here, only how it was read: the message itself is
 * kept beside the journal, under the id `mail`.
 */
export const mailReceived = defineFact('mail.received', 1, {
  by: 'frist',
  data: z.strictObject({
    mail: reference,
    audience: id,
    about: id,
    reading: z.enum(['confirmed', 'unclear', 'automatic']),
    /** Why it was unclear. */
    why: z.exactOptional(
      z.enum(['words', 'empty', 'attachment', 'sender', 'harmful', 'unreadable', 'undelivered', 'over', 'incomplete']),
    ),
  }),
});

/** For the documents that are generated from the facts. */
export const mailReceivedTold: Told<typeof mailReceived> = {
  summary: "A provider's reply to a mail came in and was read as a confirmation, as an automatic reply, or as unclear.",
  examples: [
    {
      id: 'mail.received-0417-1',
      source: '/frist/receive-mail',
      subject: '2026-0417',
      time: '2026-12-23T16:20:04+01:00',
      data: {
        mail: 'o3vrnil0e2ic28trm7dfhrc2v0cnbeccl4nbp0g1',
        audience: 'provider',
        about: 'O-2026-0417-1',
        reading: 'confirmed',
      },
    },
    {
      id: 'mail.received-0417-2',
      source: '/frist/receive-mail',
      subject: '2026-0417',
      time: '2026-12-23T16:31:40+01:00',
      data: {
        mail: 'd6iitobk75ur44p8kdnnp7g2n800',
        audience: 'provider',
        about: 'O-2026-0417-1',
        reading: 'unclear',
        why: 'words',
      },
    },
  ],
};
