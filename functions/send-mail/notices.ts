import { Temporal } from 'temporal-polyfill';
import { quietAround } from '../../domain/calendar/quiet.ts';
import { isA } from '../../domain/case/case-file.ts';
import { providerOf } from '../../domain/case/owner.ts';
import type { Deadline } from '../../domain/case/deadlines.ts';
import { NOTICE_NAMES, quietHours, type NoticeName } from '../../domain/case/notices.ts';
import { officerOf } from '../../domain/case/officer.ts';
import type { Subject } from '../../domain/case/subjects.ts';
import { viewCase, type CaseView } from '../../domain/case/view.ts';
import type { Routine, Rule, StepName } from '../../domain/routine/schema.ts';
import { nameOf, type Fact, type FactOf } from '../../events/catalogue.ts';
import { digest, type RecordedFact } from '../shared/facts.ts';
import { inParts } from '../shared/in-parts.ts';
import { GATHERED_MS, gatheredFrom, mailOf, type Bundles } from '../shared/mail/bundles.ts';
import { readOnce } from '../shared/registers/read-once.ts';
import { minuteAtOrAfter, minuteName } from '../shared/schedules/minute.ts';
import type { Schedules } from '../shared/schedules/schedules.ts';
import { noticesLetter, type NoticeEntry } from './letters.ts';
import { addressOf, recipientFor, recipientNamed, type People } from '../shared/mail/people.ts';
import { sendOnce, type Sending } from '../shared/mail/sending.ts';

/** What telling notices takes. */
export interface Bundling extends Sending, People {
  readonly outbox: Sending['outbox'] & Bundles;
  readonly schedules: Schedules;
  /** Where people reach the web, without a slash at the end. */
  readonly publicUrl: string;
  readonly viewOf: (caseNumber: string) => Promise<CaseView>;
}

export type NoticeFact = RecordedFact & FactOf<NoticeName>;

/**
 * Puts a notice in the bundle of its recipient and moment: all that is recorded within three minutes of a moment leaves
 * together at their end. Reminders, alerts and escalations come whole hours from their limit, so these minutes are counted
 * from it, and an alert leaves within five minutes of its limit, unless its routine has it wait for the end of quiet hours.
 */
export const bundleNotice = async (fact: NoticeFact, view: CaseView, deps: Bundling): Promise<void> => {
  const entry = `${String(fact.sequence)}#${fact.subject}`;
  const leaves = leavesAt(fact, view);
  for (const recipient of await recipientsOf(fact, view, deps))
    for (let at = leaves; ; at = at.add({ minutes: 1 })) {
      const bundle = `bundle#${recipient}#${minuteName(at)}`;
      if ((await deps.outbox.add(bundle, entry)) === 'closed') continue;
      await scheduleBundle({ id: bundle, recipient }, at, deps);
      break;
    }
};

const leavesAt = (fact: NoticeFact, view: CaseView): Temporal.Instant => {
  const moment = Temporal.Instant.fromEpochMilliseconds(
    gatheredFrom(Temporal.Instant.from(fact.data.due), Temporal.Instant.from(fact.recordedtime)),
  );
  const { rule, routine } = ruleOf(fact, view);
  const step = HELD_WITH[nameOf(fact) as NoticeName];
  const quiet = rule && routine && step && quietHours(rule, routine, step);
  return minuteAtOrAfter((quiet && quietAround(quiet, moment)?.to) ?? moment.add({ milliseconds: GATHERED_MS }));
};

/** The step of the ladder whose quiet hours a notice keeps. Reminders came before them; an alert that holds no more waits with it. */
const HELD_WITH: Readonly<Record<NoticeName, StepName | undefined>> = {
  'deadline.reminded': undefined,
  'deadline.breached': 'alert',
  'deadline.escalated': 'escalate',
  'deadline.annulled': 'alert',
};

/**
 * Scheduler takes no time that has passed, so a bundle is scheduled as far ahead as a request with its retries takes. Much more
 * would be a minute too late for a notice that is recorded as late as one may be.
 */
const ARMING = Temporal.Duration.from({ seconds: 20 });

const scheduleBundle = async (
  bundle: { readonly id: string; readonly recipient: string },
  at: Temporal.Instant,
  deps: Bundling,
): Promise<void> => {
  const soonest = minuteAtOrAfter(deps.clock().add(ARMING));
  const when = Temporal.Instant.compare(at, soonest) > 0 ? at : soonest;
  await deps.schedules.create(`mail-${digest(bundle.id).slice(0, 24)}-${minuteName(when)}`, when, { bundle });
};

