import * as z from 'zod/mini';

import { dateOrInstant, defineFact, id, text, type Told } from '../define.ts';

/** A time limit of an order was put off at the wish of the person or by the case officer. */
export const deadlinePostponed = defineFact('deadline.postponed', 1, {
  by: 'anyone',
  data: z.strictObject({ order: id, rule: id, until: dateOrInstant, by: z.enum(['client', 'officer']), reason: text }),
});

/** For the documents that are generated from the facts. */
export const deadlinePostponedTold: Told<typeof deadlinePostponed> = {
  summary: 'A time limit of an order was put off at the wish of the person or by the case officer.',
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
};
