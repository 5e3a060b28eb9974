import * as z from 'zod/mini';

/** A case that is not to be erased for now: what is to be kept for research, a dispute or an inspection. */
export const holdSchema = z.strictObject({
  /** The case number. */
  id: z.string().check(z.regex(/^[\p{L}\p{N}][\p{L}\p{N} ./:_-]{0,63}$/u, 'must be a case number')),
  /** `false` once it may be erased again. */
  held: z.boolean(),
  reason: z
    .string()
    .check(z.trim(), z.minLength(1), z.maxLength(200), z.regex(/^\P{Cc}*$/u, 'must not hold control characters')),
});

export type Hold = z.output<typeof holdSchema>;
