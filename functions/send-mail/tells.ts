import type { Temporal } from 'temporal-polyfill';
import { isA, keyOf, type Entry, type OrderFile } from '../../domain/case/case-file.ts';
import { switchDay } from '../../domain/case/periods.ts';
import { providerOf } from '../../domain/case/owner.ts';
import { inScope, meets, saidBy, type Circumstances, type Subject } from '../../domain/case/subjects.ts';
import type { CaseView } from '../../domain/case/view.ts';
import { dayOfDate } from '../../domain/calendar/stockholm.ts';
import { sayDay, yearAt } from '../../domain/calendar/swedish.ts';
import type { Place } from '../../domain/routine/places.ts';
import { commonRoutine } from '../../domain/routine/routines.ts';
import type { Tell } from '../../domain/routine/schema.ts';
import { nameOf, type FactOf } from '../../events/catalogue.ts';
import type { RecordedFact } from '../shared/facts.ts';

/** A mail that a routine asks for: to whom, about what, and what it says. */
export interface Told {
  readonly to: Tell['to'][number];
  readonly subject: Subject;
  readonly says: string;
}

/**
 * Whom a recorded fact is told to, by the routine of what it is about and by what holds beside every routine: each
 * audience once, by the first that names it.
 */
export const toldOf = (fact: RecordedFact, view: CaseView): Told[] => {
  const told = new Map<string, Told>();
  for (const subject of subjectsOf(fact, view)) {
    const tells = [...(subject.routine?.tells ?? []), ...(commonRoutine.tells ?? [])];
    const circumstances = { ...subject.circumstances, consent: hasConsent(subject, view) };
    for (const tell of tells.filter((one) => holds(one, fact, circumstances)))
      for (const to of tell.to) {
        // An order of days and nights has two providers, and each is told (row L2).
        const whom = to === 'provider' ? `${to} ${subject.circumstances.provider ?? ''}` : to;
        if (!told.has(whom) && !saidItself(to, fact)) told.set(whom, { to, subject, says: tell.says });
      }
  }
  return [...told.values()];
};

/** Nobody is told what they said themselves. */
const saidItself = (to: Tell['to'][number], fact: RecordedFact): boolean =>
  fact.type === 'se.frist.switch.dateAgreed.v1' && fact.data.by === to;

/** Consent that the order did not hold is on record once the task to obtain it is ticked off (row L1). */
const hasConsent = (subject: Subject, view: CaseView): boolean =>
  subject.circumstances.consent || consentTickedOff(subject, view);

const consentTickedOff = (subject: Subject, { tasks, file }: CaseView): boolean =>
  tasks.some(
    (task) =>
      task.subject === subject &&
      task.rule.for?.consent === false &&
      file.entries.some((entry) => isA(entry, 'task.done') && entry.fact.data.task === task.id),
  );

/**
 * The facts that were recorded before what they are about was known, and which this fact makes known: an order, what was
 * said of it and of a switch from it; a switch, what was said of it. That an order is recalled which nobody was sent is no
 * news.
 */
export const waitedFor = (fact: RecordedFact, { file }: CaseView): RecordedFact[] => {
  const orders = [...file.orders.values()].filter(({ sent, oral }) => [sent, oral].some((entry) => isOf(entry, fact)));
  const known = new Set(orders.filter((order) => firstKnown(order) === fact.sequence).map(({ id }) => id));
  const sent = new Set(orders.filter(({ sent: written }) => isOf(written, fact)).map(({ id }) => id));
  const switches = [...file.switches.values()].filter(
    ({ requested }) => isOf(requested, fact) || sent.has(requested?.fact.data.from ?? ''),
  );
  const entries = [...orders.filter(({ id }) => known.has(id)), ...switches].flatMap((one) => one.entries);
  return [...new Map(entries.map((entry) => [keyOf(entry.fact), entry.fact as RecordedFact])).values()].filter(
    (earlier) => earlier.sequence < fact.sequence && earlier.type !== 'se.frist.order.recalled.v1',
  );
};

