import { Temporal } from 'temporal-polyfill';
import * as z from 'zod/mini';
import type { Limit } from '../../domain/calendar/limit.ts';
import { checkRoutine } from '../../domain/routine/check.ts';
import { shapeErrors } from '../../domain/routine/checks/limits.ts';
import { onlyRoutine, shippedRoutines, type Routines } from '../../domain/routine/routines.ts';
import { limitShape, withinSchema } from '../../domain/routine/schema.ts';
import { parseFact, type Fact } from '../../events/catalogue.ts';
import { instant } from '../../events/define.ts';
import { errorsOf, messageOf, type FactError } from '../../events/errors.ts';
import type { Line, Parsed } from './lines.ts';

/** A limit to work out, and the instant it counts from. */
export type DueInput = Limit & { readonly from: Temporal.Instant };

const dueSchema = z.strictObject({ from: instant, within: withinSchema, ...limitShape });

export const parseDue = (line: Line): Parsed<DueInput> => {
  if (!line.ok) return bad('', line.message);
  const parsed = z.safeParse(dueSchema, line.value, { error: messageOf });
  if (!parsed.success) return firstError(errorsOf(parsed.error.issues));
  const { from, ...limit } = parsed.data;
  const errors = shapeErrors(limit.within, limit, '');
  return errors.length > 0 ? firstError(errors) : { ok: true, value: { from: Temporal.Instant.from(from), ...limit } };
};

/** The facts of a case, the routine to judge them by, and the instant to judge at. */
export interface CaseInput {
  readonly facts: readonly Fact[];
  readonly routines: Routines;
  readonly at: Temporal.Instant;
}

const caseSchema = z.strictObject({
  routine: z.union([z.string(), z.record(z.string(), z.unknown())], {
    error: 'must be the id of a routine, or a whole routine',
  }),
  facts: z.array(z.unknown()),
  at: instant,
});

export const parseCase = (line: Line): Parsed<CaseInput> => {
  if (!line.ok) return bad('', line.message);
  const parsed = z.safeParse(caseSchema, line.value, { error: messageOf });
  if (!parsed.success) return firstError(errorsOf(parsed.error.issues));
  const routines = routinesFrom(parsed.data.routine);
  if (!routines.ok) return routines;
  const facts: Fact[] = [];
  for (const [index, input] of parsed.data.facts.entries()) {
    const fact = parseFact(input);
    if (!fact.ok) return firstError(fact.errors, `/facts/${String(index)}`);
    facts.push(fact.fact);
  }
  return { ok: true, value: { facts, routines: routines.value, at: Temporal.Instant.from(parsed.data.at) } };
};

/** A routine is checked once, however many lines give the same one. */
const checked = new Map<string, Parsed<Routines>>();

const routinesFrom = (given: string | Record<string, unknown>): Parsed<Routines> => {
  if (typeof given === 'string') {
    const routine = shippedRoutines.get(given);
    return routine ? { ok: true, value: onlyRoutine(routine) } : bad('/routine', `there is no routine ${given}`);
  }
  const key = textOf(given);
  if (key === undefined) return bad('/routine', 'is nested too deeply');
  const before = checked.get(key);
  if (before) return before;
  const result = checkRoutine(given);
  const routines: Parsed<Routines> = result.ok
    ? { ok: true, value: onlyRoutine(result.routine) }
    : firstError(result.errors, '/routine');
  checked.set(key, routines);
  return routines;
};

/** A routine as text; `undefined` when it is nested more deeply than can be written. */
const textOf = (given: object): string | undefined => {
  try {
    return JSON.stringify(given);
  } catch {
    return undefined;
  }
};

const firstError = (errors: readonly FactError[], under = ''): Parsed<never> => {
  const [first = { path: '', message: 'is not understood' }] = errors;
  return bad(`${under}${first.path}`, first.message);
};

export const bad = (path: string, message: string): Parsed<never> => ({ ok: false, error: { path, message } });
