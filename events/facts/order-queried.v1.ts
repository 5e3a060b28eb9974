import * as z from 'zod/mini';

import { defineFact, id, text, type Told } from '../define.ts';

/** A provider asked about an order before confirming it. */
export const orderQueried = defineFact('order.queried', 1, {
  by: 'anyone',
  data: z.strictObject({ order: id, question: text }),
});

/** For the documents that are generated from the facts. */
export const orderQueriedTold: Told<typeof orderQueried> = {
  summary: 'A provider asked about an order before confirming it.',
  examples: [
    {
      id: 'fraga-0418-1',
      source: '/frist/provider-page',
      subject: '2026-0418',
      time: '2026-12-22T11:00:00+01:00',
      data: { order: 'O-2026-0418-1', question: 'Vilka veckodagar gäller beställningen?' },
    },
  ],
};
