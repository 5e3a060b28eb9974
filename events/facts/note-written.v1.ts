import * as z from 'zod/mini';

import { defineFact, id, text, type Told } from '../define.ts';

/** A case officer wrote a note in the case. */
export const noteWritten = defineFact('note.written', 1, {
  by: 'anyone',
  data: z.strictObject({ text, order: z.exactOptional(id) }),
});

/** For the documents that are generated from the facts. */
export const noteWrittenTold: Told<typeof noteWritten> = {
  summary: 'A case officer wrote a note in the case.',
  examples: [
    {
      id: 'anteckning-0417-1',
      source: '/frist/watch-page',
      subject: '2026-0417',
      time: '2026-12-23T16:05:00+01:00',
      data: { text: 'Ringde utföraren, som återkommer i morgon.', order: 'O-2026-0417-1' },
    },
  ],
};