const isOf = (entry: Entry | undefined, fact: RecordedFact): boolean =>
  entry !== undefined && keyOf(entry.fact) === keyOf(fact);

/** The place in the journal from which on an order was known, orally or in writing. */
const firstKnown = ({ sent, oral }: OrderFile): number =>
  Math.min(...[sent, oral].map((entry) => entry?.fact.sequence ?? Infinity));

/** The order that was sent without consent and has it by the ticking off of a task. */
export const orderWithConsentBy = ({ data }: FactOf<'task.done'>, view: CaseView): RecordedFact | undefined => {
  const subject = view.tasks.find(({ id }) => id === data.task)?.subject;
  const sent = subject?.kind === 'order' && consentTickedOff(subject, view) ? subject.orders[0]?.sent : undefined;
  // Everything in a journal is recorded.
  return sent?.fact as RecordedFact | undefined;
};

const holds = (tell: Tell, fact: RecordedFact, circumstances: Circumstances): boolean =>
  tell.on === nameOf(fact) &&
  inScope(tell.for, circumstances) &&
  (tell.by === undefined || tell.by === saidBy(fact)) &&
  meets(tell.when, fact);

/** What a fact is about: an order or a switch, and a service only when it is about neither. */
const subjectsOf = (fact: RecordedFact, { subjects }: CaseView): Subject[] => {
  const having = subjects.filter(({ entries }) => entries.some((entry) => keyOf(entry.fact) === keyOf(fact)));
  const precise = having.filter(({ kind }) => kind === 'order' || kind === 'switch');
  return precise.length > 0 ? precise : having.filter(({ kind }) => kind === 'service');
};

/** The id of the provider that a fact is about: of the mails to the two of a switch, the one that the mail was to. */
export const providerIn = ({ data }: RecordedFact, subject: Subject, { file }: CaseView): string | undefined =>
  providerOf('audience' in data && data.audience === 'incoming' ? 'incoming' : 'provider', subject, file);

/** Puts names and days in the places that a routine's words leave for them. */
export const fillIn = (
  says: string,
  {
    fact,
    subject,
    view,
    provider,
    now,
  }: {
    readonly fact: RecordedFact;
    readonly subject: Subject;
    readonly view: CaseView;
    readonly provider: (id: string | undefined) => { readonly name: string; readonly mail?: string | undefined };
    readonly now: Temporal.Instant;
  },
): string => {
  const change = subject.kind === 'switch' ? view.file.switches.get(subject.id) : undefined;
  const day = change && switchDay(change, view.deadlines);
  const date = dateIn(fact);
  const incoming = provider(change?.requested?.fact.data.toProvider);
  const places: Readonly<Record<Place, string>> = {
    provider: provider(providerIn(fact, subject, view)).name,
    incoming: incoming.name,
    incomingContact: incoming.mail ?? 'förmedlas av handläggaren',
    leaving: provider(change?.leaving?.sent?.fact.data.provider).name,
    date: date === undefined ? '' : sayDay(dayOfDate(date), yearAt(now)),
    day: day === undefined ? 'den dag ni kommer överens om' : sayDay(day, yearAt(now)),
    documentation: documentationIn(fact),
  };
  return says
    .replaceAll(/\{(\w+)\}/gu, (whole, name: string) => (isPlace(name, places) ? places[name] : whole))
    .trimEnd();
};

const isPlace = (name: string, places: object): name is Place => Object.hasOwn(places, name);

const dateIn = ({ data }: RecordedFact): string | undefined => {
  if ('date' in data) return data.date;
  return 'on' in data ? data.on : undefined;
};

/** What the client said of handing the documentation over (row H14). */
const documentationIn = (fact: RecordedFact): string => {
  const consent = fact.type === 'se.frist.switch.dateAgreed.v1' ? fact.data.documentationConsent : undefined;
  if (consent === undefined) return '';
  return consent
    ? 'Den enskilde vill att dokumentationen lämnas över.'
    : 'Den enskilde vill inte att dokumentationen lämnas över.';
};
