import { Temporal } from 'temporal-polyfill';
import { timeAfter, timeBefore } from '../calendar/limit.ts';
import type { Audience, Ladder, Routine, Rule, StepName } from '../routine/schema.ts';
import { quietAround, type QuietHours } from '../calendar/quiet.ts';
import { isA, type CaseFile, type Entry } from './case-file.ts';
import type { Deadline } from './deadlines.ts';

/** The facts that tell somebody about a deadline. */
export const NOTICE_NAMES = [
  'deadline.reminded',
  'deadline.breached',
  'deadline.escalated',
  'deadline.annulled',
] as const;

export type NoticeName = (typeof NOTICE_NAMES)[number];

/** Somebody is to be told about a deadline: a reminder, an alert, an escalation, or that an alert no longer holds. */
export interface Notice {
  readonly name: NoticeName;
  /** Which limit: a breach that was told is annulled also when its deadline is none any more. */
  readonly deadline: {
    readonly rule: Pick<Deadline['rule'], 'id'>;
    readonly subject: Pick<Deadline['subject'], 'kind' | 'id'>;
    readonly due: Temporal.Instant;
  };
  /** Who is told, as the routine's ladder says: `provider`, `officer`, `substitute`, `manager` … */
  readonly audience: string;
  /** The place in the ladder among notices of the name, from 1. */
  readonly step: number;
}

/** What is to be told now, and the next instant at which there may be more. */
export interface Due {
  readonly notices: readonly Notice[];
  readonly nextWake: Temporal.Instant | undefined;
}

/**
 * The notices that are due at an instant and not yet recorded among the case's facts (row B6): each step of the ladder at
 * most once to each of its audience, and an annulment for every recorded breach that is none any more.
 */
export const noticesDue = (deadlines: readonly Deadline[], file: CaseFile, at: Temporal.Instant): Due => {
  const recorded = new Recorded(file);
  // Two deadlines of one rule that end at the same moment (two changes on one day) are told of once.
  const notices = new Map<string, Notice>();
  let nextWake: Temporal.Instant | undefined;
  for (const deadline of deadlines) {
    const { due, later } = stepsOf(deadline, at);
    const unsaid = due.flatMap((step) => noticesOf(deadline, step)).filter((notice) => !recorded.has(notice));
    const held = unsaid.filter((notice) => isHeld(notice, deadline, at));
    for (const notice of unsaid)
      if (!held.includes(notice)) notices.set(noticeKey(notice.name, aboutIn(notice), notice.step), notice);
    for (const wake of [later, held.length === 0 ? undefined : deadline.snoozed?.until])
      if (wake !== undefined && (nextWake === undefined || Temporal.Instant.compare(wake, nextWake) < 0))
        nextWake = wake;
  }
  return { notices: [...notices.values(), ...annulments(deadlines, recorded)], nextWake };
};

/**
 * Reminders to the case officer's side wait until the end of a snooze. The provider is reminded as ever, and a breach and its
 * escalation wait for nothing.
 */
const isHeld = ({ name, audience }: Notice, { snoozed }: Deadline, at: Temporal.Instant): boolean =>
  name === 'deadline.reminded' &&
  OFFICE.has(audience) &&
  snoozed !== undefined &&
  Temporal.Instant.compare(at, snoozed.until) < 0;

const OFFICE: ReadonlySet<string> = new Set(['officer', 'substitute', 'manager']);

/** A step of a deadline's ladder. */
interface Step {
  readonly name: NoticeName;
  readonly step: number;
  readonly to: readonly Audience[];
}

/**
 * The steps that are due now, and when the next one will be. Of several reminders that are due only the latest are worth
 * sending; once the limit has passed, none is.
 */
