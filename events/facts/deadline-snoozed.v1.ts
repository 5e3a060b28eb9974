import * as z from 'zod/mini';

import { dateOrInstant, defineFact, exactlyOneOf, id, text, type Told } from '../define.ts';

/** A case officer laid a time limit aside until a later day: it stands as it was, and its officer is not reminded of it. */
export const deadlineSnoozed = defineFact('deadline.snoozed', 1, {
  by: 'anyone',
  data: exactlyOneOf(
    ['order', 'switch', 'decision'],
    z.strictObject({
      order: z.exactOptional(id),
      switch: z.exactOptional(id),
      decision: z.exactOptional(id),
      rule: id,
      until: dateOrInstant,
      reason: text,
    }),
  ),
});

/** For the documents that are generated from the facts. */
export const deadlineSnoozedTold: Told<typeof deadlineSnoozed> = {
  summary:
    'A case officer laid a time limit aside until a later day: it stands as it was, and its officer is not reminded of it.',
  examples: [
    {
      id: 'vila-0417-1',
      source: '/frist/watch-page',
      subject: '2026-0417',
      time: '2026-12-23T16:00:00+01:00',
      data: {
        order: 'O-2026-0417-1',
        rule: 'start',
        until: '2026-12-25',
        reason: 'Utföraren ringer på juldagen.',
      },
    },
  ],
};
