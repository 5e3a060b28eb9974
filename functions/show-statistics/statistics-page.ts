import { html } from 'hono/html';
import { capital } from '../../domain/calendar/swedish.ts';
import type { FigureName } from '../../domain/statistics/figures.ts';
import type { Period } from '../../domain/statistics/statistics.ts';
import type { Protected } from '../../domain/statistics/withhold.ts';
import type { Response } from '../shared/http.ts';
import type { Person } from '../shared/session/session.ts';
import { officePage } from '../shared/web/office.ts';
import type { Markup } from '../shared/web/page.ts';
import { pager } from '../shared/web/pager.ts';
import { sayPeriod, type Usual } from './period.ts';
import { askedIn, ORDER_WORDS, ORDERS, pageOf, type Asked } from './ordering.ts';
import { bars, ranges } from './pictures.ts';
import type { Report } from './report.ts';
import { statisticsStyle } from './style.ts';
import { WITHHELD } from './words.ts';

export const PATH = '/watch/statistics';

/** What was asked for, as it was written, and what is wrong with it by the field's name. */
export interface Chosen {
  readonly from: string;
  readonly to: string;
  readonly errors?: ReadonlyMap<string, string>;
}

export interface Shown {
  readonly person: Person;
  readonly municipality: { readonly name: string };
  readonly chosen: Chosen;
  readonly usual: readonly Usual[];
  readonly asked: Asked;
}

/** The statistics of a period; without a report, only the form with what is wrong with it. */
export const statisticsPage = (shown: Shown, report: Report | undefined): Response =>
  officePage(report === undefined ? 400 : 200, {
    title: report === undefined ? 'Fel: Statistik' : `${capital(sayPeriod(report))} · Statistik`,
    municipality: shown.municipality.name,
    person: shown.person,
    here: PATH,
    style: statisticsStyle,
    main: html`<div class="head"><div><h1>Statistik</h1><p class="soft">Hur utförarna håller sina frister. <a href="${PATH}/ivo">Listan till IVO</a></p></div>${chooser(shown)}</div>${
      report === undefined ? '' : told(report, shown.asked)
    }`,
  });

const chooser = ({ chosen, usual }: Shown): Markup =>
  html`<div><form class="bar" action="${PATH}" novalidate>${day('from', 'Från och med', chosen)}${day('to', 'Till och med', chosen)}<button class="quiet">Visa</button></form>
    <ul class="usual">${usual.map((one) => {
      const isHere = one.from === chosen.from && one.to === chosen.to;
      return html`<li><a href="${PATH}?${queryOf(one)}"${isHere ? html` aria-current="true"` : ''}>${one.words}</a></li>`;
    })}</ul></div>`;

const day = (name: 'from' | 'to', label: string, { [name]: value, errors }: Chosen): Markup => {
  const error = errors?.get(name);
  const wrong = error === undefined ? '' : html` aria-invalid="true" aria-describedby="${name}-error"`;
  return html`<div><label for="${name}">${label}</label><input type="date" id="${name}" name="${name}" value="${value}"${wrong}>${
    error === undefined ? '' : html`<p class="error" id="${name}-error" role="alert">${error}</p>`
  }</div>`;
};

export const queryOf = ({ from, to }: Period, { order, page }: Asked = askedIn()): string =>
  new URLSearchParams({
    from,
    to,
    ...(order !== 'name' && { order }),
    ...(page !== 1 && { page: String(page) }),
  }).toString();

/** The table first, for whoever looks one provider up; below it the same as a picture. */
const told = (report: Report, asked: Asked): Markup => {
  const { providers, total } = report;
  if (providers.length === 0)
    return html`<div class="frame"><p class="empty first">Inga beställningar skickades och inga byten begärdes under ${sayPeriod(report)}.</p></div>`;
  const { rows, page, last } = pageOf(providers, asked);
  const addressOf = (to: Partial<Asked>): string => `${PATH}?${queryOf(report, { ...asked, page: 1, ...to })}`;
  return html`<p class="lead">${summary(report)}</p>${providers.length === 1 ? '' : orderings(asked, addressOf)}
    <div class="frame list"><table><caption>Utförarna under ${sayPeriod(report)}</caption><thead><tr><th scope="col">Utförare</th>${COLUMNS.map(
      ({ title, hint }) =>
        html`<th scope="col" class="number">${title}${hint === undefined ? '' : html`<small>${hint}</small>`}</th>`,
    )}</tr></thead><tbody>${rows.map(({ name, ...figures }) => row(html`<b>${name}</b>`, figures))}</tbody><tfoot>${row(html`<b>Alla</b>`, total)}</tfoot></table>${
      last === 1 ? '' : pager(page, last, (to) => addressOf({ page: to }))
    }</div>${pictures(rows)}
    <div class="notes"><p>${anyWithheld(report) ? html`<b>Dolt</b>: färre än fem, eller en siffra som skulle avslöja en sådan. Så kan ingen enskild kännas igen. ` : ''}En beställning räknas den dag den skickades. Det som blir känt sent ändrar siffrorna i efterhand.</p>
      <p><a href="${PATH}/file?${queryOf(report)}" download>Hämta alla som CSV</a></p></div>`;
};

