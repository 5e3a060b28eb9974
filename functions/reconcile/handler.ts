import { Temporal } from 'temporal-polyfill';
import * as z from 'zod/mini';
import { overdueMails } from '../../domain/case/mails.ts';
import { NOTICE_NAMES } from '../../domain/case/notices.ts';
import { viewDue, type CaseView } from '../../domain/case/view.ts';
import { formatInstant } from '../../domain/calendar/stockholm.ts';
import type { Routines } from '../../domain/routine/routines.ts';
import { nameOf } from '../../events/catalogue.ts';
import { traceOf } from '../shared/errors.ts';
import type { RecordedFact } from '../shared/facts.ts';
import { sortable } from '../shared/sortable.ts';
import type { Journal } from '../shared/journal/journal.ts';
import type { Log } from '../shared/log.ts';
import { bundledMail, gatheredFrom } from '../shared/mail/bundles.ts';
import { detailOf, queueHandler } from '../shared/queue.ts';
import type { Clock } from '../shared/runtime.ts';
import type { Schedules } from '../shared/schedules/schedules.ts';
import { armWake } from '../shared/schedules/wakes.ts';
import type { WatchedDeadline, WatchList } from '../shared/watch-list/watch-list.ts';

export interface Dependencies {
  readonly journal: Pick<Journal, 'load'>;
  readonly watchList: Pick<WatchList, 'page' | 'unheard'>;
  /** Wakes: what they are for is done by `record-fact`, so nothing is written from two places. */
  readonly schedules: Schedules;
  readonly routines: Routines;
  readonly clock: Clock;
  readonly log: Log;
}

const messageSchema = z.union([
  z.strictObject({ daily: z.literal(true) }),
  z.strictObject({ hourly: z.literal(true) }),
]);

/**
 * Finds what nobody thought of: a schedule that never fired, a row of the watch list that was not written, a bundle of notices
 * that never left, a mail of which nothing was heard. Each hour the limits that have just passed are looked at, each night every
 * case that has a limit ahead, a breach of late, or a mail that should have arrived. What it finds it has `record-fact` do by a
 * wake, which does no harm where nothing is wrong.
 */
export const createHandler = (deps: Dependencies) =>
  queueHandler(async (body) => ('daily' in messageSchema.parse(detailOf(body)) ? reconcile(deps) : sweep(deps)), {
    log: deps.log,
  });

/** So long after its limit an open deadline is overdue: its wake has come and gone. */
const SETTLED = Temporal.Duration.from({ minutes: 10 });
/** How far back a sweep looks, which comes each hour. */
const SWEPT = Temporal.Duration.from({ hours: 3 });

/**
 * A case of nobody, in which nothing is ever recorded. It is woken each hour, and an alarm from outside goes off when no wake
 * has come: then EventBridge Scheduler, the queue or `record-fact` stands still, however quiet the municipality is.
 */
export const CANARY = 'frist-canary';

const sweep = async (deps: Dependencies): Promise<void> => {
  const now = deps.clock();
  await armWake(deps.schedules, { case: CANARY, at: now }, now);
  const rows = await rowsOf(deps.watchList, 'open', now.subtract(SWEPT), now.subtract(SETTLED));
  const cases = [...new Set(rows.map((row) => row.case))];
  for (const subject of cases) await armWake(deps.schedules, { case: subject, at: now }, now);
  if (cases.length > 0) deps.log('RECONCILED', { overdue: cases.length });
};

/** How long after its limit a breach is followed: longer than any ladder of escalations. */
const FOLLOWED = Temporal.Duration.from({ hours: 24 * 60 });

const reconcile = async (deps: Dependencies): Promise<void> => {
  const now = deps.clock();
  const open = await rowsOf(deps.watchList, 'open');
  const breached = await rowsOf(deps.watchList, 'breached', now.subtract(FOLLOWED));
  const cases = Map.groupBy([...open, ...breached], (row) => row.case);
  for (const subject of await deps.watchList.unheard(now)) if (!cases.has(subject)) cases.set(subject, []);
  const mended = { armed: 0, rows: 0, notices: 0 };
  const failed: unknown[] = [];
  for (const [subject, rows] of cases) {
    try {
      await mend(subject, rows, mended, deps);
    } catch (error) {
      // The others are looked at all the same; then the whole is done again, which does no harm.
      deps.log('REQUEST_FAILED', traceOf(error));
      failed.push(error);
    }
  }
  deps.log('RECONCILED', { cases: cases.size, ...mended, failed: failed.length });
  if (failed.length > 0) throw new Error(`${String(failed.length)} cases could not be looked at`, { cause: failed[0] });
};

interface Mended {
  /** Wakes that were missing. */
  armed: number;
  /** Cases whose rows did not say what their journal says. */
  rows: number;
  /** Cases with notices that were not recorded, or that no mail to an officer followed, or with a mail that never arrived. */
  notices: number;
}

const mend = async (
  subject: string,
  rows: readonly WatchedDeadline[],
  mended: Mended,
  { journal, schedules, routines, clock }: Dependencies,
): Promise<void> => {
  const now = clock();
  const facts = await journal.load(subject);
  const view = viewDue(facts, routines, now);
  if (view.nextWake !== undefined && (await armWake(schedules, { case: subject, at: view.nextWake }, now)))
    mended.armed += 1;
  const unmailed = firstUnmailed(facts, now);
  const isDue =
    view.notices.length > 0 || overdueMails(view.subjects, now).overdue.length > 0 || unmailed !== undefined;
  const isStale = !saysTheSame(rows, view, now);
  if (isDue) mended.notices += 1;
  if (isStale) mended.rows += 1;
  if (isDue || isStale) {
    const at = unmailed ?? now;
    await armWake(schedules, { case: subject, at, ...(isStale && { anew: true as const }) }, now);
  }
};

