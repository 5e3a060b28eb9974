import * as z from 'zod/mini';

import { defineFact, id, type Told } from '../define.ts';

/** A person entered the queue for a place. */
export const queueEntered = defineFact('queue.entered', 1, {
  by: 'anyone',
  data: z.strictObject({ service: id, home: z.exactOptional(id), officer: z.exactOptional(id) }),
});

/** For the documents that are generated from the facts. */
export const queueEnteredTold: Told<typeof queueEntered> = {
  summary: 'A person entered the queue for a place.',
  examples: [
    {
      id: 'ko-0423-1',
      source: '/treserva',
      subject: '2026-0423',
      time: '2026-10-05T10:00:00+02:00',
      data: { service: 'dayActivity', home: 'vaven' },
    },
  ],
};
