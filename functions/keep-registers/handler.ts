import { formatInstant } from '../../domain/calendar/stockholm.ts';
import type { Erasures } from '../shared/erasures/erasures.ts';
import { Problem, httpHandler, json, jsonOf, pathParameter, type Request, type Response } from '../shared/http.ts';
import type { Log } from '../shared/log.ts';
import { checked, entryIn } from '../shared/registers/entry.ts';
import { holdSchema } from '../shared/registers/holds.ts';
import type { MailProblems } from '../shared/registers/mail-problems.ts';
import {
  absencesSchema,
  officerSchema,
  providerSchema,
  roleSchema,
  rotationId,
  rotationSchema,
  type Entries,
  type RegisterName,
  type KeptRegisters,
  type RotationList,
} from '../shared/registers/registers.ts';
import { unknownOn } from '../shared/rotation/lists.ts';
import type { Clock } from '../shared/runtime.ts';
import { callerOf, STANDARD_CLAIMS, type ClaimRules } from '../shared/session/caller.ts';

export interface Dependencies {
  readonly registers: KeptRegisters;
  readonly clock: Clock;
  readonly problems: Pick<MailProblems, 'list'>;
  readonly erasures: Pick<Erasures, 'list'>;
  readonly log: Log;
  readonly claims?: ClaimRules;
}

/** The registers as the API's addresses name them. */
const NAMES: Readonly<Record<string, RegisterName>> = {
  providers: 'provider',
  officers: 'officer',
  roles: 'role',
  lists: 'rotation',
  partners: 'partner',
  holds: 'hold',
};

const PAGE = { usual: 100, most: 500 };

/**
 * The registers of providers, case officers, roles and rotation lists: put an entry in, read them, and read who changed what.
 * Each entry has an `ETag`; a change that names it in `If-Match` is not made over another's.
 */
export const createHandler = (deps: Dependencies) => {
  const { registers, log, claims } = deps;
  return httpHandler(
    {
      'PUT /api/providers/{id}': async (request) => {
        const provider = entryIn(request, providerSchema, pathParameter(request, 'id'));
        return put(request, 'provider', provider, provider, deps);
      },
      'PUT /api/officers/{id}': async (request) => {
        const officer = entryIn(request, officerSchema, pathParameter(request, 'id'));
        // Whoever keeps the staff's data up to date knows nothing of absences: unsaid, they stay.
        const { absences = (await registers.find('officer', officer.id))?.absences } = officer;
        const kept = { ...officer, ...(absences && { absences }) };
        return put(request, 'officer', kept, kept, deps);
      },
      'PUT /api/officers/{id}/absences': async (request) => {
        const absences = checked(absencesSchema, jsonOf(request, ['application/json']));
        const officer = await registers.find('officer', pathParameter(request, 'id'));
        if (officer === undefined) throw new Problem(404, 'There is no such officer');
        const away = { ...officer, ...absences };
        return put(request, 'officer', away, away, deps);
      },
      'PUT /api/roles/{role}': async (request) => {
        const role = entryIn(request, roleSchema, pathParameter(request, 'role'));
        return put(request, 'role', role, role, deps);
      },
      'PUT /api/lists/{service}': async (request) => {
        const service = pathParameter(request, 'service');
        const list = entryIn(request, rotationSchema, service);
        const kept = { ...list, id: rotationId(service, list.area) };
        return put(
          request,
          'rotation',
          kept,
          withUnknown(list, await registers.list('provider', { fresh: true })),
          deps,
        );
      },
      'PUT /api/holds/{case}': async (request) => {
        const hold = entryIn(request, holdSchema, pathParameter(request, 'case'));
        return put(request, 'hold', hold, hold, deps);
      },
      'GET /api/holds': async () => json(200, { holds: await registers.list('hold') }),
      'GET /api/erasures': async () => json(200, { erasures: await deps.erasures.list(PAGE.most) }),
      'GET /api/providers': async () => json(200, { providers: await providersWithProblems(deps) }),
      'GET /api/officers': async () => json(200, { officers: await registers.list('officer') }),
      'GET /api/roles': async () => json(200, { roles: await registers.list('role') }),
      'GET /api/lists': async () => json(200, { lists: await listsWithUnknown(deps) }),
      'GET /api/registers/{register}/entries/{id}': async (request) => showEntry(request, deps),
      'GET /api/registers/{register}/journal': async (request) => listChanges(request, deps),
    },
    log,
    claims,
  );
};

