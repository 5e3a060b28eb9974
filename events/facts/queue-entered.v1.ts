import * as z from 'zod/mini';

import { defineFact, id } from '../define.ts';

export const queueEntered = defineFact('queue.entered', 1, {
  summary: 'A person entered the queue for a place.',
  by: 'anyone',
  data: z.strictObject({ service: id, home: z.exactOptional(id) }),
  examples: [
    {
      id: 'ko-0423-1',
      source: '/treserva',
      subject: '2026-0423',
      time: '2026-10-05T10:00:00+02:00',
      data: { service: 'dayActivity', home: 'vaven' },
    },
  ],
});
