import { Temporal } from 'temporal-polyfill';
import { describeDeadline, describeOrders, describeSwitches, describeTask } from '../../domain/case/describe.ts';
import { IVO_COLUMNS, parseQuarter } from '../../domain/case/ivo.ts';
import { viewDue } from '../../domain/case/view.ts';
import { formatInstant } from '../../domain/calendar/stockholm.ts';
import type { Routines } from '../../domain/routine/routines.ts';
import { instant } from '../../events/define.ts';
import { contactsOf } from '../shared/contacts.ts';
import { asksForCsv, csv, csvAnswer } from '../shared/csv.ts';
import { digest, type RecordedFact } from '../shared/facts.ts';
import { Problem, httpHandler, json, pathParameter, type Request, type Response } from '../shared/http.ts';
import { reportToIvo } from '../shared/ivo.ts';
import type { Journal } from '../shared/journal/journal.ts';
import type { Log } from '../shared/log.ts';
import type { Registers } from '../shared/registers/registers.ts';
import type { Clock } from '../shared/runtime.ts';
import { callerOf, STANDARD_CLAIMS, type ClaimRules } from '../shared/session/caller.ts';
import { officersIn, sightOf, type Sight } from '../shared/session/own-unit.ts';
import type { Person } from '../shared/session/session.ts';
import { ROW_KEY, type Question, type WatchList } from '../shared/watch-list/watch-list.ts';

export interface Dependencies {
  readonly journal: Pick<Journal, 'load'>;
  readonly watchList: Pick<WatchList, 'page' | 'tasks'>;
  readonly registers: Pick<Registers, 'list'>;
  readonly routines: Routines;
  readonly clock: Clock;
  readonly log: Log;
  readonly claims?: ClaimRules;
  /** Whether the municipality keeps its units apart. */
  readonly ownUnitOnly?: boolean | undefined;
}

const STATUSES = ['open', 'breached', 'met', 'cancelled'] as const;
const TASK_STATUSES = ['open', 'done'] as const;
const OWNERS = ['provider', 'officer', 'incoming', 'leaving'];
const PAGE = { usual: 100, most: 500 };
/** A row's key is at most 1,024 bytes. */
const LONGEST_CURSOR = 1300;

/** The reading side of the API: a case, its journal, and the deadlines across cases. */
export const createHandler = (deps: Dependencies) =>
  httpHandler(
    {
      'GET /api/cases/{case}': (request) => showCase(request, deps),
      'GET /api/cases/{case}/journal': (request) => showJournal(request, deps),
      'GET /api/deadlines': (request) => listDeadlines(request, deps),
      'GET /api/tasks': (request) => listTasks(request, deps),
      'GET /api/ivo': (request) => showIvo(request, deps),
    },
    deps.log,
    deps.claims,
  );

/** A case as it stands, or with `?at=` as it was known then: facts recorded later are left out. */
const showCase = async (request: Request, deps: Dependencies): Promise<Response> => {
  const asked = queryInstant(request, 'at');
  const at = asked ?? deps.clock();
  const all = await loadCase(request, deps);
  const facts = asked === undefined ? all : all.filter(({ recordedtime }) => isBy(recordedtime, asked));
  if (facts.length === 0) throw notFound(request);
  const view = viewDue(facts, deps.routines, at);
  return json(200, {
    case: pathParameter(request, 'case'),
    orders: describeOrders(view, at),
    switches: describeSwitches(view),
    deadlines: view.deadlines.map(describeDeadline),
    tasks: view.tasks.map(describeTask),
    // The registers tell of now alone.
    ...(asked === undefined && { contacts: contactsOf(view, await deps.registers.list('role')) }),
    nextWake: view.nextWake === undefined ? null : formatInstant(view.nextWake),
  });
};

const showJournal = async (request: Request, deps: Dependencies): Promise<Response> =>
  json(200, { journal: await loadCase(request, deps) });

const listDeadlines = async (request: Request, deps: Dependencies): Promise<Response> => {
  const query = request.queryStringParameters ?? {};
  const before = queryInstant(request, 'before');
  const question: Question = {
    statuses: queryStatuses(query['status']),
    ...(query['owner'] !== undefined && { owner: oneOf('owner', query['owner'], OWNERS) }),
    ...(query['provider'] !== undefined && { provider: query['provider'] }),
    ...(before !== undefined && { before: formatInstant(before) }),
    ...(query['cursor'] !== undefined && { after: queryCursor(query['cursor']) }),
    limit: queryLimit(query['limit']),
  };
  const [{ deadlines, next }, sees] = await Promise.all([deps.watchList.page(question), sightIn(request, deps)]);
  const seen = deadlines.filter((row) => sees(officerOf(row)));
  return json(200, { deadlines: seen, ...(next !== undefined && { next: Buffer.from(next).toString('base64url') }) });
};

