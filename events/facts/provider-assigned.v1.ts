import * as z from 'zod/mini';

import { defineFact, id, type Told } from '../define.ts';

/** The next provider on a rotation list was given the person who made no choice. */
export const providerAssigned = defineFact('provider.assigned', 1, {
  by: 'frist',
  data: z.strictObject({ service: id, provider: id, list: id }),
});

/** For the documents that are generated from the facts. */
export const providerAssignedTold: Told<typeof providerAssigned> = {
  summary: 'The next provider on a rotation list was given the person who made no choice.',
  examples: [
    {
      id: 'assigned-0418-companion',
      source: '/frist/record-fact',
      subject: '2026-0418',
      time: '2026-12-21T10:15:00+01:00',
      data: { service: 'companion', provider: 'ledsagarna', list: 'companion' },
    },
  ],
};
