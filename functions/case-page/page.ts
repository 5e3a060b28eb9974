import { html } from 'hono/html';
import { randomUUID } from 'node:crypto';
import { Temporal } from 'temporal-polyfill';
import { dateOf } from '../../domain/calendar/days.ts';
import { formatDay, formatInstant, localTimeOf } from '../../domain/calendar/stockholm.ts';
import { capital, sayClock, sayDuration } from '../../domain/calendar/swedish.ts';
import { sayNear, sayNearLimit } from '../shared/web/times.ts';
import type { Deadline } from '../../domain/case/deadlines.ts';
import { isOwed } from '../../domain/case/owed.ts';
import { ownerOf, sayStanding } from '../shared/case-pages/standing.ts';
import { limitOf } from '../../domain/routine/limit-of.ts';
import { AUDIENCE_WORDS } from '../../domain/routine/words.ts';
import { fullTitle, type Offer } from '../shared/case-pages/offers.ts';
import { actPath, casePath } from '../shared/case-pages/paths.ts';
import { contactsOf } from '../shared/contacts.ts';
import type { Municipality } from '../shared/environment.ts';
import type { RecordedFact } from '../shared/facts.ts';
import type { Response } from '../shared/http.ts';
import type { Reading } from '../shared/readings/readings.ts';
import { form } from '../shared/web/form.ts';
import { sayMailProblem } from '../shared/web/mail-problems.ts';
import { inlineScript, type Markup } from '../shared/web/page.ts';
import { officePage } from '../shared/web/office.ts';
import { inWords, journal } from './journal.ts';
import { mailLink, mails } from './mails.ts';
import { help } from '../shared/watch-pages/help.ts';
import { leftPill } from '../shared/watch-pages/pill.ts';
import { orders } from './orders.ts';
import type { Reach } from './reach.ts';
import { serviceName, type Situation } from '../shared/case-pages/situation.ts';
import { nameOf } from '../shared/watch-pages/words.ts';
import { CASE_KEYS, SCRIPT } from './script.ts';
import { caseStyle } from './style.ts';
import { timeLine } from './time-line.ts';

/** What became of an act. */
export type Reception =
  | { readonly state: 'recorded'; readonly fact: RecordedFact }
  /** Taken by the door and not recorded yet. */
  | { readonly state: 'pending' }
  | { readonly state: 'refused' }
  /** Nothing was said: it is done already, or not to be done any more. */
  | { readonly state: 'needless' }
  /** The same, of a form that was asked for. */
  | { readonly state: 'gone' };

export interface Shown {
  readonly situation: Reach;
  /** Whether it is shown as it was known at an earlier moment. */
  readonly isPast: boolean;
  /** Where the parts of the journal and of the mails that are shown begin: after this fact or mail. */
  readonly after: Readonly<Partial<Record<'journal' | 'mails', string | undefined>>>;
  readonly offers: readonly Offer[];
  /** Who has read the case, for those who may know. */
  readonly readings: readonly Reading[] | undefined;
  readonly reception: Reception | undefined;
}

const caseScript = inlineScript(SCRIPT);

/** The page of a case: where it stands, its deadlines, what can be done, and all that has happened. */
export const casePage = (shown: Shown, municipality: Municipality): Response => {
  const { situation, isPast, after } = shown;
  const { case: caseNumber, person, view, providers, at } = situation;
  const title = `Ärende ${caseNumber}`;
  return officePage(200, {
    title,
    municipality: municipality.name,
    person,
    here: '/watch',
    style: caseStyle,
    script: caseScript,
    main: html`<p class="first back"><a id="back" href="/watch">← Bevakning</a></p><h1>${title}</h1>
      <p class="lead">${sayStanding(view, (id) => nameOf(providers, id), at)}</p>
      ${isPast ? pastNotice(situation) : ''}${news(shown)}
      <div class="columns">
        <div>${deadlines(situation)}</div>
        <div class="side">${actions(shown)}${contacts(situation)}${knownAt(situation)}${read(shown)}</div>
        <div class="rest">${orders(situation)}${journal(situation, after.journal)}${mails(situation, after.mails)}</div>
      </div><div class="notes">${help(CASE_KEYS)}</div>`,
  });
};

const pastNotice = ({ at, now, case: caseNumber }: Situation): Markup =>
  html`<section class="card" aria-labelledby="past"><h2 id="past">Så var ärendet känt ${sayNear(at, now)}</h2><p>Det som registrerades senare visas inte. <a href="${casePath(caseNumber)}">Visa som det är nu</a></p></section>`;

