import * as z from 'zod/mini';

import { date, defineFact, id, type Told } from '../define.ts';

/** A decision on support was made under the Social Services Act (SoL) or LSS. */
export const decisionMade = defineFact('decision.made', 1, {
  by: 'anyone',
  data: z.strictObject({
    decision: id,
    service: id,
    legalBasis: z.enum(['SoL', 'LSS']),
    on: date,
    officer: z.exactOptional(id),
  }),
});

/** For the documents that are generated from the facts. */
export const decisionMadeTold: Told<typeof decisionMade> = {
  summary: 'A decision on support was made under the Social Services Act (SoL) or LSS.',
  examples: [
    {
      id: 'beslut-0417-1',
      source: '/treserva',
      subject: '2026-0417',
      time: '2026-12-22T13:05:00+01:00',
      data: { decision: 'B-2026-0417-1', service: 'personalCare', legalBasis: 'SoL', on: '2026-12-22' },
    },
  ],
};