const stepsOf = (deadline: Deadline, at: Temporal.Instant): { due: Step[]; later: Temporal.Instant | undefined } => {
  const { status, closed, ended, due } = deadline;
  const ladder = ladderOf(deadline);
  const isDue = (moment: Temporal.Instant): boolean => Temporal.Instant.compare(at, moment) >= 0;
  if (status === 'open') {
    const reminders = remindersOf(deadline, ladder);
    const latest = reminders.findLast(({ moment }) => isDue(moment))?.moment;
    const next = reminders.find(({ moment }) => !isDue(moment))?.moment;
    return {
      due: reminders.filter(({ moment }) => latest?.equals(moment)).map(({ step }) => step),
      later: next ?? (isDue(due) ? undefined : due),
    };
  }
  if (status !== 'breached') return { due: [], later: undefined };
  const alert: Step = { name: 'deadline.breached', step: 1, to: ladder.alert ?? [] };
  if (closed !== undefined || ended !== undefined) return { due: [alert], later: undefined };
  const escalations = (ladder.escalate ?? [])
    .map(({ after, to }, index) => ({
      moment: timeAfter(due, after),
      step: { name: 'deadline.escalated' as const, step: index + 1, to },
    }))
    .toSorted((a, b) => Temporal.Instant.compare(a.moment, b.moment));
  return {
    due: [alert, ...escalations.filter(({ moment }) => isDue(moment)).map(({ step }) => step)],
    later: escalations.find(({ moment }) => !isDue(moment))?.moment,
  };
};

/** The reminders before a limit, in order of time. That of a soft rule comes at the limit itself. */
const remindersOf = (
  { rule, opened, due }: Deadline,
  ladder: Ladder,
): { readonly moment: Temporal.Instant; readonly step: Step }[] => {
  const before = (ladder.remind ?? []).map(({ before: within, to }) => ({ moment: timeBefore(due, within), to }));
  const atLimit = rule.kind === 'soft' ? [{ moment: due, to: ['owner', 'officer'] as const }] : [];
  const quiet = quietOf(ladder, 'remind');
  return [...before, ...atLimit]
    .map(({ moment, to }, index) => ({ moment, step: { name: 'deadline.reminded' as const, step: index + 1, to } }))
    .filter(({ moment }) => Temporal.Instant.compare(moment, opened) > 0)
    .flatMap(({ moment, step }) => {
      const awake = quiet === undefined ? moment : outOfQuiet(quiet, moment, opened, due);
      return awake === undefined ? [] : [{ moment: awake, step }];
    })
    .toSorted((a, b) => Temporal.Instant.compare(a.moment, b.moment));
};

/**
 * A reminder that would fall in quiet hours comes when they begin, so that it still comes before the limit; one whose time
 * began in them when they end, unless the limit has passed by then. What comes at the limit itself waits until they end.
 */
const outOfQuiet = (
  quiet: QuietHours,
  moment: Temporal.Instant,
  opened: Temporal.Instant,
  due: Temporal.Instant,
): Temporal.Instant | undefined => {
  const around = quietAround(quiet, moment);
  if (around === undefined) return moment;
  if (moment.equals(due)) return around.to;
  if (Temporal.Instant.compare(around.from, opened) > 0) return around.from;
  return Temporal.Instant.compare(around.to, due) < 0 ? around.to : undefined;
};

/** A rule's own steps replace the routine's of the same kind. */
const ladderOf = ({ rule, routine }: { readonly rule: Rule; readonly routine: Routine }): Ladder => ({
  ...routine.ladder,
  ...rule.ladder,
});

/** The hours in which a step of a rule's ladder keeps quiet, if there are any. */
export const quietHours = (rule: Rule, routine: Routine, step: StepName): QuietHours | undefined =>
  quietOf(ladderOf({ rule, routine }), step);

const quietOf = ({ quiet }: Ladder, step: StepName): QuietHours | undefined =>
  quiet === undefined || quiet === false || !quiet.holds.includes(step) ? undefined : quiet;

const noticesOf = (deadline: Deadline, { name, step, to }: Step): Notice[] =>
  [...new Set(to.map((audience) => (audience === 'owner' ? deadline.rule.owner : audience)))].map((audience) => ({
    name,
    deadline,
    audience,
    step,
  }));

