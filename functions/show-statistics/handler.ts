import { asksForCsv, csvAnswer } from '../shared/csv.ts';
import { Problem, httpHandler, json, type Request, type Response } from '../shared/http.ts';
import type { Log } from '../shared/log.ts';
import type { Outcomes } from '../shared/outcomes/outcomes.ts';
import type { Registers } from '../shared/registers/registers.ts';
import type { ClaimRules } from '../shared/session/caller.ts';
import { readPeriod, reportOf } from './report.ts';
import { csvOf } from './words.ts';

export interface Dependencies {
  readonly outcomes: Outcomes;
  readonly registers: Pick<Registers, 'list'>;
  readonly log: Log;
  readonly claims?: ClaimRules;
}

/** The statistics of providers (row B5). */
export const createHandler = (deps: Dependencies) =>
  httpHandler({ 'GET /api/statistics': async (request) => tellStatistics(request, deps) }, deps.log, deps.claims);

/** The statistics of `?from=&to=` as JSON or, by `Accept: text/csv`, as CSV. */
const tellStatistics = async (request: Request, deps: Dependencies): Promise<Response> => {
  const { from, to } = request.queryStringParameters ?? {};
  const read = readPeriod({ from, to });
  if (!read.ok) throw new Problem(400, 'The question is not understood', read.errors);
  const report = await reportOf(read.period, deps);
  deps.log('REPORT_MADE', { rows: report.providers.length });
  return asksForCsv(request) ? csvAnswer(csvOf(report)) : json(200, report);
};
