import * as z from 'zod/mini';

import { defineFact, id, text, type Told } from '../define.ts';

/** A provider asked for a larger change of what was ordered. */
export const changeRequested = defineFact('change.requested', 1, {
  by: 'anyone',
  data: z.strictObject({ order: id, text }),
});

/** For the documents that are generated from the facts. */
export const changeRequestedTold: Told<typeof changeRequested> = {
  summary: 'A provider asked for a larger change of what was ordered.',
  examples: [
    {
      id: 'andring-0417-1',
      source: '/frist/provider-page',
      subject: '2026-0417',
      time: '2027-02-15T09:00:00+01:00',
      data: { order: 'O-2026-0417-1', text: 'Behovet på kvällen har ökat.' },
    },
  ],
};
