import * as z from 'zod/mini';

import { date, defineFact, id, type Told } from '../define.ts';

/** The incoming provider took over. */
export const switchCompleted = defineFact('switch.completed', 1, {
  by: 'anyone',
  data: z.strictObject({ switch: id, on: date }),
});

/** For the documents that are generated from the facts. */
export const switchCompletedTold: Told<typeof switchCompleted> = {
  summary: 'The incoming provider took over.',
  examples: [
    {
      id: 'omval-0417-1-klart',
      source: '/treserva',
      subject: '2026-0417',
      time: '2027-09-10T15:00:00+02:00',
      data: { switch: 'X-2026-0417-1', on: '2027-09-10' },
    },
  ],
};
