import { html } from 'hono/html';
import type { Temporal } from 'temporal-polyfill';
import { dayOfDate, dayOfInstant } from '../../domain/calendar/stockholm.ts';
import { capital, sayDay } from '../../domain/calendar/swedish.ts';
import { first, hasEnded, last, type OrderFile, type SwitchFile } from '../../domain/case/case-file.ts';
import { dayIsOpen, switchDay } from '../../domain/case/periods.ts';
import type { Markup } from '../shared/web/page.ts';
import { sayNear, sayPeriod } from '../shared/web/times.ts';
import { serviceName, type Situation } from '../shared/case-pages/situation.ts';
import { sayMailProblem } from '../shared/web/mail-problems.ts';
import { nameOf } from '../shared/watch-pages/words.ts';
import type { Reach } from './reach.ts';

/** The orders and the switches of a case, with what is agreed in each. */
export const orders = (situation: Reach): Markup | string => {
  const { view, at } = situation;
  const { file } = view;
  const sent = [...file.orders.values()].filter((order) => order.sent !== undefined || order.oral !== undefined);
  const all = [
    ...sent.map((order) => ({ isOver: hasEnded(order, at), item: orderItem(order, situation) })),
    ...[...file.switches.values()].map((change) => ({
      isOver: change.completed !== undefined || change.ended !== undefined,
      item: switchItem(change, situation),
    })),
  ];
  if (all.length === 0) return '';
  const over = all.filter(({ isOver }) => isOver);
  const older = new Set(over.slice(0, -MOST_OVER));
  return html`<section class="card"><h2>Uppdrag</h2><ul class="steps">${all.filter((one) => !older.has(one)).map(({ item }) => item)}</ul>${
    older.size === 0 ? '' : html`<p class="soft">Och ${older.size} äldre som är över. Journalen berättar om dem.</p>`
  }</section>`;
};

/** What is over and done with that is told beside what runs; the journal tells all. */
const MOST_OVER = 6;

const orderItem = (order: OrderFile, situation: Reach): Markup | string => {
  const { id, sent, oral, entries, ended } = order;
  const { view, at, year, providers, officers, routines } = situation;
  const opening = (sent ?? oral)?.fact;
  if (opening === undefined) return '';
  const { service, provider } = opening.data;
  const confirmed = first(entries, 'order.confirmed');
  const planned = last(entries, 'order.confirmed')?.fact.data.plannedStart;
  const started = first(entries, 'service.started');
  const { hours, period } = sent?.fact.data ?? {};
  const near = (entry: { readonly at: Temporal.Instant } | undefined): string | undefined =>
    entry && sayNear(entry.at, at);
  const isOver = hasEnded(order, at);
  const state = ended && isOver ? (ENDED_WORDS[ended.name] ?? 'avslutat') : runningWords(sent, confirmed, started);
  return html`<li><h3>${capital(serviceName(routines, service))}: ${state}</h3>${rows([
    ['Utförare', nameOf(providers, provider)],
    ['Observera', isOver ? undefined : problemOf(provider, situation)],
    ['Handläggare', sent && nameOf(officers, sent.fact.data.officer)],
    ['Rutin', view.subjects.find((subject) => subject.kind === 'order' && subject.id === id)?.routine?.name],
    ['Gäller', period && sayPeriod(period, year)],
    ['Muntligt', near(oral)],
    ['Skickat', near(sent)],
    ['Bekräftat', near(confirmed)],
    ['Planerad start', planned === undefined ? undefined : sayDay(dayOfDate(planned), year)],
    ['Påbörjat', started && sayDay(dayOfDate(started.fact.data.date), year)],
    ['Avslutas', isOver ? undefined : ended && sayDay(dayOfInstant(ended.moment), year)],
    ['Beviljat', hours && `${decimal(hours.perMonth)} timmar i månaden, ${decimal(hours.perWeek)} i veckan`],
  ])}</li>`;
};

/** Why the provider is to be reached in another way now. */
const problemOf = (id: string, { providers, problems, now }: Reach): string | undefined => {
  const problem = problems.get(providers.find((one) => one.id === id)?.mail?.toLowerCase() ?? '');
  return problem && sayMailProblem(problem, now);
};

const runningWords = (sent: object | undefined, confirmed: object | undefined, started: object | undefined): string => {
  if (started !== undefined) return 'påbörjat';
  if (confirmed !== undefined) return 'bekräftat';
  return sent === undefined ? 'lämnat muntligt' : 'skickat';
};

const ENDED_WORDS: Readonly<Partial<Record<string, string>>> = {
  'order.recalled': 'återkallat',
  'order.sent': 'ersatt av ett nytt',
};

const switchItem = (change: SwitchFile, { view, at, year, providers }: Situation): Markup | string => {
  const { requested, leaving, agreed, completed, ended } = change;
  if (requested === undefined) return '';
  const day = switchDay(change, view.deadlines);
  const state = ended === undefined || completed !== undefined ? switchWords(agreed, completed) : 'upphört';
  return html`<li><h3>Byte av utförare: ${state}</h3>${rows([
    ['Lämnar', leaving?.sent && nameOf(providers, leaving.sent.fact.data.provider)],
    ['Tar över', nameOf(providers, requested.fact.data.toProvider)],
    ['Begärt', sayNear(requested.at, at)],
    [dayIsOpen(change, view.deadlines) ? 'Senast' : 'Dag för bytet', day === undefined ? undefined : sayDay(day, year)],
  ])}</li>`;
};

const switchWords = (agreed: object | undefined, completed: object | undefined): string => {
  if (completed !== undefined) return 'genomfört';
  return agreed === undefined ? 'begärt' : 'dag avtalad';
};

const rows = (pairs: readonly (readonly [string, string | undefined])[]): Markup =>
  html`<dl class="facts">${pairs.map(([term, value]) => (value === undefined ? '' : html`<dt>${term}</dt><dd>${value}</dd>`))}</dl>`;

const decimal = (number: number): string => String(number).replace('.', ',');