/** Puts an entry in and answers it as it was told. @throws {Problem} 412 when another than the one in `If-Match` stands there */
const put = async <R extends RegisterName>(
  request: Request,
  register: R,
  entry: Entries[R],
  told: object,
  { registers, clock, claims = STANDARD_CLAIMS }: Dependencies,
): Promise<Response> => {
  const ifVersion = versionIn(request);
  const { ok, version } = await registers.put(register, entry, {
    who: callerOf(request, claims)?.id ?? '',
    at: formatInstant(clock()),
    ...(ifVersion !== undefined && { ifVersion }),
  });
  if (!ok) throw new Problem(412, 'The entry has been changed since it was read');
  return tagged(json(200, told), version);
};

/** One entry with its version, to be changed with `If-Match`; of a list for an area, the one of `?area=`. */
const showEntry = async (request: Request, { registers }: Dependencies): Promise<Response> => {
  const id = rotationId(pathParameter(request, 'id'), request.queryStringParameters?.['area']);
  const found = await registers.read(registerIn(request), id);
  if (found === undefined) throw new Problem(404, 'There is no such entry in the register');
  return tagged(json(200, found.entry), found.version);
};

/** Who changed what in a register and when, newest first. */
const listChanges = async (request: Request, { registers }: Dependencies): Promise<Response> => {
  const { cursor, limit: asked } = request.queryStringParameters ?? {};
  const limit = Number(asked ?? PAGE.usual);
  if (!Number.isInteger(limit) || limit < 1 || limit > PAGE.most)
    throw badQuery('limit', `must be a whole number from 1 to ${String(PAGE.most)}`);
  const before = cursor === undefined ? undefined : Buffer.from(cursor, 'base64url').toString('utf8');
  if (before !== undefined && !/^\d{15}#/u.test(before))
    throw badQuery('cursor', 'must be the "next" of the page before');
  const { changes, next } = await registers.changes(registerIn(request), {
    limit,
    ...(before !== undefined && { before }),
  });
  return json(200, { changes, ...(next !== undefined && { next: Buffer.from(next).toString('base64url') }) });
};

const registerIn = (request: Request): RegisterName => {
  const name = pathParameter(request, 'register');
  const register = Object.hasOwn(NAMES, name) ? NAMES[name] : undefined;
  if (register === undefined) throw new Problem(404, `There is no register ${name}`);
  return register;
};

const tagged = (answer: Response, version: number): Response => ({
  ...answer,
  headers: { ...answer.headers, etag: `"${String(version)}"` },
});

/** The version that a change is to replace. `If-None-Match: *` asks that there be none (RFC 9110, section 13.1.2). */
const versionIn = ({ headers }: Request): number | undefined => {
  if (headers['if-none-match']?.trim() === '*') return 0;
  const match = headers['if-match']?.trim();
  if (match === undefined) return undefined;
  const version = /^"(\d{1,15})"$/u.exec(match)?.[1];
  // Also `*`, which any entry would do for, and a list of several.
  if (version === undefined) throw new Problem(412, 'If-Match must be the ETag of the entry as it was read');
  return Number(version);
};

/** The providers, each with what is known to be wrong with the address it has now (row B7). */
const providersWithProblems = async ({ registers, problems }: Dependencies): Promise<object[]> => {
  const known = await problems.list();
  return (await registers.list('provider')).map((provider) => {
    const mailProblem = known.get(provider.mail?.toLowerCase() ?? '');
    return { ...provider, ...(mailProblem && { mailProblem }) };
  });
};

/** The rotation lists, each with the providers on it that the register does not know, who are passed by. */
const listsWithUnknown = async ({ registers }: Dependencies): Promise<object[]> => {
  const [lists, known] = await Promise.all([registers.list('rotation'), registers.list('provider', { fresh: true })]);
  return lists.map((list) => withUnknown(list, known));
};

const withUnknown = (list: RotationList, known: readonly { readonly id: string }[]): object => {
  const unknownProviders = unknownOn(list, known);
  return { ...list, ...(unknownProviders.length > 0 && { unknownProviders }) };
};

const badQuery = (name: string, message: string): Problem =>
  new Problem(400, 'The question is not understood', [{ path: `/query/${name}`, message }]);
