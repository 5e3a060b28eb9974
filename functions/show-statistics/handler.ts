import { IVO_COLUMNS, parseQuarter } from '../../domain/case/ivo.ts';
import { dayOfInstant, formatDay } from '../../domain/calendar/stockholm.ts';
import { asksForCsv, csv, csvAnswer } from '../shared/csv.ts';
import { Problem, httpHandler, json, type Request, type Response } from '../shared/http.ts';
import { reportToIvo } from '../shared/ivo.ts';
import type { Journal } from '../shared/journal/journal.ts';
import type { Outcomes } from '../shared/outcomes/outcomes.ts';
import type { Registers } from '../shared/registers/registers.ts';
import type { Clock } from '../shared/runtime.ts';
import type { ClaimRules } from '../shared/session/caller.ts';
import { isKeptToUnit, sightOf } from '../shared/session/own-unit.ts';
import type { Person } from '../shared/session/session.ts';
import type { WatchList } from '../shared/watch-list/watch-list.ts';
import { forPerson, type Door } from '../shared/web/person-door.ts';
import { seeOther } from '../shared/see-other.ts';
import { ivoPage } from './ivo-page.ts';
import { askedIn } from './ordering.ts';
import { quarterOf, usualPeriods } from './period.ts';
import { readPeriod, reportOf, type ReadPeriod, type Report } from './report.ts';
import { PATH, statisticsPage, type Chosen } from './statistics-page.ts';
import { csvOf, PERIOD_ERRORS } from './words.ts';

export interface Dependencies extends Door {
  readonly municipality: Door['municipality'] & { readonly ownUnitOnly?: boolean };
  readonly outcomes: Outcomes;
  readonly registers: Pick<Registers, 'list'>;
  readonly watchList: Pick<WatchList, 'page'>;
  readonly journal: Pick<Journal, 'load'>;
  readonly clock: Clock;
  readonly claims?: ClaimRules;
}

/** The statistics of providers (row B5) and the list to IVO (row B8), for programs and for people. */
export const createHandler = (deps: Dependencies) => {
  const page =
    (work: (request: Request, person: Person, deps: Dependencies) => Promise<Response>) => (request: Request) =>
      forPerson(request, PATH, deps, async (asked, person) => work(asked, person, deps));
  return httpHandler(
    {
      'GET /api/statistics': async (request) => tellStatistics(request, deps),
      'GET /watch/statistics': page(showStatistics),
      'GET /watch/statistics/file': page(async (request) => fileOfStatistics(request, deps)),
      'GET /watch/statistics/ivo': page(showIvo),
      'GET /watch/statistics/ivo/file': page(fileOfIvo),
    },
    deps.log,
    deps.claims,
  );
};

/** The statistics of `?from=&to=` as JSON or, by `Accept: text/csv`, as CSV. */
const tellStatistics = async (request: Request, deps: Dependencies): Promise<Response> => {
  const read = periodIn(request);
  if (!read.ok) throw new Problem(400, 'The question is not understood', read.errors);
  const report = await made(read, deps);
  return asksForCsv(request) ? csvAnswer(csvOf(report)) : json(200, report);
};

const fileOfStatistics = async (request: Request, deps: Dependencies): Promise<Response> => {
  const read = periodIn(request);
  if (!read.ok) return seeOther(PATH);
  const { from, to } = read.period;
  return asFile(csvAnswer(csvOf(await made(read, deps))), `statistik-${from}-${to}.csv`);
};

/** Without a period, the year that it is. */
const showStatistics = async (request: Request, person: Person, deps: Dependencies): Promise<Response> => {
  const usual = usualPeriods(dayOfInstant(deps.clock()));
  const { from = '', to = '' } = { ...usual[0], ...request.queryStringParameters };
  const read = readPeriod({ from, to });
  const errors = read.ok ? undefined : new Map(read.errors.map(({ field, why }) => [field, PERIOD_ERRORS[why]]));
  const chosen: Chosen = { from, to, ...(errors && { errors }) };
  const report = read.ok ? await made(read, deps) : undefined;
  const asked = askedIn(request.queryStringParameters);
  return statisticsPage({ person, municipality: deps.municipality, chosen, usual, asked }, report);
};

const made = async ({ period }: ReadPeriod & { readonly ok: true }, deps: Dependencies): Promise<Report> => {
  const report = await reportOf(period, deps);
  deps.log('REPORT_MADE', { rows: report.providers.length });
  return report;
};

const periodIn = ({ queryStringParameters }: Request): ReadPeriod => {
  const { from, to } = queryStringParameters ?? {};
  return readPeriod({ from, to });
};

/** The quarter of `?quarter=`, and else the one before the one that it is: the next to be reported. */
const quarterIn = ({ queryStringParameters }: Request, deps: Dependencies): string => {
  const asked = queryStringParameters?.['quarter'] ?? '';
  return parseQuarter(asked) === undefined ? quarterOf(dayOfInstant(deps.clock()), -1) : asked;
};

const decisionsOf = async (name: string, person: Person, deps: Dependencies) => {
  const quarter = parseQuarter(name);
  if (quarter === undefined) throw new RangeError('no quarter');
  const { decisions, cases } = await reportToIvo(
    quarter,
    deps,
    await sightOf(person, { ...deps, ...deps.municipality }),
  );
  deps.log('REPORT_MADE', { cases, rows: decisions.length });
  return { quarter, decisions };
};

const showIvo = async (request: Request, person: Person, deps: Dependencies): Promise<Response> => {
  const name = quarterIn(request, deps);
  const { quarter, decisions } = await decisionsOf(name, person, deps);
  const [before, after] = [quarterOf(quarter.first, -1), quarterOf(quarter.first, 1)];
  const isPart = deps.municipality.ownUnitOnly === true && isKeptToUnit(person);
  return ivoPage({ person, municipality: deps.municipality, quarter: name, before, after, isPart }, decisions);
};

const fileOfIvo = async (request: Request, person: Person, deps: Dependencies): Promise<Response> => {
  const name = quarterIn(request, deps);
  const { decisions } = await decisionsOf(name, person, deps);
  return asFile(csvAnswer(csv(IVO_COLUMNS, decisions)), `ivo-${name}-${formatDay(dayOfInstant(deps.clock()))}.csv`);
};

const asFile = (answer: Response, name: string): Response => ({
  ...answer,
  headers: { ...answer.headers, 'content-disposition': `attachment; filename="${name}"` },
});
