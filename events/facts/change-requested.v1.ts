import * as z from 'zod/mini';

import { defineFact, id, text } from '../define.ts';

export const changeRequested = defineFact('change.requested', 1, {
  summary: 'A provider asked for a larger change of what was ordered.',
  by: 'anyone',
  data: z.strictObject({ order: id, text }),
  examples: [
    {
      id: 'andring-0417-1',
      source: '/frist/provider-page',
      subject: '2026-0417',
      time: '2027-02-15T09:00:00+01:00',
      data: { order: 'O-2026-0417-1', text: 'Behovet på kvällen har ökat.' },
    },
  ],
});