const notice = (kind: 'done' | 'wrong' | '', title: string, text: Markup | string): Markup =>
  html`<section class="card ${kind}" tabindex="-1" autofocus aria-labelledby="notice"><h2 id="notice">${title}</h2>${text}</section>`;

const news = ({ reception, situation }: Shown): Markup | string => {
  switch (reception?.state) {
    case undefined:
      return '';
    case 'recorded':
      return notice('done', 'Sparat', html`<p>${inWords(reception.fact, situation)}</p>`);
    case 'pending':
      return notice('done', 'Mottaget', html`<p data-pending>Det sparas nu. Ladda om sidan om en stund.</p>`);
    case 'refused':
      return notice(
        'wrong',
        'Det kunde inte sparas',
        html`<p>Ärendet hann ändras. Läs vad som gäller nu och gör om det som behövs.</p>`,
      );
    case 'needless':
      return notice(
        '',
        'Inget sparades',
        html`<p>Ärendet har ändrats sedan du öppnade sidan, eller så är det redan gjort. Här står vad som gäller nu.</p>`,
      );
    case 'gone':
      return notice(
        '',
        'Det går inte att göra längre',
        html`<p>Det är redan gjort, eller så har ärendet ändrats. Här står vad som gäller nu.</p>`,
      );
  }
};

// What stands

/** What is over and done with that is told beside what is owed; the journal tells all. */
const MOST_DONE = 12;

const deadlines = (situation: Situation): Markup => {
  const { view, at } = situation;
  const all = view.deadlines.filter(({ status }) => status !== 'cancelled');
  const [owed, done] = [all.filter(isOwed), all.filter((one) => !isOwed(one))];
  const older = done.length - MOST_DONE;
  return html`<section class="card"><h2>Frister</h2>${
    all.length === 0 ? html`<p>Inga frister är igång.</p>` : ''
  }${timeLine(view.deadlines, at)}<ul class="steps">${[...owed, ...done.slice(-MOST_DONE)].map(
    (deadline) => html`<li>${deadlineLine(deadline, situation)}</li>`,
  )}</ul>${older > 0 ? html`<p class="soft">Och ${older} äldre som är klara. Journalen berättar om dem.</p>` : ''}</section>`;
};

const deadlineLine = (deadline: Deadline, situation: Situation): Markup => {
  const { at } = situation;
  const { rule, routine, due, closed, snoozed, postponed, window } = deadline;
  const limit = html`<time datetime="${formatInstant(due)}">${sayNearLimit(due, at)}</time>`;
  const remarks = [
    ...(postponed === undefined
      ? []
      : [
          `Uppskjuten ${postponed.by === 'client' ? 'på den enskildes önskan' : 'av handläggaren'}: ${postponed.reason}`,
        ]),
    ...(snoozed === undefined || Temporal.Instant.compare(snoozed.until, at) <= 0
      ? []
      : [`Lagd åt sidan till ${sayNearLimit(snoozed.until, at)}: ${snoozed.reason}`]),
    ...(window?.agreedOutside === true ? ['Den avtalade dagen ligger utanför tiden för bytet.'] : []),
    ...(deadline.reportedLate === true ? ['Rapporterat efter fristen.'] : []),
  ];
  return html`${statePill(deadline, limitOf(rule, routine).within.unit, at)} <b>${capital(rule.duty)}</b>, senast ${limit}${
    closed === undefined
      ? ''
      : html` <span class="soft">(gjort <time datetime="${formatInstant(closed)}">${sayNear(closed, at)}</time>)</span>`
  }
<span class="remark">${whoAndWhat(deadline, situation)}. ${routine.name}, rad ${rule.row}${rule.kind === 'soft' ? ', snarast' : ''}.</span>${remarks.map(
    (text) => html`
<span class="remark">${text}</span>`,
  )}`;
};

/** Who owes it, and of which service where the case has several orders. */
const whoAndWhat = ({ rule, subject }: Deadline, { view, providers, routines }: Situation): string => {
  const owner = ownerOf(rule.owner, subject, view.file, (id) => nameOf(providers, id));
  return view.file.orders.size > 1 ? `${owner}, ${serviceName(routines, subject.circumstances.service)}` : owner;
};

const statePill = (deadline: Deadline, unit: Parameters<typeof leftPill>[0]['unit'], at: Temporal.Instant): Markup => {
  const { status, closed, ended, due, rule } = deadline;
  if (status === 'met') return html`<span class="pill met">klart</span>`;
  if (closed !== undefined) return html`<span class="pill late">klart, ${sayDuration(due, closed)} för sent</span>`;
  if (ended !== undefined) return html`<span class="pill late">passerade</span>`;
  return leftPill({ due: formatInstant(due), unit, kind: rule.kind }, at);
};

