import { html } from 'hono/html';
import { Temporal } from 'temporal-polyfill';
import { formatInstant } from '../../domain/calendar/stockholm.ts';
import type { RecordedFact } from '../shared/facts.ts';
import { nameOf } from '../shared/watch-pages/words.ts';
import type { Markup } from '../shared/web/page.ts';
import { sayNear } from '../shared/web/times.ts';
import { audience } from './journal-words.ts';
import { partNav } from './parts.ts';
import { casePath } from '../shared/case-pages/paths.ts';
import type { Situation } from '../shared/case-pages/situation.ts';

/*
 * The mails about a case, and what became of them.
 */

const MOST_MAILS = 20;

/** The mails and what became of them, the latest first. */
export const mails = (situation: Situation, after: string | undefined): Markup | string => {
  const { journal, officers, at: shownAt } = situation;
  const all = [...mailedIn(journal)].toReversed();
  if (all.length === 0) return '';
  const keys = all.map(([id]) => id);
  const from = keys.indexOf(after ?? '') + 1;
  const nav = partNav({ list: 'mails', label: 'Mejlens delar', keys, from, most: MOST_MAILS }, situation);
  const whom = (mail: Mailed): string => audience(mail.audience, (id) => nameOf(officers, id));
  return html`<section class="card" id="mails"><h2>Mejl</h2><ul class="told">${all
    .slice(from, from + MOST_MAILS)
    .map(([id, mail]) =>
      mail.received === undefined
        ? html`<li><span>${wordsOf(id, mail.audience)} till ${whom(mail)}</span> <span class="soft">${stateOf(mail, shownAt)}</span></li>`
        : html`<li><span>Svar från ${whom(mail)}: ${mailLink(situation, id)}</span> <span class="soft">${state('calm', 'kom in', mail.received, shownAt)}</span></li>`,
    )}</ul>${nav}</section>`;
};

interface Mailed {
  readonly audience: string;
  readonly sent?: Temporal.Instant;
  readonly delivered?: Temporal.Instant;
  readonly bounced?: Temporal.Instant;
  readonly received?: Temporal.Instant;
}

/** The mails by their ids, in the order in which they are first told of. */
const mailedIn = (facts: readonly RecordedFact[]): ReadonlyMap<string, Mailed> => {
  const byId = new Map<string, Mailed>();
  for (const fact of facts) {
    const at = Temporal.Instant.from(fact.time);
    switch (fact.type) {
      case 'se.frist.mail.sent.v1':
        byId.set(fact.data.mail, { ...byId.get(fact.data.mail), audience: fact.data.audience, sent: at });
        break;
      case 'se.frist.mail.delivered.v1':
        byId.set(fact.data.mail, { ...byId.get(fact.data.mail), audience: fact.data.audience, delivered: at });
        break;
      case 'se.frist.mail.bounced.v1':
        byId.set(fact.data.mail, { ...byId.get(fact.data.mail), audience: fact.data.audience, bounced: at });
        break;
      case 'se.frist.mail.received.v1':
        byId.set(fact.data.mail, { audience: fact.data.audience, received: at });
        break;
      default:
        break;
    }
  }
  return byId;
};

const stateOf = ({ delivered, bounced, sent }: Mailed, now: Temporal.Instant): Markup => {
  if (bounced !== undefined) return state('late', 'kom inte fram', bounced, now);
  return delivered === undefined ? state('calm', 'skickat', sent, now) : state('met', 'kom fram', delivered, now);
};

const state = (kind: string, words: string, at: Temporal.Instant | undefined, now: Temporal.Instant): Markup =>
  html`<span class="pill ${kind}">${words}</span> ${at === undefined ? '' : html`<time datetime="${formatInstant(at)}">${sayNear(at, now)}</time>`}`;

/** A mail that came in, as a file to be opened in a mail program. */
export const mailLink = ({ case: caseNumber }: Situation, mail: string): Markup =>
  html`<a href="${casePath(caseNumber)}/mails/${encodeURIComponent(mail)}" download>Hämta svaret</a>`;

/** What goes to the common address alone is that another mail did not arrive. */
const wordsOf = (id: string, to: string): string =>
  MAIL_WORDS[to === 'common' ? 'mail.bounced' : (id.split(/[-:]/u)[0] ?? '')] ?? 'Besked';

/** What a mail is about, by the fact that it tells of; a bundle of several by what bundles hold. */
const MAIL_WORDS: Readonly<Record<string, string>> = {
  'order.sent': 'Uppdraget',
  'order.recalled': 'Återkallelsen',
  'order.queried': 'Frågan',
  'placement.requested': 'Begäran om plats',
  'placement.accepted': 'Besked om platsen',
  'service.started': 'Besked om start',
  'start.registered': 'Besked om startdatum',
  'service.notExecuted': 'Besked om en insats som inte blev utförd',
  'service.changed': 'Besked om en förändring',
  'service.ended': 'Besked om avslut',
  'change.requested': 'Begäran om en förändring',
  'deviation.reported': 'Avvikelsen',
  'staffing.reported': 'Besked om bemanningen',
  'switch.requested': 'Bytet',
  'switch.dateAgreed': 'Dagen för bytet',
  'mail.bounced': 'Besked om ett mejl som inte kom fram',
  'mail.overdue': 'Besked om ett mejl som inte kom fram i tid',
  'mail.received': 'Besked om ett svar att läsa',
  'deadline.reminded': 'Påminnelse',
  bundle: 'Påminnelser och larm',
};