export const sendBundle = async (
  { id, recipient }: { readonly id: string; readonly recipient: string },
  deps: Bundling,
): Promise<void> => {
  let entries: Promise<readonly NoticeEntry[]> | undefined;
  // Read once the claim has closed the bundle, so this is all that will ever be in it.
  const told = async () => (entries ??= entriesIn(id, recipient, deps));
  await sendOnce(
    {
      key: mailOf(id),
      to: await addressOf(recipient, deps),
      // In the order of their numbers, so that the same case hears what becomes of the mail however its facts came.
      about: async () =>
        [...new Set((await told()).map((entry) => entry.case))].toSorted().map((one) => ({ case: one })),
      audience: 'officer',
      compose: async () => {
        const [first, ...others] = await told();
        return first && noticesLetter([first, ...others], `${deps.publicUrl}/watch`, deps.clock());
      },
    },
    deps,
  );
};

const entriesIn = async (id: string, recipient: string, deps: Bundling): Promise<readonly NoticeEntry[]> => {
  const entries = await entriesOf((await deps.outbox.entries(id)).map(readEntry), recipient, deps);
  if (entries.length === 0) throw new TypeError('the bundle holds nothing');
  return entries.filter((entry) => isStillTrue(entry, entries)).map(({ entry }) => entry);
};

/**
 * Whether a notice is worth telling when its bundle leaves, which can be a night later: a reminder or an escalation of what
 * is not done yet, and an alert unless it is taken back in the same mail, and then neither.
 */
const isStillTrue = ({ entry, deadline }: Found, all: readonly Found[]): boolean => {
  const isWith = (name: NoticeName): boolean =>
    all.some(
      ({ entry: other }) =>
        other.name === name &&
        other.case === entry.case &&
        other.about === entry.about &&
        other.due === entry.due &&
        other.duty === entry.duty,
    );
  switch (entry.name) {
    case 'deadline.reminded':
      return deadline?.status === 'open';
    case 'deadline.escalated':
      return deadline?.status === 'breached' && deadline.closed === undefined && deadline.ended === undefined;
    case 'deadline.breached':
      return !isWith('deadline.annulled');
    case 'deadline.annulled':
      return !isWith('deadline.breached');
  }
};

/** A notice, with its deadline as it stands. */
interface Found {
  readonly entry: NoticeEntry;
  readonly deadline: Deadline | undefined;
}

/** A notice in a bundle: the place of its fact in its case's journal. */
const readEntry = (entry: string): { readonly case: string; readonly sequence: number } => {
  const hash = entry.indexOf('#');
  return { case: entry.slice(hash + 1), sequence: Number(entry.slice(0, hash)) };
};

const entriesOf = async (
  notices: readonly { readonly case: string; readonly sequence: number }[],
  recipient: string,
  deps: Bundling,
): Promise<Found[]> => {
  const known = { ...deps, registers: readOnce(deps.registers) };
  const found = await inParts([...Map.groupBy(notices, (notice) => notice.case)], async ([subject, its]) => {
    const view = await known.viewOf(subject);
    const facts = its.flatMap(
      ({ sequence }) => view.file.entries.find(({ fact }) => fact.sequence === sequence)?.fact ?? [],
    );
    return Promise.all(facts.filter(isNotice).map(async (fact) => entryOf(fact, view, recipient, known)));
  });
  return found.flat();
};

const isNotice = (fact: Fact): fact is FactOf<NoticeName> => NOTICE_NAMES.some((name) => name === nameOf(fact));

const entryOf = async (fact: FactOf<NoticeName>, view: CaseView, recipient: string, deps: Bundling): Promise<Found> => {
  const { rule: id, due } = fact.data;
  const about = aboutOf(fact);
  const { rule, deadline, subject } = ruleOf(fact, view);
  const entry = {
    name: nameOf(fact) as NoticeName,
    case: fact.subject,
    about,
    due,
    duty: rule?.duty ?? id,
    who: await whoActs(rule?.owner ?? 'provider', subject, view, recipient, deps),
    row: rule?.row ?? '',
  };
  return { entry, deadline };
};