/** Every breach that was told and is none any more is annulled to the one who was told. */
const annulments = (deadlines: readonly Deadline[], recorded: Recorded): Notice[] =>
  recorded.unannulledBreaches().flatMap(({ rule: id, kind, about, due, audience }) => {
    const stands = deadlines.some(
      ({ rule, subject, status, due: its }) =>
        rule.id === id && subject.id === about && status === 'breached' && its.equals(due),
    );
    if (stands) return [];
    // The deadline may count from another instant by now, or be gone: what is annulled is the breach as it was told.
    const deadline = { rule: { id }, subject: { kind, id: about }, due };
    return [{ name: 'deadline.annulled' as const, deadline, audience, step: 1 }];
  });

/** A notice as facts tell of it; `audience` is empty when they name none. */
interface RecordedNotice {
  readonly rule: string;
  readonly kind: Notice['deadline']['subject']['kind'];
  readonly about: string;
  readonly due: Temporal.Instant;
  readonly audience: string;
}

/** The notices that stand among the facts of a case. */
class Recorded {
  readonly #counts = new Map<string, number>();
  readonly #breaches: RecordedNotice[] = [];

  constructor(file: CaseFile) {
    for (const entry of file.entries) this.#note(entry);
  }

  /** Whether a notice was recorded. A recorded one that names no audience or step stands for all of them. */
  has(notice: Notice): boolean {
    const about = aboutIn(notice);
    if (notice.name === 'deadline.breached') return this.#standing(about) > 0;
    return [notice.step, undefined].some((step) => this.#told(notice.name, about, step) > 0);
  }

  /** Breaches that were told and not annulled since, one for each audience: the case officer where they name none. */
  unannulledBreaches(): RecordedNotice[] {
    const named = this.#breaches.map((breach) => ({ ...breach, audience: breach.audience || 'officer' }));
    const byKey = new Map(named.map((breach) => [noticeKey('deadline.breached', breach), breach]));
    return [...byKey.values()].filter((breach) => this.#standing(breach) > 0);
  }

  /** How many more times a breach was told than annulled. */
  #standing(about: RecordedNotice): number {
    return this.#told('deadline.breached', about) - this.#told('deadline.annulled', about);
  }

  #told(name: NoticeName, about: RecordedNotice, step?: number): number {
    const count = (audience: string): number => this.#counts.get(noticeKey(name, { ...about, audience }, step)) ?? 0;
    return count(about.audience) + count('');
  }

  #note(entry: Entry): void {
    for (const name of NOTICE_NAMES) {
      if (!isA(entry, name)) continue;
      const { order, switch: change, decision, rule, due, audience, step } = entry.fact.data;
      const [kind, about] = namedBy({ order, change, decision });
      const notice = { rule, kind, about, due: Temporal.Instant.from(due), audience: audience ?? '' };
      // A breach is told once to each; the steps tell reminders and escalations apart.
      const onLadder = name === 'deadline.reminded' || name === 'deadline.escalated';
      const key = noticeKey(name, notice, onLadder ? step : undefined);
      this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1);
      if (name === 'deadline.breached') this.#breaches.push(notice);
    }
  }
}

interface Named {
  readonly order: string | undefined;
  readonly change: string | undefined;
  readonly decision: string | undefined;
}

/** A notice names one of them. */
const namedBy = ({ order, change, decision = '' }: Named): readonly ['order' | 'switch' | 'decision', string] => {
  if (order !== undefined) return ['order', order];
  return change === undefined ? ['decision', decision] : ['switch', change];
};

const aboutIn = ({ deadline: { rule, subject, due }, audience }: Notice): RecordedNotice => ({
  rule: rule.id,
  kind: subject.kind,
  about: subject.id,
  due,
  audience,
});

const noticeKey = (name: NoticeName, { rule, about, due, audience }: RecordedNotice, step?: number): string =>
  [name, rule, about, due.epochNanoseconds, audience, step ?? ''].join('\n');
