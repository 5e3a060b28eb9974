import { Temporal } from 'temporal-polyfill';
import { NOTICE_NAMES, type NoticeName } from '../../domain/case/notices.ts';
import { isA } from '../../domain/case/case-file.ts';
import { viewCase, type CaseView } from '../../domain/case/view.ts';
import { nameOf, type Fact, type FactOf } from '../../events/catalogue.ts';
import { digest, type RecordedFact } from '../shared/facts.ts';
import { mailOf, type Bundles } from '../shared/mail/bundles.ts';
import { minuteAtOrAfter, minuteName } from '../shared/schedules/minute.ts';
import type { Schedules } from '../shared/schedules/schedules.ts';
import { noticesLetter, type NoticeEntry } from './letters.ts';
import { COMMON, addressOf, recipientNamed, type People } from './people.ts';
import { sendOnce, type Sending } from './sending.ts';

/** What telling notices takes. */
export interface Bundling extends Sending, People {
  readonly outbox: Sending['outbox'] & Bundles;
  readonly schedules: Schedules;
  readonly viewOf: (caseNumber: string) => Promise<CaseView>;
}

export type NoticeFact = RecordedFact & FactOf<NoticeName>;

/**
 * Puts a notice in the bundle of its recipient and moment: all that is recorded within three minutes of a moment leaves
 * together at their end. Reminders, alerts and escalations come whole hours from their limit, so these minutes are counted
 * from it, and an alert leaves within five minutes of its limit.
 */
export const bundleNotice = async (fact: NoticeFact, view: CaseView, deps: Bundling): Promise<void> => {
  const recipient = await recipientOf(fact, viewToldBy(fact, view, deps), deps);
  const entry = `${String(fact.sequence)}#${fact.subject}`;
  for (let at = endOfMoment(fact); ; at = at.add({ minutes: 1 })) {
    const bundle = `bundle#${recipient}#${minuteName(at)}`;
    if ((await deps.outbox.add(bundle, entry)) === 'closed') continue;
    await scheduleBundle({ id: bundle, recipient }, at, deps);
    return;
  }
};

/** How long the notices of one moment are gathered: the spread of the wakes, and as late as one may be. */
const GATHERED = Temporal.Duration.from({ minutes: 3 }).total('milliseconds');

const endOfMoment = ({ recordedtime, data }: NoticeFact): Temporal.Instant => {
  const due = Temporal.Instant.from(data.due).epochMilliseconds;
  const since = Temporal.Instant.from(recordedtime).epochMilliseconds - due;
  const end = due + (Math.floor(since / GATHERED) + 1) * GATHERED;
  return minuteAtOrAfter(Temporal.Instant.fromEpochMilliseconds(end));
};

const scheduleBundle = async (
  bundle: { readonly id: string; readonly recipient: string },
  at: Temporal.Instant,
  deps: Bundling,
): Promise<void> => {
  const soonest = minuteAtOrAfter(deps.clock().add({ minutes: 1 }));
  const when = Temporal.Instant.compare(at, soonest) > 0 ? at : soonest;
  await deps.schedules.create(`mail-${digest(bundle.id).slice(0, 24)}-${minuteName(when)}`, when, { bundle });
};

export const sendBundle = async (
  { id, recipient }: { readonly id: string; readonly recipient: string },
  deps: Bundling,
): Promise<void> => {
  const notices = async () => (await deps.outbox.entries(id)).map(readEntry);
  await sendOnce(
    {
      key: mailOf(id),
      to: await addressOf(recipient, deps),
      about: async () => (await notices()).map(({ case: subject }) => ({ case: subject })),
      audience: 'officer',
      // The claim has closed the bundle, so this is all that will ever be in it.
      compose: async () => noticesLetter(await entriesOf(await notices(), deps), deps.clock()),
    },
    deps,
  );
};

/** A notice in a bundle: the place of its fact in its case's journal. */
const readEntry = (entry: string): { readonly case: string; readonly sequence: number } => {
  const hash = entry.indexOf('#');
  return { case: entry.slice(hash + 1), sequence: Number(entry.slice(0, hash)) };
};

