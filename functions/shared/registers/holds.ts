import * as z from 'zod/mini';
import { subject } from '../../../events/define.ts';

/** A case that is not to be erased for now: what is to be kept for research, a dispute or an inspection. */
export const holdSchema = z.strictObject({
  /** The case number. */
  id: subject,
  /** `false` once it may be erased again. */
  held: z.boolean(),
  reason: z
    .string()
    .check(z.trim(), z.minLength(1), z.maxLength(200), z.regex(/^\P{Cc}*$/u, 'must not hold control characters')),
});

export type Hold = z.output<typeof holdSchema>;