/** Whether the rows that were read, of the limits that are open and the breaches of late, are those that the journal gives. */
const saysTheSame = (rows: readonly WatchedDeadline[], { deadlines }: CaseView, now: Temporal.Instant): boolean => {
  const since = now.subtract(FOLLOWED);
  const shown = rows.map(({ rule, about, due, status }) => `${rule} ${about} ${due} ${status}`);
  const wanted = deadlines
    .filter(
      ({ status, due }) => status === 'open' || (status === 'breached' && Temporal.Instant.compare(due, since) >= 0),
    )
    .map(({ rule, subject, due, status }) => `${rule.id} ${subject.id} ${formatInstant(due)} ${status}`);
  return shown.length === wanted.length && shown.toSorted().join('\n') === wanted.toSorted().join('\n');
};

/** Notices of the last days are looked at; older ones are not news any more. */
const NEWS = Temporal.Duration.from({ hours: 72 });
/** Notices of one moment leave together; their mail is in the journal this long after at the latest. */
const MAILED = Temporal.Duration.from({ minutes: 20 });

/**
 * From when on notices to officers may not have been mailed: fewer mails followed them than they were bundles. Which notices
 * are in a mail the journal does not say, so it may be any of those that came close to the one that no mail is left for; to
 * publish one again that was mailed does no harm.
 */
const firstUnmailed = (facts: readonly RecordedFact[], now: Temporal.Instant): Temporal.Instant | undefined => {
  const entries = facts
    .filter((fact) => isBundle(fact) || isToOfficers(fact))
    .map((fact) => ({ fact, at: Temporal.Instant.from(fact.recordedtime) }));
  const isBetween = (at: Temporal.Instant, from: Temporal.Instant, to: Temporal.Instant): boolean =>
    Temporal.Instant.compare(at, from) >= 0 && Temporal.Instant.compare(at, to) <= 0;
  const mails = entries.flatMap(({ fact, at }) => (isBundle(fact) ? [{ mail: fact.data.mail, at }] : []));
  const counted = new Set<string>();
  const gathered = new Set<string>();
  let [close, last]: [Temporal.Instant | undefined, Temporal.Instant | undefined] = [undefined, undefined];
  for (const { fact, at } of entries) {
    const bundle = isBetween(at, now.subtract(NEWS), now.subtract(MAILED)) ? bundleOf(fact, at) : undefined;
    if (bundle === undefined) continue;
    if (close === undefined || last === undefined || Temporal.Instant.compare(at, last.add(MAILED)) > 0) close = at;
    last = at;
    if (gathered.has(bundle)) continue;
    gathered.add(bundle);
    const its = mails.find(({ mail, at: noted }) => !counted.has(mail) && isBetween(noted, at, at.add(MAILED)));
    if (its === undefined) return close;
    counted.add(its.mail);
  }
  return undefined;
};

/** What is gathered with a notice to officers leaves with it: those to the same audience within minutes counted from their limit. */
const bundleOf = (fact: RecordedFact, at: Temporal.Instant): string | undefined => {
  if (!isToOfficers(fact)) return undefined;
  const { audience, due } = fact.data;
  return `${audience ?? ''} ${String(gatheredFrom(Temporal.Instant.from(due), at))}`;
};

const OFFICERS: ReadonlySet<string> = new Set(['officer', 'substitute', 'manager']);

const isToOfficers = (
  fact: RecordedFact,
): fact is Extract<RecordedFact, { readonly data: { readonly due: string; readonly audience?: string } }> =>
  NOTICE_NAMES.some((name) => name === nameOf(fact)) &&
  'audience' in fact.data &&
  OFFICERS.has(fact.data.audience ?? '');

/** Notices to officers leave in bundles. */
const isBundle = (
  fact: RecordedFact,
): fact is Extract<RecordedFact, { readonly data: { readonly mail: string; readonly audience: string } }> =>
  (fact.type === 'se.frist.mail.sent.v1' || fact.type === 'se.frist.mail.bounced.v1') &&
  bundledMail(fact.data.mail) !== undefined &&
  // To the common address go the alerts of bundles that did not arrive, and they hold no notice.
  fact.data.audience === 'officer';

/** A page of rows at a time, in the order of their limits. */
const PAGE = 200;

/** All rows of a status whose limits lie between two instants. */
const rowsOf = async (
  watchList: Pick<WatchList, 'page'>,
  status: 'open' | 'breached',
  from?: Temporal.Instant,
  before?: Temporal.Instant,
): Promise<readonly WatchedDeadline[]> => {
  const rows: WatchedDeadline[] = [];
  let after = from && `${sortable(from)}#`;
  for (;;) {
    const { deadlines, next } = await watchList.page({
      statuses: [status],
      limit: PAGE,
      ...(after !== undefined && { after }),
      ...(before !== undefined && { before: before.toString() }),
    });
    rows.push(...deadlines);
    if (next === undefined) return rows;
    after = next;
  }
};