// What can be done

/** What something waits for and what is of the whole case first; then, where there are several orders, the rest of each. */
const actions = ({ offers, situation }: Shown): Markup | string => {
  if (offers.length === 0) return '';
  const parts = Map.groupBy(offers, (offer) => (isInPart(offer) ? offer.of.words : ''));
  const { '': first = [], ...rest } = Object.fromEntries(parts);
  return html`<section class="card acts"><h2>Gör något</h2>${actionList(first, situation)}${Object.entries(rest).map(
    ([words, its]) => html`<h3>${capital(words)}</h3>${actionList(its, situation)}`,
  )}</section>`;
};

const isInPart = (offer: Offer): offer is Offer & Required<Pick<Offer, 'of'>> =>
  !offer.isAsked && offer.of?.isOneOfSeveral === true;

const actionList = (offers: readonly Offer[], situation: Situation): Markup =>
  html`<ul>${offers.map((offer) => html`<li>${action(offer, situation)}</li>`)}</ul>`;

/** A task is its button; what asks for more has a page of its own. */
const action = (offer: Offer, situation: Situation): Markup => {
  const { case: caseNumber } = situation;
  const { kind, name, isAsked } = offer;
  // Under the heading of its order it is told from the others to those too who hear the links alone.
  const title = isInPart(offer)
    ? html`${offer.title}<span class="hidden"> (${offer.of.words})</span>`
    : fullTitle(offer);
  if (offer.kind === 'task' || offer.kind === 'decision') {
    const { button, intro, mail } = offer.about;
    const pressed = {
      name,
      button,
      fields: [],
      hidden: { statement: randomUUID() },
      action: actPath(caseNumber, name),
    };
    return html`<p class="first"><b>${title}</b></p>${intro === undefined ? '' : html`<p class="hint">${intro}</p>`}${mail === undefined ? '' : html`<p>${mailLink(situation, mail)}</p>`}${form(pressed, undefined)}`;
  }
  // Whoever notes something begins to write.
  const isNote = kind === 'note';
  return html`<a${isNote ? html` id="note" aria-keyshortcuts="a"` : ''} href="${actPath(caseNumber, name)}${isNote ? '#note-text' : ''}">${title}${isAsked ? html` <span class="pill soon">väntar</span>` : ''}</a>`;
};

const contacts = ({ view, roles, problems, now }: Reach): Markup | string => {
  const found = contactsOf(view, roles);
  if (found.length === 0) return '';
  return html`<section class="card"><h2>Kontakter</h2><dl class="facts">${found.map(
    ({ role, mails: addresses }) =>
      html`<dt>${capital((AUDIENCE_WORDS as Readonly<Record<string, string>>)[role] ?? role)}</dt><dd>${addresses.map(
        (mail) => {
          const problem = problems.get(mail.toLowerCase());
          return html`<a href="mailto:${mail}">${mail}</a> ${problem === undefined ? '' : html`<span class="remark late">${sayMailProblem(problem, now)}</span>`}`;
        },
      )}</dd>`,
  )}</dl></section>`;
};

/** Asks for the case as it was known at another moment. */
const knownAt = ({ at, case: caseNumber }: Situation): Markup => {
  const { day, clock } = localTimeOf(at.epochMilliseconds);
  const { year } = dateOf(day);
  return html`<section class="card"><h2>Som det var känt</h2><form class="bar" action="${casePath(caseNumber)}"><label>Dag och tid<input type="datetime-local" name="at" value="${formatDay(day)}T${sayClock(clock)}" min="2000-01-01T00:00" max="${String(year + 1)}-12-31T23:59"></label><button class="quiet">Visa</button></form></section>`;
};

const read = ({ readings, situation }: Shown): Markup | string => {
  if (readings === undefined) return '';
  const { now } = situation;
  return html`<section class="card"><details><summary>Vem har läst ärendet</summary><ul class="told">${readings.map(
    ({ name, at, asOf, mail }) =>
      html`<li><span>${name}${asOf === undefined ? '' : ` (som det var ${sayNear(Temporal.Instant.from(asOf), now)})`}${mail === undefined ? '' : ' (ett mejl)'}</span> <time class="soft" datetime="${at}">${sayNear(Temporal.Instant.from(at), now)}</time></li>`,
  )}</ul></details></section>`;
};
