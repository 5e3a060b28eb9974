import { Temporal } from 'temporal-polyfill';
import { isOwed } from '../../domain/case/owed.ts';
import { inScope } from '../../domain/case/subjects.ts';
import type { CaseView } from '../../domain/case/view.ts';
import type { NoticeName } from '../../domain/case/notices.ts';
import { capital, sayLimit, yearAt } from '../../domain/calendar/swedish.ts';
import type { FactName } from '../../events/catalogue.ts';
import type { SwitchFile } from '../../domain/case/case-file.ts';
import type { RecordedFact } from '../shared/facts.ts';
import { letter, type Letter } from '../shared/mail/letter.ts';

/*
 * What Frist writes, in plain Swedish. A letter holds the case number and a link: never a name, a service or an address of
 * a person, in its subject least of all.
 */

/** A notice in an officer's bundle, with what the letter says of it. */
export interface NoticeEntry {
  readonly name: NoticeName;
  readonly case: string;
  readonly about: string;
  readonly due: string;
  readonly duty: string;
  /** Who is to do it, as a sentence begins: a provider by its name, and the reader by "Du". */
  readonly who: string;
  /** The row of the routine that the limit comes from. The routine's name may tell the service. */
  readonly row: string;
}

/** The order, or a reminder of it, to the provider. */
export const providerLetter = ({
  fact,
  order,
  view,
  url,
  mayReply,
  municipality,
  now,
}: {
  readonly fact: RecordedFact;
  readonly order: string;
  readonly view: CaseView;
  readonly url: string;
  /** Whether the mail can be answered. */
  readonly mayReply: boolean;
  readonly municipality: string;
  readonly now: Temporal.Instant;
}): Letter => {
  const year = yearAt(now);
  const owed = view.deadlines.filter(
    (deadline) =>
      deadline.subject.kind === 'order' &&
      deadline.subject.id === order &&
      deadline.rule.owner === 'provider' &&
      isOwed(deadline),
  );
  const reminded = fact.type === 'se.frist.deadline.reminded.v1' ? fact.data.rule : undefined;
  const first = owed.find(({ rule }) => rule.id === reminded) ?? owed[0];
  const limits = owed.map(({ rule, due }) =>
    Temporal.Instant.compare(due, now) <= 0
      ? `Ni skulle ${rule.duty} senast ${sayLimit(due, year)}.`
      : `${capital(rule.duty)} senast ${sayLimit(due, year)}.`,
  );
  const isOrder = fact.type === 'se.frist.order.sent.v1';
  const what = first ? `${first.rule.duty} senast ${sayLimit(first.due, year)}` : 'nytt uppdrag';
  return letter({
    subject: `Ärende ${fact.subject}: ${isOrder ? what : `påminnelse, ${what}`}`,
    paragraphs: [
      isOrder
        ? `Hej! Ni har fått ett uppdrag i ärende ${fact.subject}.`
        : `Hej! Det här är en påminnelse om ert uppdrag i ärende ${fact.subject}.`,
      ...limits,
      isOrder && first?.rule.id === 'confirm'
        ? 'Öppna sidan och välj när ni räknar med att börja:'
        : 'Öppna sidan för uppdraget:',
    ],
    link: url,
    closing: [
      ...(mayReply && owed.some(confirmsByReply) ? [REPLY] : []),
      `${municipality}. Sidan visar aldrig namn eller personnummer.`,
    ].join('\n\n'),
  });
};

const REPLY = 'Ni kan också svara på det här mejlet med ”Bekräftar”.';

/** Whether a reply keeps the limit: it says that the order was received, and none of what a routine may ask besides. */
const confirmsByReply = ({ rule, routine, subject }: CaseView['deadlines'][number]): boolean =>
  rule.closes.includes('order.confirmed') &&
  ![...((subject.routine ?? routine).confirmations?.requires ?? [])].some(({ for: scope }) =>
    inScope(scope, subject.circumstances),
  );

/**
 * What a routine has told of a fact: to a case officer, a role, or the provider.
 *
 * @param page what the reader can open, and the words that lead there
 */
export const toldLetter = (
  of: { readonly case: string; readonly name: FactName; readonly headline?: string },
  paragraphs: readonly string[],
  page?: { readonly call: string; readonly url: string },
): Letter =>
  letter({
    subject: `Ärende ${of.case}: ${of.headline ?? HEADLINES[of.name] ?? 'nytt i ärendet'}`,
    paragraphs: page === undefined ? paragraphs : [...paragraphs, page.call],
    ...(page !== undefined && { link: page.url }),
  });

