import * as z from 'zod/mini';

import { defineFact, id, type Told } from '../define.ts';

/** A provider contacted the person whom an order is for. */
export const clientContacted = defineFact('client.contacted', 1, {
  by: 'anyone',
  data: z.strictObject({ order: id }),
});

/** For the documents that are generated from the facts. */
export const clientContactedTold: Told<typeof clientContacted> = {
  summary: 'A provider contacted the person whom an order is for.',
  examples: [
    {
      id: 'klientkontakt-0417-1',
      source: '/frist/provider-page',
      subject: '2026-0417',
      time: '2026-12-24T09:00:00+01:00',
      data: { order: 'O-2026-0417-1' },
    },
  ],
};