const orderings = ({ order }: Asked, addressOf: (to: Partial<Asked>) => string): Markup =>
  html`<nav class="orders" aria-label="Ordna efter"><ul class="usual"><li class="soft">Ordna efter</li>${ORDERS.map(
    (one) =>
      html`<li><a href="${addressOf({ order: one })}"${one === order ? html` aria-current="true"` : ''}>${ORDER_WORDS[one]}</a></li>`,
  )}</ul></nav>`;

const anyWithheld = ({ providers, total }: Report): boolean =>
  [...providers, total].some(({ withheld }) => withheld.length > 0);

/** The period in some sentences, for a council or a board. */
const summary = (report: Report): string => {
  const { total, providers } = report;
  const { orders, confirmJudged, confirmedInTime, startJudged, startedInTime, breaches } = total;
  const sentences = [
    ...(orders === null
      ? [`Under ${sayPeriod(report)} skickades så få beställningar att siffrorna inte visas.`]
      : [
          `Under ${sayPeriod(report)} skickades ${many(orders, 'beställning', 'beställningar')} till ${many(providers.length, 'utförare', 'utförare')}.`,
        ]),
    ...inTime(confirmedInTime, confirmJudged, 'bekräftades'),
    ...inTime(startedInTime, startJudged, 'påbörjades'),
    ...(total.daysToStartMedian === null || total.daysToStartP90 === null
      ? []
      : [
          `Hälften påbörjades ${withinDays(total.daysToStartMedian)} och nio av tio ${withinDays(total.daysToStartP90)}.`,
        ]),
    ...(breaches === null || orders === null
      ? []
      : [breaches === 0 ? 'Ingen frist passerade.' : `${many(breaches, 'frist', 'frister')} passerade.`]),
  ];
  return sentences.join(' ');
};

const inTime = (kept: number | null, judged: number | null, words: string): string[] =>
  kept === null || judged === null || judged === 0
    ? []
    : [`${percent(kept, judged)} ${words} i tid, av ${number(judged)} som hade en frist för det.`];

const many = (amount: number, one: string, more: string): string => `${number(amount)} ${amount === 1 ? one : more}`;

const withinDays = (days: number): string => (days === 0 ? 'samma dag' : `inom ${many(days, 'dag', 'dagar')}`);

/** Digits in groups of three, with decimals after a comma. */
const number = (amount: number): string => amount.toLocaleString('sv-SE');

/** Rounded down, so that all is said only of all. */
const percent = (part: number, whole: number): string => `${String(Math.floor((100 * part) / whole))} procent`;

interface Column {
  readonly title: string;
  readonly hint?: string;
  readonly figures: readonly FigureName[];
  readonly cell: (figures: Protected) => string;
}

const plain = (title: string, name: FigureName): Column => ({
  title,
  figures: [name],
  cell: (figures) => number(figures[name] ?? 0),
});

const share = (title: string, kept: FigureName, judged: FigureName): Column => ({
  title,
  hint: 'av dem med frist',
  figures: [kept, judged],
  cell: ({ [kept]: part, [judged]: whole }) =>
    whole === null || whole === 0 ? '–' : `${number(part ?? 0)} av ${number(whole)}`,
});

const times = (title: string, median: FigureName, p90: FigureName): Column => ({
  title,
  hint: 'median · nio av tio',
  figures: [median, p90],
  cell: ({ [median]: half, [p90]: most }) =>
    half === null || most === null ? '–' : `${number(half)} · ${number(most)}`,
});

const COLUMNS: readonly Column[] = [
  plain('Beställ\u00ADningar', 'orders'),
  share('Bekräftade i tid', 'confirmedInTime', 'confirmJudged'),
  times('Timmar till bekräftelse', 'hoursToConfirmMedian', 'hoursToConfirmP90'),
  share('Påbörjade i tid', 'startedInTime', 'startJudged'),
  times('Dagar till start', 'daysToStartMedian', 'daysToStartP90'),
  plain('Passerade frister', 'breaches'),
  plain('Byten från', 'switchesFrom'),
  plain('Byten till', 'switchesTo'),
];

const row = (name: Markup, figures: Protected): Markup =>
  html`<tr><th scope="row">${name}</th>${COLUMNS.map(
    (column) =>
      html`<td class="number num" data-label="${column.title.replaceAll('\u00AD', '')}">${
        column.figures.some((figure) => figures.withheld.includes(figure))
          ? html`<span class="soft" title="${WITHHELD}">dolt</span>`
          : column.cell(figures)
      }</td>`,
  )}</tr>`;

/** Two pictures of what the table says, each left out when there is nothing to draw. */
const pictures = (providers: Report['providers']): Markup => {
  const started = providers.flatMap(({ name, startedInTime, startJudged }) =>
    startedInTime === null || startJudged === null || startJudged === 0
      ? []
      : [{ name, share: startedInTime / startJudged }],
  );
  const days = providers.flatMap(({ name, daysToStartMedian, daysToStartP90 }) =>
    daysToStartMedian === null || daysToStartP90 === null
      ? []
      : [{ name, from: daysToStartMedian, to: daysToStartP90 }],
  );
  if (started.length === 0 && days.length === 0) return html``;
  return html`<div class="pictures">${started.length === 0 ? '' : bars('Påbörjade i tid', started)}${
    days.length === 0 ? '' : ranges('Dagar till start: hälften, och nio av tio', days)
  }</div>`;
};
