import * as z from 'zod/mini';

import { defineFact, reference, type Told } from '../define.ts';

/** A task on the watch list was ticked off. */
export const taskDone = defineFact('task.done', 1, {
  by: 'anyone',
  data: z.strictObject({ task: reference }),
});

/** For the documents that are generated from the facts. */
export const taskDoneTold: Told<typeof taskDone> = {
  summary: 'A task on the watch list was ticked off.',
  examples: [
    {
      id: 'uppgift-0417-1',
      source: '/frist/watch',
      subject: '2026-0417',
      time: '2026-12-28T08:15:00+01:00',
      data: { task: 'registerStart:O-2026-0417-1' },
    },
  ],
};
