import { errorsOf } from '../../events/errors.ts';
import { Problem, httpHandler, json, jsonOf, pathParameter, type Request } from '../shared/http.ts';
import type { Log } from '../shared/log.ts';
import { officerSchema, providerSchema, type Registers } from '../shared/registers/registers.ts';

export interface Dependencies {
  readonly registers: Registers;
  readonly log: Log;
}

/** The registers of providers and case officers: put one in, or read them. */
export const createHandler = ({ registers, log }: Dependencies) =>
  httpHandler(
    {
      'PUT /api/providers/{id}': async (request) => {
        const provider = entryOf(request, providerSchema);
        await registers.put('provider', provider);
        return json(200, provider);
      },
      'GET /api/providers': async () => json(200, { providers: await registers.list('provider') }),
      'PUT /api/officers/{id}': async (request) => {
        const officer = entryOf(request, officerSchema);
        await registers.put('officer', officer);
        return json(200, officer);
      },
    },
    log,
  );

type Schema = typeof providerSchema | typeof officerSchema;
type Entry<S extends Schema> = NonNullable<ReturnType<S['safeParse']>['data']>;

/** The entry in the body, under the id in the path. @throws {Problem} 422 with a pointer for each error */
const entryOf = <S extends Schema>(request: Request, schema: S): Entry<S> => {
  const id = pathParameter(request, 'id');
  const body = jsonOf(request, ['application/json']);
  const parsed = schema.safeParse(typeof body === 'object' && !Array.isArray(body) ? { id, ...body } : body);
  if (!parsed.success) throw refused(errorsOf(parsed.error.issues));
  if (parsed.data.id !== id) throw refused([{ path: '/id', message: `must be ${id}, as in the address` }]);
  return parsed.data;
};

const refused = (errors: ConstructorParameters<typeof Problem>[2]): Problem =>
  new Problem(422, 'The entry is refused', errors);
