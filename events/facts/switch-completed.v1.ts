import * as z from 'zod/mini';

import { date, defineFact, id } from '../define.ts';

export const switchCompleted = defineFact('switch.completed', 1, {
  summary: 'The incoming provider took over.',
  by: 'anyone',
  data: z.strictObject({ switch: id, on: date }),
  examples: [
    {
      id: 'omval-0417-1-klart',
      source: '/treserva',
      subject: '2026-0417',
      time: '2027-09-10T15:00:00+02:00',
      data: { switch: 'X-2026-0417-1', on: '2027-09-10' },
    },
  ],
});