/** The page of a case, for who works on it behind the login, as a letter leads there. */
export const toTheCase = (url: string) => ({ call: 'Öppna ärendet:', url });

/** The page of an order, for a provider that has something to do there, as a letter leads there. */
export const toTheOrder = (url: string) => ({ call: 'Öppna sidan för uppdraget och svara när det är gjort:', url });

/** What a letter that a routine asks for is about, as its subject says it. */
const HEADLINES: Readonly<Partial<Record<FactName, string>>> = {
  'order.sent': 'uppdrag skickat',
  'order.queried': 'fråga om uppdraget',
  'order.recalled': 'uppdraget är återkallat',
  'placement.requested': 'en plats begärs',
  'placement.accepted': 'platsen är accepterad',
  'service.started': 'insatsen är påbörjad',
  'service.notExecuted': 'en insats blev inte utförd',
  'service.changed': 'insatsen har förändrats',
  'service.ended': 'insatsen avslutas',
  'start.registered': 'startdatum registrerat',
  'deviation.reported': 'en avvikelse',
  'change.requested': 'en förändring begärs',
  'staffing.reported': 'bemanningen behöver ses över',
  'switch.requested': 'byte av utförare',
  'switch.dateAgreed': 'dagen för bytet',
  'mail.bounced': 'utföraren nåddes inte med mejl',
  'mail.overdue': 'mejlet till utföraren har inte kommit fram',
  'mail.received': 'ett svar att läsa',
};

/**
 * A mail to the municipality's own people did not arrive (row B7).
 *
 * @param cases what it was about
 * @param watchUrl the watch list; the pages of the cases lie below it
 */
export const unreachedLetter = (cases: readonly [string, ...string[]], watchUrl: string): Letter => {
  const [first] = cases;
  if (cases.length === 1)
    return letter({
      subject: `Ärende ${first}: ett mejl hos kommunen kom inte fram`,
      paragraphs: [`${UNREACHED} ${READ_IT}`, 'Öppna ärendet:'],
      link: caseUrl(watchUrl, first),
    });
  return letter({
    subject: `Ett mejl om ${String(cases.length)} ärenden kom inte fram hos kommunen`,
    paragraphs: [
      `${UNREACHED} Det gällde de här ärendena:`,
      cases.map((one) => `Ärende ${one}`).join('\n'),
      READ_IT,
      'Öppna bevakningslistan:',
    ],
    link: watchUrl,
  });
};

const UNREACHED = 'Ett mejl till en handläggare eller någon annan hos kommunen kom inte fram.';
const READ_IT = 'Se till att någon läser det som stod i det, och rätta adressen.';

/** A routine is to be reviewed: to its owner (row H18). */
export const reviewLetter = (routine: string, limit: string): Letter =>
  letter({
    subject: `Rutinen ”${routine}”: dags för årlig översyn`,
    paragraphs: [
      `Rutinen ”${routine}” skulle ses över senast ${limit}.`,
      'Ange dagen för översynen i rutinens fil när den är gjord.',
    ],
  });

/** A switch, or a reminder of it, to one of its two providers. */
export const switchLetter = ({
  fact,
  side,
  text,
  view,
  change,
  other,
  url,
  now,
}: {
  readonly fact: RecordedFact;
  readonly side: 'incoming' | 'leaving';
  readonly text: string;
  readonly view: CaseView;
  readonly change: SwitchFile;
  /** The provider on the other side. */
  readonly other: { readonly name: string; readonly mail?: string } | undefined;
  readonly url: string;
  readonly now: Temporal.Instant;
}): Letter => {
  const year = yearAt(now);
  const owed = view.deadlines.filter(
    ({ subject, rule, status }) =>
      subject.kind === 'switch' && subject.id === change.id && status === 'open' && rule.owner === side,
  );
  const { noContactWithLeaving, wishedDate } = change.requested?.fact.data ?? {};
  const relayed = noContactWithLeaving === true || wishedDate !== undefined;
  const contact = other?.mail === undefined ? [] : [`Kontakt hos ${other.name}: ${other.mail}.`];
  const between = relayed ? ['Handläggaren förmedlar mellan er och den andra utföraren.'] : contact;
  return letter({
    subject: `Ärende ${fact.subject}: byte av utförare`,
    paragraphs: [
      ...(text === '' ? [`Det här är en påminnelse om bytet av utförare i ärende ${fact.subject}.`] : [text]),
      ...owed.map(
        ({ rule, due }) =>
          `Ni ${Temporal.Instant.compare(due, now) <= 0 ? 'skulle' : 'ska'} ${rule.duty} senast ${sayLimit(due, year)}.`,
      ),
      ...(change.ended === undefined ? between : []),
      change.ended === undefined ? 'Öppna sidan för bytet. Där står vad som gäller:' : 'Öppna sidan för bytet:',
    ],
    link: url,
  });
};

