import * as z from 'zod/mini';

import { defineFact, id, reference, type Told } from '../define.ts';

/** A provider revised the implementation plan. */
export const planRevised = defineFact('plan.revised', 1, {
  by: 'anyone',
  data: z.strictObject({ order: id, document: z.exactOptional(reference) }),
});

/** For the documents that are generated from the facts. */
export const planRevisedTold: Told<typeof planRevised> = {
  summary: 'A provider revised the implementation plan.',
  examples: [
    {
      id: 'plan-0417-2',
      source: '/frist/provider-page',
      subject: '2026-0417',
      time: '2027-06-28T14:00:00+02:00',
      data: { order: 'O-2026-0417-1', document: 'plan-0417-2.pdf' },
    },
  ],
};
