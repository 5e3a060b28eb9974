import { errorsOf } from '../../events/errors.ts';
import { Problem, httpHandler, json, jsonOf, pathParameter, type Request } from '../shared/http.ts';
import type { Log } from '../shared/log.ts';
import {
  officerSchema,
  providerSchema,
  roleSchema,
  rotationId,
  rotationSchema,
  type Registers,
} from '../shared/registers/registers.ts';
import type { ClaimRules } from '../shared/session/caller.ts';
import { personalNumbersIn } from '../shared/secrecy.ts';

export interface Dependencies {
  readonly registers: Registers;
  readonly log: Log;
  readonly claims?: ClaimRules;
}

/** The registers of providers, case officers, roles and rotation lists: put one in, or read them. */
export const createHandler = ({ registers, log, claims }: Dependencies) =>
  httpHandler(
    {
      'PUT /api/providers/{id}': async (request) => {
        const provider = entryOf(request, providerSchema, pathParameter(request, 'id'));
        await registers.put('provider', provider);
        return json(200, provider);
      },
      'GET /api/providers': async () => json(200, { providers: await registers.list('provider') }),
      'PUT /api/officers/{id}': async (request) => {
        const officer = entryOf(request, officerSchema, pathParameter(request, 'id'));
        await registers.put('officer', officer);
        return json(200, officer);
      },
      'PUT /api/roles/{role}': async (request) => {
        const role = entryOf(request, roleSchema, pathParameter(request, 'role'));
        await registers.put('role', role);
        return json(200, role);
      },
      'PUT /api/lists/{service}': async (request) => {
        const service = pathParameter(request, 'service');
        const list = entryOf(request, rotationSchema, service);
        await registers.put('rotation', { ...list, id: rotationId(service, list.area) });
        return json(200, list);
      },
    },
    log,
    claims,
  );

type Schema = typeof providerSchema | typeof officerSchema | typeof roleSchema | typeof rotationSchema;
type Entry<S extends Schema> = NonNullable<ReturnType<S['safeParse']>['data']>;

/** The entry in the body, under the id in the path. @throws {Problem} 422 with a pointer for each error */
const entryOf = <S extends Schema>(request: Request, schema: S, id: string): Entry<S> => {
  const body = jsonOf(request, ['application/json']);
  const parsed = schema.safeParse(typeof body === 'object' && !Array.isArray(body) ? { id, ...body } : body);
  if (!parsed.success) throw refused(errorsOf(parsed.error.issues));
  if (parsed.data.id !== id) throw refused([{ path: '/id', message: `must be ${id}, as in the address` }]);
  // A provider's name stands in mails; a sole trader's organisation number is its owner's personal identity number.
  const numbers = personalNumbersIn(parsed.data);
  if (numbers.length > 0) throw refused(numbers);
  return parsed.data;
};

const refused = (errors: ConstructorParameters<typeof Problem>[2]): Problem =>
  new Problem(422, 'The entry is refused', errors);
