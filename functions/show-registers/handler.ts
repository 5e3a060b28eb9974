import { formatInstant } from '../../domain/calendar/stockholm.ts';
import type { Routines } from '../../domain/routine/routines.ts';
import { httpHandler, pathParameter, type Request, type Response } from '../shared/http.ts';
import type { Journal } from '../shared/journal/journal.ts';
import { NO_ERRORS, readEntry, TAKEN, type Filled } from '../shared/register-pages/form.ts';
import { PATH, type Kind, type Known, type Values } from '../shared/register-pages/kind.ts';
import {
  askedIn,
  CHANGES_SHOWN,
  entryPage,
  journalPage,
  notFound,
  NOT_READ,
  registerPage,
  saved,
  type Looking,
} from '../shared/register-pages/pages.ts';
import type { MailProblems } from '../shared/registers/mail-problems.ts';
import type { KeptRegisters } from '../shared/registers/registers.ts';
import type { Clock } from '../shared/runtime.ts';
import type { Person } from '../shared/session/session.ts';
import { mayUse } from '../shared/session/who-may.ts';
import { forPerson, plainPage, type Door } from '../shared/web/person-door.ts';
import { readPost } from '../shared/web/post.ts';
import { changeAbsence, showAbsence } from './absence.ts';
import { KINDS } from './kinds.ts';
import { registersPage } from './registers-page.ts';

export interface Dependencies extends Door {
  readonly registers: KeptRegisters;
  readonly problems: Pick<MailProblems, 'list'>;
  readonly journal: Pick<Journal, 'load'>;
  readonly municipality: Door['municipality'] & { readonly routines: Routines };
  readonly clock: Clock;
}

const CHANGE = 'POST /watch/registers/{register}/entry';

/** The pages of the registers: read by everybody who reads cases, changed by administrators. */
export const createHandler = (deps: Dependencies) => {
  const page = (work: (request: Request, looking: Looking) => Promise<Response>) => async (request: Request) =>
    forPerson(request, PATH, deps, async (asked, person) => work(asked, lookingOf(person, deps)));
  const ofRegister = (work: OfRegister) =>
    page(async (request, looking) => {
      const kind = KINDS.find(({ path }) => path === pathParameter(request, 'register'));
      return kind === undefined || !sees(kind, looking) ? notFound(looking) : work(kind, request, looking, deps);
    });
  return httpHandler(
    {
      'GET /watch/absence': async (request) =>
        forPerson(request, '/watch', deps, async (asked, person) => showAbsence(asked, person, deps)),
      'POST /watch/absence': async (request) =>
        forPerson(request, '/watch', deps, async (asked, person) => changeAbsence(asked, person, deps)),
      'GET /watch/registers': page(async (_, looking) => showRegisters(looking, deps)),
      'GET /watch/registers/{register}': ofRegister(showRegister),
      'GET /watch/registers/{register}/journal': ofRegister(showJournal),
      'GET /watch/registers/{register}/entry': ofRegister(showEntry),
      [CHANGE]: ofRegister(changeEntry),
    },
    deps.log,
  );
};

type OfRegister = (kind: Kind, request: Request, looking: Looking, deps: Dependencies) => Promise<Response>;

const lookingOf = (person: Person, { municipality }: Dependencies): Looking => ({
  person,
  municipality,
  mayChange: mayUse(CHANGE, person),
});

const sees = ({ isKeepersOwn }: Kind, { mayChange }: Looking): boolean => isKeepersOwn !== true || mayChange;

const knownBy = async ({ registers, problems, municipality, clock }: Dependencies): Promise<Known> => {
  const [providers, officers, unreached] = await Promise.all([
    registers.list('provider'),
    registers.list('officer'),
    problems.list(),
  ]);
  const services = municipality.routines.inForce.flatMap(({ services: its }) =>
    Object.entries(its).map(([id, { name }]) => [id, name] as const),
  );
  return {
    providers,
    officers,
    problems: unreached,
    now: clock(),
    services: new Map(services.toSorted(([, a], [, b]) => a.localeCompare(b, 'sv'))),
  };
};

