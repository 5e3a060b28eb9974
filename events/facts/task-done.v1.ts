import * as z from 'zod/mini';

import { defineFact, reference } from '../define.ts';

export const taskDone = defineFact('task.done', 1, {
  summary: 'A task on the watch list was ticked off.',
  by: 'anyone',
  data: z.strictObject({ task: reference }),
  examples: [
    {
      id: 'uppgift-0417-1',
      source: '/frist/watch',
      subject: '2026-0417',
      time: '2026-12-28T08:15:00+01:00',
      data: { task: 'registerStart:O-2026-0417-1' },
    },
  ],
});
