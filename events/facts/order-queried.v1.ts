import * as z from 'zod/mini';

import { defineFact, id, text } from '../define.ts';

export const orderQueried = defineFact('order.queried', 1, {
  summary: 'A provider asked about an order before confirming it.',
  by: 'anyone',
  data: z.strictObject({ order: id, question: text }),
  examples: [
    {
      id: 'fraga-0418-1',
      source: '/frist/provider-page',
      subject: '2026-0418',
      time: '2026-12-22T11:00:00+01:00',
      data: { order: 'O-2026-0418-1', question: 'Vilka veckodagar gäller beställningen?' },
    },
  ],
});
