import { html } from 'hono/html';
import { Temporal } from 'temporal-polyfill';
import { capital } from '../../domain/calendar/swedish.ts';
import type { Fact } from '../../events/catalogue.ts';
import type { RecordedFact } from '../shared/facts.ts';
import { nameOf } from '../shared/watch-pages/words.ts';
import type { Markup } from '../shared/web/page.ts';
import { sayNear } from '../shared/web/times.ts';
import { saidByWords, tell, type Knows } from './journal-words.ts';
import { partNav } from './parts.ts';
import { serviceName, type Situation } from '../shared/case-pages/situation.ts';

/*
 * All that has happened in a case.
 */

/** Of a long life the latest is what is read; the rest is some steps away, so that the page stays light. */
const MOST_IN_JOURNAL = 40;

/** All that has happened, the latest first. That a mail went out and arrived is told among the mails. */
export const journal = (situation: Situation, after: string | undefined): Markup => {
  const facts = situation.journal
    .filter(({ type }) => !MAIL_FACTS.has(type))
    .toSorted((a, b) => Temporal.Instant.compare(b.time, a.time) || b.sequence - a.sequence);
  const keys = facts.map(({ sequence }) => String(sequence));
  const from = keys.indexOf(after ?? '') + 1;
  const nav = partNav({ list: 'journal', label: 'Journalens delar', keys, from, most: MOST_IN_JOURNAL }, situation);
  return html`<section class="card" id="journal"><h2>Journal</h2><ol class="log">${facts
    .slice(from, from + MOST_IN_JOURNAL)
    .map((fact) => journalLine(fact, situation))}</ol>${nav}</section>`;
};

const MAIL_FACTS: ReadonlySet<Fact['type']> = new Set(['se.frist.mail.sent.v1', 'se.frist.mail.delivered.v1']);

/** Recording takes seconds. What was recorded so much later than it happened was told later. */
const LATE_MS = 15 * 60_000;

const journalLine = (fact: RecordedFact, situation: Situation): Markup => {
  const { at } = situation;
  const time = Temporal.Instant.from(fact.time);
  const recorded = Temporal.Instant.from(fact.recordedtime);
  const by = saidByWords(fact, knowsOf(situation));
  const remarks = [
    ...(by === '' ? [] : [capital(by)]),
    ...(recorded.epochMilliseconds - time.epochMilliseconds > LATE_MS ? [`registrerat ${sayNear(recorded, at)}`] : []),
    ...(fact.claimedtime === undefined
      ? []
      : [`uppger att det var ${sayNear(Temporal.Instant.from(fact.claimedtime), at)}`]),
  ];
  return html`<li><time class="soft num" datetime="${fact.time}">${sayNear(time, at)}</time> <span>${
    fact.heading === undefined ? '' : html`<b>${fact.heading}.</b> `
  }${inWords(fact, situation)}${
    remarks.length === 0
      ? ''
      : html`
<small>${remarks.join(', ')}</small>`
  }</span></li>`;
};

/** What a fact says, and somebody's own words in it. */
export const inWords = (fact: RecordedFact, situation: Situation): Markup => {
  const { text, quote } = tell(fact, knowsOf(situation));
  return html`${text}${quote === undefined ? '' : html` <q>${quote}</q>`}`;
};

const knowsOf = ({ providers, officers, routines, view, at, year }: Situation): Knows => ({
  provider: (id) => nameOf(providers, id),
  officer: (id) => nameOf(officers, id),
  providerOf: (order) => {
    const file = view.file.orders.get(order);
    const provider = (file?.sent ?? file?.oral)?.fact.data.provider;
    return provider === undefined ? 'Utföraren' : nameOf(providers, provider);
  },
  service: (id) => serviceName(routines, id),
  duty: (id) =>
    view.deadlines.find(({ rule }) => rule.id === id)?.rule.duty ??
    view.tasks.find((task) => task.id === id)?.rule.duty ??
    id,
  now: at,
  year,
});