/**
 * All that falls due for one person at one moment, in one mail.
 *
 * @param watchUrl the watch list; the pages of the cases lie below it
 */
export const noticesLetter = (entries: readonly NoticeEntry[], watchUrl: string, now: Temporal.Instant): Letter => {
  // Told twice when one person stands in for two: once is enough.
  const once = new Map(entries.map((entry) => [`${entry.name}\n${sortKey(entry)}`, entry]));
  const sorted = [...once.values()].toSorted((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1));
  const [first] = sorted;
  if (first === undefined) throw new TypeError('a letter needs something to tell');
  const year = yearAt(now);
  if (sorted.length === 1)
    return letter({
      subject: `Ärende ${first.case}: ${headline(first, year)}`,
      paragraphs: [sentence(first, year), 'Öppna ärendet:'],
      link: caseUrl(watchUrl, first.case),
    });
  return letter({
    subject: subjectOfMany(sorted),
    paragraphs: [...sorted.map((entry) => `Ärende ${entry.case}: ${sentence(entry, year)}`), 'Öppna bevakningslistan:'],
    link: watchUrl,
  });
};

/** The page of a case, below the watch list. */
export const caseUrl = (watchUrl: string, caseNumber: string): string =>
  `${watchUrl}/cases/${encodeURIComponent(caseNumber)}`;

const sortKey = ({ due, case: subject, about, duty }: NoticeEntry): string => [due, subject, about, duty].join('\n');

const headline = ({ name, duty, due }: NoticeEntry, year: number): string => {
  switch (name) {
    case 'deadline.reminded':
      return `påminnelse, ${duty} senast ${sayLimit(Temporal.Instant.from(due), year)}`;
    case 'deadline.breached':
      return `fristen för att ${duty} har passerat`;
    case 'deadline.escalated':
      return `fortfarande inte gjort: ${duty}`;
    case 'deadline.annulled':
      return `larmet gäller inte längre: ${duty}`;
  }
};

const subjectOfMany = (entries: readonly NoticeEntry[]): string => {
  const count = (name: NoticeName, one: string, many: string): string => {
    const number = entries.filter((entry) => entry.name === name).length;
    return number === 0 ? '' : `${String(number)} ${number === 1 ? one : many}`;
  };
  return [
    count('deadline.breached', 'frist har passerat', 'frister har passerat'),
    count('deadline.escalated', 'sak är fortfarande inte gjord', 'saker är fortfarande inte gjorda'),
    count('deadline.reminded', 'påminnelse', 'påminnelser'),
    count('deadline.annulled', 'larm gäller inte längre', 'larm gäller inte längre'),
  ]
    .filter((part) => part !== '')
    .join(', ');
};

const sentence = ({ name, duty, who, due, row }: NoticeEntry, year: number): string => {
  const limit = sayLimit(Temporal.Instant.from(due), year);
  const origin = row === '' ? '' : ` (rutinens rad ${row})`;
  switch (name) {
    case 'deadline.reminded':
      return `${who} ska ${duty} senast ${limit}${origin}.`;
    case 'deadline.breached':
      return `${who} skulle ${duty} senast ${limit}${origin}. Det har inte kommit besked om att det är gjort.`;
    case 'deadline.escalated':
      return `${who} skulle ${duty} senast ${limit}${origin}. Det är fortfarande inte gjort.`;
    case 'deadline.annulled':
      return `Larmet om att ${duty} senast ${limit}${origin} gäller inte längre: det som kom in senare visar att fristen hölls, flyttades eller upphörde.`;
  }
};
