import * as z from 'zod/mini';
import { errorsOf, messageOf, type FactError } from '../../../events/errors.ts';
import { jsonOf, Problem, type Request } from '../http.ts';
import { personalNumbersIn } from '../secrecy.ts';

/**
 * The entry of a register in a request's body, under the id that its address names; `id` may be left out of the body.
 *
 * @throws {Problem} 422 with a pointer for each error
 */
export const entryIn = <S extends z.ZodMiniType<{ readonly id: string }>>(
  request: Request,
  schema: S,
  id: string,
): z.output<S> => {
  const body = jsonOf(request, ['application/json']);
  const given = typeof body === 'object' && !Array.isArray(body) ? { id, ...body } : body;
  const entry = checked(schema, given);
  if (entry.id !== id) throw refused([{ path: '/id', message: `must be ${id}, as in the address` }]);
  // A provider's name stands in mails; a sole trader's organisation number is its owner's personal identity number.
  const numbers = personalNumbersIn(entry);
  if (numbers.length > 0) throw refused(numbers);
  return entry;
};

/** What the schema makes of a body. @throws {Problem} 422 with a pointer for each error */
export const checked = <S extends z.ZodMiniType>(schema: S, body: unknown): z.output<S> => {
  const parsed = z.safeParse(schema, body, { error: messageOf });
  if (!parsed.success) throw refused(errorsOf(parsed.error.issues));
  return parsed.data;
};

/** The answer to an entry that is not taken. */
export const refused = (errors: readonly FactError[]): Problem => new Problem(422, 'The entry is refused', errors);