const entriesOf = async (
  notices: readonly { readonly case: string; readonly sequence: number }[],
  deps: Bundling,
): Promise<NoticeEntry[]> => {
  const entries: NoticeEntry[] = [];
  for (const [subject, its] of Map.groupBy(notices, (notice) => notice.case)) {
    const view = await deps.viewOf(subject);
    for (const { sequence } of its) {
      const fact = view.file.entries.find((entry) => entry.fact.sequence === sequence)?.fact;
      if (fact !== undefined && isNotice(fact)) entries.push(await entryOf(fact, view, deps));
    }
  }
  return entries;
};

const isNotice = (fact: Fact): fact is FactOf<NoticeName> => NOTICE_NAMES.some((name) => name === nameOf(fact));

const entryOf = async (fact: FactOf<NoticeName>, view: CaseView, deps: Bundling): Promise<NoticeEntry> => {
  const { rule, due } = fact.data;
  const about = aboutOf(fact);
  const deadline = view.deadlines.find((known) => known.rule.id === rule && known.subject.id === about);
  const subject = view.subjects.find(({ id }) => id === about);
  // Of a limit that is none any more, the routine still says what it was for.
  const known = deadline?.rule ?? subject?.routine?.rules.find(({ id }) => id === rule);
  const provider = subject?.circumstances.provider;
  return {
    name: nameOf(fact) as NoticeName,
    case: fact.subject,
    about,
    due,
    duty: known?.duty ?? rule,
    owner: known?.owner ?? 'provider',
    provider: provider === undefined ? '' : ((await deps.registers.find('provider', provider))?.name ?? provider),
    row: known?.row ?? '',
  };
};

/** Whose bundle a notice belongs in: an officer's, or the municipality's common one when nobody is registered. */
const recipientOf = async (fact: NoticeFact, view: CaseView, deps: Bundling): Promise<string> => {
  const about = aboutOf(fact);
  const subject = view.subjects.find(({ id }) => id === about);
  const officer = subject?.orders.findLast(({ sent }) => sent !== undefined)?.sent?.fact.data.officer;
  if (officer === undefined) return COMMON;
  const { audience } = fact.data;
  if (audience !== 'substitute' && audience !== 'manager') return recipientNamed(officer);
  const other = (await deps.registers.find('officer', officer))?.[audience];
  return other === undefined ? COMMON : recipientNamed(other);
};

/**
 * What was known when a notice was recorded, and for an annulment when its alert was: who is told follows from that alone. So
 * the same person is told however often and however late, and whoever was alerted hears that the alert no longer holds.
 */
const viewToldBy = (fact: NoticeFact, view: CaseView, { municipality, clock }: Bundling): CaseView => {
  const upTo = fact.type === 'se.frist.deadline.annulled.v1' ? alertOf(fact, view) : fact.sequence;
  const facts = view.file.entries.map((entry) => entry.fact);
  const known = facts.filter(({ sequence = 0 }) => sequence <= upTo);
  return known.length === facts.length ? view : viewCase(known, municipality.routines, clock());
};

/** The place in the journal of the alert that a notice annuls: the last one like it before it. */
const alertOf = (fact: NoticeFact, { file }: CaseView): number => {
  const { rule, due, audience } = fact.data;
  const alerts = file.entries.flatMap((entry) =>
    isA(entry, 'deadline.breached') &&
    entry.fact.data.rule === rule &&
    entry.fact.data.due === due &&
    entry.fact.data.audience === audience &&
    aboutOf(entry.fact) === aboutOf(fact)
      ? (entry.fact.sequence ?? 0)
      : [],
  );
  const before = alerts.filter((sequence) => sequence < fact.sequence);
  return before.length === 0 ? fact.sequence : Math.max(...before);
};

const aboutOf = ({ data }: FactOf<NoticeName>): string => data.order ?? data.switch ?? data.decision ?? '';
