import * as z from 'zod/mini';

import { defineFact, id, reference, type Told } from '../define.ts';

/** A provider handed in the implementation plan (genomförandeplan). */
export const planSubmitted = defineFact('plan.submitted', 1, {
  by: 'anyone',
  data: z.strictObject({ order: id, document: z.exactOptional(reference) }),
});

/** For the documents that are generated from the facts. */
export const planSubmittedTold: Told<typeof planSubmitted> = {
  summary: 'A provider handed in the implementation plan (genomförandeplan).',
  examples: [
    {
      id: 'plan-0417-1',
      source: '/frist/provider-page',
      subject: '2026-0417',
      time: '2027-01-02T14:00:00+01:00',
      data: { order: 'O-2026-0417-1', document: 'plan-0417-1.pdf' },
    },
  ],
};
