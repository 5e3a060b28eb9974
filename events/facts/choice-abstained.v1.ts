import * as z from 'zod/mini';

import { defineFact, id, type Told } from '../define.ts';

/** A person left the choice of provider to the municipality. */
export const choiceAbstained = defineFact('choice.abstained', 1, {
  by: 'anyone',
  data: z.strictObject({ service: id, area: z.exactOptional(id) }),
});

/** For the documents that are generated from the facts. */
export const choiceAbstainedTold: Told<typeof choiceAbstained> = {
  summary: 'A person left the choice of provider to the municipality.',
  examples: [
    {
      id: 'val-0418-1',
      source: '/treserva',
      subject: '2026-0418',
      time: '2026-12-21T10:15:00+01:00',
      data: { service: 'companion', area: 'norra' },
    },
  ],
};