const showRegisters = async (looking: Looking, { registers }: Dependencies): Promise<Response> => {
  const counts = await Promise.all(
    KINDS.filter((kind) => sees(kind, looking)).map(
      async (kind) => [kind, (await registers.list(kind.register)).length] as const,
    ),
  );
  return registersPage(looking, counts);
};

const showRegister: OfRegister = async (kind, request, looking, deps) => {
  const [entries, known] = await Promise.all([deps.registers.list(kind.register), knownBy(deps)]);
  return registerPage(looking, kind, entries, known, askedIn(request));
};

const showJournal: OfRegister = async (kind, { queryStringParameters }, looking, deps) => {
  const before = queryStringParameters?.['before'];
  const [{ changes, next }, known] = await Promise.all([
    deps.registers.changes(kind.register, { limit: CHANGES_SHOWN, ...(before !== undefined && { before }) }),
    knownBy(deps),
  ]);
  return journalPage(looking, kind, changes, known, next);
};

const showEntry: OfRegister = async (kind, request, looking, deps) => {
  const id = request.queryStringParameters?.['id'];
  const known = await knownBy(deps);
  if (id === undefined) {
    const filled: Filled = { values: {}, errors: NO_ERRORS };
    return entryPage(looking, kind, { filled, known, version: 0, name: undefined });
  }
  const found = await deps.registers.read(kind.register, id);
  if (found === undefined) return notFound(looking);
  const filled: Filled = { values: kind.valuesOf(found.entry), errors: NO_ERRORS };
  return entryPage(looking, kind, { filled, known, version: found.version, name: kind.nameOf(found.entry, known) });
};

/** Saves an entry as it was posted, unless it is wrong or somebody else has changed it since the form was shown. */
const changeEntry: OfRegister = async (kind, request, looking, deps) => {
  const post = readPost(request);
  if (!post.ok) {
    deps.log('POST_REFUSED', { why: post.why });
    return plainPage(400, PATH, looking.municipality, looking.person, 'Det gick inte att spara', NOT_READ);
  }
  const { registers, clock } = deps;
  const id = request.queryStringParameters?.['id'];
  const [found, known] = await Promise.all([
    id === undefined ? undefined : registers.read(kind.register, id),
    knownBy(deps),
  ]);
  if (id !== undefined && found === undefined) return notFound(looking);
  const name = found && kind.nameOf(found.entry, known);
  const version = Number(post.form.get('version'));
  const read = readEntry(kind, post.form, found === undefined ? {} : namesIn(kind, kind.valuesOf(found.entry)));
  if (!read.ok) return entryPage(looking, kind, { filled: read.filled, known, version, name });

  const entry = kind.keptAs(read.entry, found?.entry);
  // A hold on a number that is nobody's would protect nothing, unseen.
  if (kind.register === 'hold' && found === undefined && (await deps.journal.load(entry.id)).length === 0) {
    const filled: Filled = { values: kind.valuesOf(entry), errors: new Map([['id', UNKNOWN_CASE]]) };
    return entryPage(looking, kind, { filled, known, version, name });
  }
  const { ok } = await registers.put(kind.register, entry, {
    who: looking.person.id,
    at: formatInstant(clock()),
    ifVersion: Number.isSafeInteger(version) ? version : 0,
  });
  if (ok) return saved(kind, entry.id);
  const now = found && (await registers.read(kind.register, entry.id));
  if (now === undefined) {
    const filled: Filled = { values: kind.valuesOf(entry), errors: new Map([['id', TAKEN]]) };
    return entryPage(looking, kind, { filled, known, version, name: undefined });
  }
  const filled: Filled = { values: kind.valuesOf(now.entry), errors: NO_ERRORS };
  return entryPage(looking, kind, { filled, known, version: now.version, name, overtaken: true });
};

const UNKNOWN_CASE = 'Det finns inget ärende med det numret. Kontrollera det.';

/** The values of the fields that name an entry, which its form does not ask for. */
const namesIn = ({ fields }: Kind, values: Values): Values =>
  Object.fromEntries(fields.flatMap(({ name, names }) => (names === true ? [[name, values[name] ?? '']] : [])));