/** The tasks across cases, opened first; the open ones unless `?status=` asks for others. */
const listTasks = async (request: Request, deps: Dependencies): Promise<Response> => {
  const query = request.queryStringParameters ?? {};
  const { tasks, next } = await deps.watchList.tasks({
    statuses: (query['status'] ?? 'open').split(',').map((status) => oneOf('status', status, TASK_STATUSES)),
    ...(query['owner'] !== undefined && { owner: oneOf('owner', query['owner'], OWNERS) }),
    ...(query['provider'] !== undefined && { provider: query['provider'] }),
    ...(query['cursor'] !== undefined && { after: queryCursor(query['cursor']) }),
    limit: queryLimit(query['limit']),
  });
  const sees = await sightIn(request, deps);
  return json(200, {
    tasks: tasks.filter((row) => sees(officerOf(row))),
    ...(next !== undefined && { next: Buffer.from(next).toString('base64url') }),
  });
};

/** The decisions to report to IVO for `?quarter=2026Q4` (row B8), as JSON or, by `Accept: text/csv`, as CSV. */
const showIvo = async (request: Request, deps: Dependencies): Promise<Response> => {
  const quarter = parseQuarter(request.queryStringParameters?.['quarter'] ?? '');
  if (quarter === undefined) throw badQuery('quarter', 'must be a quarter such as 2026Q4');
  const { decisions, cases } = await reportToIvo(quarter, deps, await sightIn(request, deps));
  deps.log('REPORT_MADE', { cases, rows: decisions.length });
  return asksForCsv(request) ? csvAnswer(csv(IVO_COLUMNS, decisions)) : json(200, { decisions });
};

/** @throws {Problem} 404 when nothing is known of the case, 403 when it is of a unit that the caller does not see */
const loadCase = async (request: Request, deps: Dependencies): Promise<readonly RecordedFact[]> => {
  const caseNumber = pathParameter(request, 'case');
  const facts = await deps.journal.load(caseNumber);
  if (facts.length === 0) throw notFound(request);
  const sees = await sightIn(request, deps);
  if (!sees(officersIn(facts))) {
    deps.log('CASE_DENIED', { case: caseNumber, person: digest(callerIn(request, deps)?.id ?? '') });
    throw new Problem(403, 'The case is of another unit');
  }
  return facts;
};

const sightIn = async (request: Request, deps: Dependencies): Promise<Sight> => sightOf(callerIn(request, deps), deps);

const callerIn = (request: Request, { claims = STANDARD_CLAIMS }: Dependencies): Person | undefined =>
  callerOf(request, claims);

const officerOf = ({ officer }: { readonly officer?: string }): readonly string[] =>
  officer === undefined ? [] : [officer];

const notFound = (request: Request): Problem =>
  new Problem(404, `No fact is known of the case ${pathParameter(request, 'case')}`);

const isBy = (recordedtime: string, at: Temporal.Instant): boolean =>
  Temporal.Instant.compare(Temporal.Instant.from(recordedtime), at) <= 0;

const queryInstant = ({ queryStringParameters }: Request, name: string): Temporal.Instant | undefined => {
  const text = queryStringParameters?.[name];
  if (text === undefined) return undefined;
  // A plus sign that was not percent-encoded arrives as a space.
  const parsed = instant.safeParse(text.replace(' ', '+'));
  if (!parsed.success) throw badQuery(name, 'must be an instant such as 2026-12-23T15:00:00+01:00');
  return Temporal.Instant.from(parsed.data);
};

const queryStatuses = (text: string | undefined): Question['statuses'] =>
  text === undefined ? STATUSES : [...new Set(text.split(',').map((status) => oneOf('status', status, STATUSES)))];

const queryCursor = (text: string): string => {
  const key = Buffer.from(text, 'base64url').toString('utf8');
  if (text.length > LONGEST_CURSOR || !ROW_KEY.test(key))
    throw badQuery('cursor', 'must be the "next" of the page before');
  return key;
};

const queryLimit = (text: string | undefined): number => {
  if (text === undefined) return PAGE.usual;
  const limit = Number(text);
  if (!Number.isInteger(limit) || limit < 1 || limit > PAGE.most)
    throw badQuery('limit', `must be a whole number from 1 to ${String(PAGE.most)}`);
  return limit;
};

const oneOf = <T extends string>(name: string, value: string, known: readonly T[]): T => {
  const found = known.find((one) => one === value);
  if (found === undefined) throw badQuery(name, `must be one of ${known.join(', ')}`);
  return found;
};

const badQuery = (name: string, message: string): Problem =>
  new Problem(400, 'The question is not understood', [{ path: `/query/${name}`, message }]);
