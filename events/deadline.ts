import * as z from 'zod/mini';

import { count, exactlyOneOf, id, instant } from './define.ts';

/** The data of what happens to a deadline: which one it is, who was told, and which place in a ladder it was. */
export const aboutDeadline = exactlyOneOf(
  ['order', 'switch', 'decision'],
  z.strictObject({
    order: z.exactOptional(id),
    switch: z.exactOptional(id),
    decision: z.exactOptional(id),
    rule: id,
    due: instant,
    audience: z.exactOptional(id),
    step: z.exactOptional(count),
  }),
);
