import type { Temporal } from 'temporal-polyfill';
import * as z from 'zod/mini';
import { fileCase } from '../../domain/case/case-file.ts';
import { eraseBy, restedBefore, restsSince } from '../../domain/case/retention.ts';
import { formatDay, formatInstant, dayOfInstant } from '../../domain/calendar/stockholm.ts';
import type { Routines } from '../../domain/routine/routines.ts';
import type { Erasures } from '../shared/erasures/erasures.ts';
import { traceOf } from '../shared/errors.ts';
import { digest, type RecordedFact } from '../shared/facts.ts';
import type { Journal } from '../shared/journal/journal.ts';
import type { Log } from '../shared/log.ts';
import type { Messages } from '../shared/messages/messages.ts';
import { detailOf, queueHandler } from '../shared/queue.ts';
import type { Registers } from '../shared/registers/registers.ts';
import type { Clock } from '../shared/runtime.ts';
import type { WatchList } from '../shared/watch-list/watch-list.ts';

export interface Dependencies {
  readonly journal: Pick<Journal, 'load'>;
  readonly watchList: Pick<WatchList, 'resting'>;
  readonly erasures: Erasures;
  /** Absent where mails cannot be replied to, so that none are kept. */
  readonly messages: Pick<Messages, 'erase'> | undefined;
  readonly registers: Pick<Registers, 'find' | 'list'>;
  readonly routines: Routines;
  /** After how many years; without it nothing is erased. */
  readonly years: number | undefined;
  readonly clock: Clock;
  readonly log: Log;
}

const messageSchema = z.strictObject({ daily: z.literal(true) });

/**
 * Erases the cases that have rested for as many years as the municipality has decided (row B10), unless somebody holds them,
 * and keeps a receipt of each that names nobody. What an erasure that was broken off left is erased the next time.
 */
export const createHandler = (deps: Dependencies) =>
  queueHandler(
    async (body) => {
      messageSchema.parse(detailOf(body));
      if (deps.years !== undefined) await eraseAll(deps.years, deps);
    },
    { log: deps.log },
  );

const eraseAll = async (years: number, deps: Dependencies): Promise<void> => {
  const before = restedBefore(deps.clock(), years);
  const done = { erased: 0, held: 0 };
  const failed: unknown[] = [];
  for (const caseNumber of await deps.watchList.resting(before)) {
    try {
      if ((await deps.registers.find('hold', caseNumber))?.held === true) done.held += 1;
      else if (await erase(caseNumber, { years, before }, deps)) done.erased += 1;
    } catch (error) {
      // The others are erased all the same; then the whole is done again.
      deps.log('REQUEST_FAILED', traceOf(error));
      failed.push(error);
    }
  }
  if (done.erased + done.held > 0) deps.log('CASES_ERASED', done);
  if (failed.length > 0) throw new Error(`${String(failed.length)} cases could not be erased`, { cause: failed[0] });
};

/** @returns whether it was erased: not when the journal knows of something later */
const erase = async (
  caseNumber: string,
  { years, before }: { readonly years: number; readonly before: Temporal.Instant },
  { journal, erasures, messages, registers, routines, clock }: Dependencies,
): Promise<boolean> => {
  const facts = await journal.load(caseNumber);
  const since = restsSince(fileCase(facts, routines));
  // Without facts it is what is left of an erasure that was broken off.
  if (facts.length > 0 && (since === undefined || since.epochMilliseconds >= before.epochMilliseconds)) return false;
  const mails = mailsIn(facts);
  if (since !== undefined)
    await erasures.note({
      case: digest(caseNumber),
      at: formatInstant(clock()),
      lastNote: formatDay(dayOfInstant(since)),
      years,
      eraseBy: eraseBy(since, years),
      items: await erasures.count(caseNumber),
      mails: mails.length,
    });
  for (const mail of mails) await messages?.erase(mail);
  await erasures.erase(
    caseNumber,
    (await registers.list('partner')).map(({ id }) => id),
  );
  return true;
};

/** The mails that came in and are kept with the case. */
const mailsIn = (facts: readonly RecordedFact[]): string[] => [
  ...new Set(facts.flatMap((fact) => (fact.type === 'se.frist.mail.received.v1' ? [fact.data.mail] : []))),
];
