import * as z from 'zod/mini';

import { dateOrInstant, defineFact, id, text } from '../define.ts';

export const deadlinePostponed = defineFact('deadline.postponed', 1, {
  summary: 'A time limit of an order was put off at the wish of the person or by the case officer.',
  by: 'anyone',
  data: z.strictObject({ order: id, rule: id, until: dateOrInstant, by: z.enum(['client', 'officer']), reason: text }),
  examples: [
    {
      id: 'uppskov-0417-1',
      source: '/treserva',
      subject: '2026-0417',
      time: '2026-12-24T09:30:00+01:00',
      data: {
        order: 'O-2026-0417-1',
        rule: 'ivoExecution',
        until: '2027-04-30',
        by: 'client',
        reason: 'Vill vänta till efter semestern.',
      },
    },
  ],
});