/** Who is to act. Whoever stands in for the case officer, or is told that nothing is done, reads whose task it is. */
const whoActs = async (
  owner: Rule['owner'],
  subject: Subject | undefined,
  { file }: CaseView,
  recipient: string,
  { registers }: Bundling,
): Promise<string> => {
  if (owner === 'officer') {
    const officer = officerOf(subject, file);
    return officer !== undefined && recipientNamed(officer) === recipient ? 'Du' : 'Handläggaren';
  }
  const provider = providerOf(owner, subject, file);
  return provider === undefined ? 'Utföraren' : ((await registers.find('provider', provider))?.name ?? provider);
};

/** The rule that a notice is of. Of a limit that is none any more, the routine still says what it was for. */
const ruleOf = (
  fact: FactOf<NoticeName>,
  view: CaseView,
): {
  readonly rule: Rule | undefined;
  readonly routine: Routine | undefined;
  readonly deadline: Deadline | undefined;
  readonly subject: Subject | undefined;
} => {
  const about = aboutOf(fact);
  const subject = view.subjects.find(({ id }) => id === about);
  const its = view.deadlines.filter((known) => known.rule.id === fact.data.rule && known.subject.id === about);
  // A rule that repeats has several: the one of this very limit, or else any, for what it was about.
  const due = Temporal.Instant.from(fact.data.due);
  const deadline = its.find((known) => known.due.equals(due)) ?? its[0];
  const routine = deadline?.routine ?? subject?.routine;
  const rule = deadline?.rule ?? routine?.rules.find(({ id }) => id === fact.data.rule);
  return { rule, routine, deadline, subject };
};

/**
 * Whose bundles a notice belongs in: an officer's, or the municipality's common one when nobody is registered. Who acts for
 * whom follows from what was known when the notice was recorded, and for an annulment when its alert was: so the same person
 * is told however often and however late, and whoever was alerted, or told further since, hears that the alert no longer
 * holds, as does who acts now.
 */
const recipientsOf = async (fact: NoticeFact, view: CaseView, deps: Bundling): Promise<Set<string>> => {
  const { audience } = fact.data;
  const alert = fact.type === 'se.frist.deadline.annulled.v1' ? alertOf(fact, view) : undefined;
  const known = knownAt((alert ?? fact).sequence, view, deps);
  const officer = officerOf(ruleOf(fact, known).subject, known.file);
  const standsBy = audience === 'substitute' || audience === 'manager';
  const person =
    standsBy && officer !== undefined ? (await deps.registers.find('officer', officer))?.[audience] : officer;
  const recipients = new Set<string>();
  for (const { recordedtime } of alert === undefined ? [fact] : [alert, fact])
    recipients.add(await recipientFor(person, Temporal.Instant.from(recordedtime), deps));
  if (alert !== undefined && audience === 'officer')
    for (const escalation of toldBefore(fact, 'deadline.escalated', view))
      if (escalation.sequence > alert.sequence)
        for (const recipient of await recipientsOf(escalation, view, deps)) recipients.add(recipient);
  return recipients;
};

const knownAt = (sequence: number, view: CaseView, { municipality, clock }: Bundling): CaseView => {
  const facts = view.file.entries.map((entry) => entry.fact);
  const known = facts.filter((fact) => (fact.sequence ?? 0) <= sequence);
  return known.length === facts.length ? view : viewCase(known, municipality.routines, clock());
};

/** The alert that an annulment takes back: the last one like it before it. */
const alertOf = (fact: NoticeFact, view: CaseView): NoticeFact | undefined =>
  toldBefore(fact, 'deadline.breached', view).findLast(({ data }) => data.audience === fact.data.audience);

/** What was told under a name of the limit of a notice before it, as recorded. */
const toldBefore = (fact: NoticeFact, name: NoticeName, { file }: CaseView): NoticeFact[] => {
  const { rule, due } = fact.data;
  return file.entries
    .flatMap((entry) =>
      isA(entry, name) &&
      entry.fact.data.rule === rule &&
      entry.fact.data.due === due &&
      aboutOf(entry.fact) === aboutOf(fact)
        ? // Everything in a journal is recorded.
          [entry.fact as NoticeFact]
        : [],
    )
    .filter(({ sequence }) => sequence < fact.sequence)
    .toSorted((a, b) => a.sequence - b.sequence);
};

const aboutOf = ({ data }: FactOf<NoticeName>): string => data.order ?? data.switch ?? data.decision ?? '';
