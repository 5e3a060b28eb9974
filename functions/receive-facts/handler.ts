import { readFact, objectionsToAll } from '../shared/doors.ts';
import type { Bus } from '../shared/bus/bus.ts';
import type { Fact } from '../../events/catalogue.ts';
import type { FactError } from '../../events/errors.ts';
import { Problem, httpHandler, json, jsonOf, type Request, type Response } from '../shared/http.ts';
import type { Log } from '../shared/log.ts';
import type { Journal } from '../shared/journal/journal.ts';
import type { Registers } from '../shared/registers/registers.ts';
import { callerOf, STANDARD_CLAIMS, type ClaimRules } from '../shared/session/caller.ts';
import { isKeptToUnit, isOwn, officersIn } from '../shared/session/own-unit.ts';
import { sendsUrgentOnly } from '../shared/session/who-may.ts';
import type { Routines } from '../../domain/routine/routines.ts';

export interface Dependencies {
  readonly bus: Bus;
  readonly journal: Pick<Journal, 'load'>;
  readonly registers: Registers;
  readonly routines: Routines;
  readonly log: Log;
  readonly claims?: ClaimRules;
  /** Whether the municipality keeps its units apart. */
  readonly ownUnitOnly?: boolean | undefined;
}

const SINGLE = 'application/cloudevents+json';
const BATCH = 'application/cloudevents-batch+json';
const EITHER = 'application/json';

/**
 * `POST /api/facts`: one fact or a batch in the structured mode of CloudEvents 1.0 over HTTP. 202 when all went on the
 * bus; 422 with a pointer for each error, and then nothing of the batch is kept.
 */
export const createHandler = (deps: Dependencies) =>
  httpHandler({ 'POST /api/facts': (request) => receive(request, deps) }, deps.log, deps.claims);

const receive = async (request: Request, deps: Dependencies): Promise<Response> => {
  const body = jsonOf(request, [SINGLE, BATCH, EITHER]);
  const type = request.headers['content-type'] ?? '';
  const isBatch = Array.isArray(body) && !type.toLowerCase().startsWith(SINGLE);
  if (!isBatch && type.toLowerCase().startsWith(BATCH))
    throw refused([{ path: '', message: 'must be a list of facts' }]);

  const inputs: readonly unknown[] = isBatch ? body : [body];
  const at = (index: number): string => (isBatch ? `/${String(index)}` : '');
  const facts: Fact[] = [];
  const errors: FactError[] = [];
  for (const [index, input] of inputs.entries()) {
    const read = readFact(input);
    if (read.ok) facts.push(read.fact);
    else errors.push(...read.errors.map((error) => ({ ...error, path: `${at(index)}${error.path}` })));
  }
  if (errors.length > 0) throw refused(errors);
  refuseBeyondUrgent(request, facts, at, deps);
  await refuseOtherUnits(request, facts, at, deps);

  const objections = await objectionsToAll(facts, deps);
  const all = objections.flatMap((its, index) => its.map((error) => ({ ...error, path: `${at(index)}${error.path}` })));
  if (all.length > 0) throw refused(all);

  await deps.bus.publish('frist.inbound', facts);
  return json(202, { accepted: facts.map(({ source, id }) => ({ source, id })) });
};

/**
 * The safety-alarm and night teams send urgent orders, and state nothing else (row H5).
 *
 * @throws {Problem} 403 with a pointer to each fact that is something else
 */
const refuseBeyondUrgent = (
  request: Request,
  facts: readonly Fact[],
  at: (index: number) => string,
  { claims = STANDARD_CLAIMS }: Dependencies,
): void => {
  const caller = callerOf(request, claims);
  if (caller === undefined || !sendsUrgentOnly(caller)) return;
  const errors = facts.flatMap((fact, index) => {
    if (fact.type !== 'se.frist.order.sent.v1')
      return [{ path: `${at(index)}/type`, message: 'your role sends urgent orders alone' }];
    return fact.data.urgency === 'urgent'
      ? []
      : [{ path: `${at(index)}/data/urgency`, message: 'must be urgent: your role sends urgent orders alone' }];
  });
  if (errors.length > 0) throw new Problem(403, 'Your role does not allow this', errors);
};

/**
 * Where units are kept apart, nobody states facts in another unit's case. Urgent orders know no units (row H5).
 *
 * @throws {Problem} 403 with a pointer to each fact of such a case
 */
const refuseOtherUnits = async (
  request: Request,
  facts: readonly Fact[],
  at: (index: number) => string,
  { journal, registers, claims = STANDARD_CLAIMS, ownUnitOnly }: Dependencies,
): Promise<void> => {
  const caller = callerOf(request, claims);
  if (ownUnitOnly !== true || caller === undefined || !isKeptToUnit(caller) || sendsUrgentOnly(caller)) return;
  const register = await registers.list('officer');
  const foreign = new Set<string>();
  for (const subject of new Set(facts.map((fact) => fact.subject)))
    if (!isOwn(officersIn(await journal.load(subject)), caller, register)) foreign.add(subject);
  const errors = facts.flatMap(({ subject }, index) =>
    foreign.has(subject) ? [{ path: `${at(index)}/subject`, message: 'is a case of another unit' }] : [],
  );
  if (errors.length > 0) throw new Problem(403, 'The case is of another unit', errors);
};

const refused = (errors: readonly FactError[]): Problem => new Problem(422, 'The facts are refused', errors);
