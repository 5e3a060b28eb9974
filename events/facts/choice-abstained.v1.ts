import * as z from 'zod/mini';

import { defineFact, id } from '../define.ts';

export const choiceAbstained = defineFact('choice.abstained', 1, {
  summary: 'A person left the choice of provider to the municipality.',
  by: 'anyone',
  data: z.strictObject({ service: id, area: z.exactOptional(id) }),
  examples: [
    {
      id: 'val-0418-1',
      source: '/treserva',
      subject: '2026-0418',
      time: '2026-12-21T10:15:00+01:00',
      data: { service: 'companion', area: 'norra' },
    },
  ],
});
