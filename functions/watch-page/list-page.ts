import { html } from 'hono/html';
import { Temporal } from 'temporal-polyfill';
import { dateOf, dayOfWeek } from '../../domain/calendar/days.ts';
import { dayOfInstant, formatInstant } from '../../domain/calendar/stockholm.ts';
import { capital, sayClock, sayDay } from '../../domain/calendar/swedish.ts';
import { casePath } from '../shared/case-pages/paths.ts';
import { sayNear, sayNearLimit } from '../shared/web/times.ts';
import { localTimeOf } from '../../domain/calendar/stockholm.ts';
import type { Routines } from '../../domain/routine/routines.ts';
import type { Municipality } from '../shared/environment.ts';
import type { Response } from '../shared/http.ts';
import type { Officer, Provider } from '../shared/registers/registers.ts';
import type { Person } from '../shared/session/session.ts';
import type { WaitingPage, WatchedDeadline, WatchedTask } from '../shared/watch-list/watch-list.ts';
import { inlineScript, type Markup } from '../shared/web/page.ts';
import { officePage, STRAYS_PATH } from '../shared/web/office.ts';
import { help } from '../shared/watch-pages/help.ts';
import { leftPill } from '../shared/watch-pages/pill.ts';
import { nameOf } from '../shared/watch-pages/words.ts';
import { addressOf, type Asked, type Parts } from './question.ts';
import { seesAll } from './rights.ts';
import { LIST_KEYS, SCRIPT } from './script.ts';
import { listStyle } from './style.ts';

/** What the watch list shows. */
export interface Listed {
  readonly asked: Asked;
  readonly person: Person;
  readonly now: Temporal.Instant;
  readonly parts: Parts;
  /** The rows asked for. */
  readonly shown: WaitingPage<WatchedDeadline>;
  /** The first rows, whatever part of them was asked for: the counts are made from them. */
  readonly first: WaitingPage<WatchedDeadline>;
  readonly tasks: WaitingPage<WatchedTask>;
  /** Whether everybody's rows may be asked for. */
  readonly mayAskAll: boolean;
}

export interface Names {
  readonly providers: readonly Provider[];
  readonly officers: readonly Officer[];
}

const listScript = inlineScript(SCRIPT);

/** @param strays how many mails belong to no case */
export const listPage = (
  listed: Listed,
  names: Names,
  strays: number,
  municipality: Municipality,
  etag: string,
): Response => {
  const { person, now, parts } = listed;
  const late = countIn(listed, (due) => due <= parts.now);
  return officePage(200, {
    title: `${late.text === '0' ? '' : `${late.text} ${late.text === '1' ? 'passerad' : 'passerade'} · `}Bevakning`,
    municipality: municipality.name,
    person,
    here: '/watch',
    style: listStyle,
    script: listScript,
    headers: { etag },
    main: html`<div class="head"><div><h1>Det här väntar</h1><p class="soft">${todayWords(now)}</p></div>
      <form class="bar" action="/watch" role="search"><label>Ärende<input type="text" id="search" name="case" size="12" autocomplete="off" placeholder="2026-0417" aria-keyshortcuts="/"></label><button class="quiet">Öppna</button></form></div>
      ${filters(listed, names, municipality.routines)}
      <div id="live">${tabs(listed)}${lists(listed, names)}${strays === 0 ? '' : html`<p><a href="${STRAYS_PATH}">${strays} mejl utan ärende</a></p>`}</div>
      <div class="notes"><p id="updated" role="status" data-every="15">Uppdaterad ${sayClock(localTimeOf(now.epochMilliseconds).clock)}.</p>
        ${help(LIST_KEYS)}</div>`,
  });
};

const todayWords = (now: Temporal.Instant): string => {
  const today = dayOfInstant(now);
  const text = sayDay(today, dateOf(today).year);
  return `${capital(text)}, vecka ${String(weekOf(today))}.`;
};

/** The week's number by ISO 8601: of the year that its Thursday lies in. */
const weekOf = (day: number): number => {
  const thursday = day - dayOfWeek(day) + 4;
  const { year } = dateOf(thursday);
  let first = thursday;
  while (dateOf(first - 7).year === year) first -= 7;
  return (thursday - first) / 7 + 1;
};

// Whose, and which

const WHO_SHOWN = {
  me: 'dina ärenden',
  unit: 'din enhets ärenden',
  standin: 'ärenden för dem du ersätter',
  all: 'allas ärenden',
} as const;
const WHO_WORDS = { me: 'Mina', unit: 'Min enhets', standin: 'Dem jag ersätter', all: 'Allas' } as const;

const filters = ({ asked, person, mayAskAll }: Listed, { providers }: Names, { inForce }: Routines): Markup => {
  const services = new Map(
    inForce.flatMap(({ services: its }) => Object.entries(its).map(([id, { name }]) => [id, name])),
  );
  const whose = (['me', 'unit', 'standin', ...(mayAskAll ? (['all'] as const) : [])] as const).map(
    (who) => [who, WHO_WORDS[who]] as const,
  );
  const select = (
    name: string,
    label: string,
    chosen: string | undefined,
    options: readonly (readonly [string, string])[],
  ): Markup =>
    html`<label>${label}<select name="${name}">${options.map(
      ([value, words]) =>
        html`<option value="${value}"${value === (chosen ?? '') ? ' selected' : ''}>${words}</option>`,
    )}</select></label>`;
  const any = (options: readonly (readonly [string, string])[]) => [['', 'Alla'] as const, ...options];
  return html`<details class="filters"${isNarrowed(asked) ? ' open' : ''}><summary>Visar ${WHO_SHOWN[asked.who]}</summary>
    <form class="bar" action="/watch" id="filters">${select('who', 'Vems ärenden', asked.who, whose)}${select(
      'move',
      'Vem ska göra något',
      asked.move,
      any([
        ['officer', 'Kommunen'],
        ['provider', 'Utföraren'],
      ]),
    )}${select(
      'provider',
      'Utförare',
      asked.provider,
      any(providers.map(({ id, name }) => [id, name] as const).toSorted(byName)),
    )}${select('service', 'Insats', asked.service, any([...services].toSorted(byName)))}${select(
      'routine',
      'Rutin',
      asked.routine,
      any(inForce.map(({ id, name }) => [id, name] as const).toSorted(byName)),
    )}${asked.when === undefined ? '' : html`<input type="hidden" name="when" value="${asked.when}">`}<button class="quiet">Visa</button>${
      isNarrowed(asked)
        ? html`<p class="first"><a id="anything" href="${addressOf({ who: asked.who }, usualOf(person))}">Visa allt</a></p>`
        : ''
    }</form></details>`;
};

const byName = ([, a]: readonly [string, string], [, b]: readonly [string, string]): number => a.localeCompare(b, 'sv');

const isNarrowed = ({ move, provider, service, routine }: Asked): boolean =>
  [move, provider, service, routine].some((one) => one !== undefined);

const usualOf = (person: Person): Asked['who'] => (seesAll(person) ? 'all' : 'me');

// The parts of the list

interface Count {
  readonly text: string;
  readonly some: boolean;
}

/** How many of the first rows lie in a part of the list; "50+" when there may be more than were looked at. */
const countIn = ({ first: { entries, next } }: Listed, holds: (due: string) => boolean): Count => {
  const number = entries.filter(({ due }) => holds(instantKey(due))).length;
  const last = entries.at(-1);
  const isCut = next !== undefined && (last === undefined || holds(instantKey(last.due)));
  const isUnknown = next !== undefined && number === 0 && !entries.some(({ due }) => holds(instantKey(due)));
  return { text: isUnknown ? '' : `${String(number)}${isCut ? '+' : ''}`, some: number > 0 };
};

/** Instants of one form, so that they sort as text. */
const instantKey = (due: string): string => formatInstant(Temporal.Instant.from(due));

const tabs = (listed: Listed): Markup => {
  const { asked, parts, tasks, person } = listed;
  const { now, tomorrow, nextWeek } = parts;
  const late = countIn(listed, (due) => due <= now);
  const all: readonly (readonly [Asked['when'] & string, string, Count, string])[] = [
    ['late', late.text === '1' ? 'passerad' : 'passerade', late, 'late'],
    ['today', 'i dag', countIn(listed, (due) => due > now && due <= tomorrow), 'soon'],
    ['week', 'senare i veckan', countIn(listed, (due) => due > tomorrow && due <= nextWeek), ''],
    ['later', 'därefter', countIn(listed, (due) => due > nextWeek), ''],
    [
      'tasks',
      tasks.entries.length === 1 ? 'uppgift' : 'uppgifter',
      { text: `${String(tasks.entries.length)}${tasks.next === undefined ? '' : '+'}`, some: true },
      '',
    ],
  ];
  const { after: _, ...here } = asked;
  return html`<ul class="tabs" id="parts">${all.map(([when, words, count, kind]) => {
    const isHere = asked.when === when;
    const { when: __, ...rest } = here;
    return html`<li><a href="${addressOf(isHere ? rest : { ...here, when }, usualOf(person))}"${isHere ? html` aria-current="true"` : ''}>${
      count.text === '' ? '' : html`<b class="num ${count.some ? kind : ''}">${count.text}</b> `
    }${words}</a></li>`;
  })}</ul>`;
};

const lists = (listed: Listed, names: Names): Markup => {
  const { asked, shown, tasks, now } = listed;
  const deadlines = asked.when === 'tasks' ? [] : shown.entries;
  const [resting, awake] = [
    deadlines.filter((one) => isResting(one, now)),
    deadlines.filter((one) => !isResting(one, now)),
  ];
  const showTasks =
    asked.when === 'tasks' || (asked.when === undefined && asked.after === undefined && tasks.entries.length > 0);
  const next = asked.when === 'tasks' ? tasks.next : shown.next;
  return html`<div class="frame list">${awake.length + resting.length === 0 && !showTasks ? nothing(listed) : ''}${
    awake.length + resting.length === 0
      ? ''
      : html`<table><caption class="hidden">Frister</caption><thead><tr><th scope="col">Tid kvar</th><th scope="col">Ärende</th><th scope="col">Vad som väntas</th><th scope="col">Vem</th><th scope="col">Senast</th></tr></thead>${groups(awake, listed, names)}${
          resting.length === 0 ? '' : group('Vilar', resting, listed, names, 'rest')
        }</table>`
  }${showTasks ? taskTable(listed, names) : ''}${
    next === undefined || (asked.when === undefined && deadlines.length === 0)
      ? ''
      : html`<p class="more"><a id="more" href="${addressOf({ ...asked, after: next }, usualOf(listed.person))}">Visa fler ${asked.when === 'tasks' ? 'uppgifter' : 'frister'}</a></p>`
  }</div>`;
};

const nothing = ({ asked, first }: Listed): Markup =>
  html`<p class="empty first">${
    first.entries.length > 0 || isNarrowed(asked) ? 'Inget här väntar just nu.' : 'Inget väntar just nu.'
  }</p>`;

/** Laid aside, and not missed meanwhile. */
const isResting = ({ snoozed, due }: WatchedDeadline, now: Temporal.Instant): boolean =>
  snoozed !== undefined && Temporal.Instant.compare(now, snoozed.until) < 0 && Temporal.Instant.compare(now, due) < 0;

const groups = (rows: readonly WatchedDeadline[], listed: Listed, names: Names): Markup[] => {
  const { now, tomorrow, nextWeek } = listed.parts;
  const kinds = [
    ['Passerat', (due: string) => due <= now],
    ['I dag', (due: string) => due > now && due <= tomorrow],
    ['Senare i veckan', (due: string) => due > tomorrow && due <= nextWeek],
    ['Därefter', (due: string) => due > nextWeek],
  ] as const;
  return kinds.flatMap(([title, holds]) => {
    const its = rows.filter(({ due }) => holds(instantKey(due)));
    return its.length === 0 ? [] : [group(title, its, listed, names)];
  });
};

const group = (title: string, rows: readonly WatchedDeadline[], listed: Listed, names: Names, kind = ''): Markup =>
  html`<tbody><tr class="group"><th colspan="5" scope="rowgroup">${title}</th></tr>${rows.map((row) => deadlineRow(row, listed, names, kind))}</tbody>`;

const deadlineRow = (row: WatchedDeadline, listed: Listed, names: Names, kind: string): Markup => {
  const { now } = listed;
  const due = Temporal.Instant.from(row.due);
  return html`<tr${kind === '' ? '' : html` class="${kind}"`}><td class="when">${leftPill(row, now)}</td><td class="case num">${caseLink(row.case)}</td><td class="what"><b>${capital(row.duty)}</b>${remarkOf(row, listed, names)}</td><td class="who">${whoseMove(row, listed, names)}</td><td class="last"><time datetime="${row.due}">${sayNearLimit(due, now)}</time></td></tr>`;
};

const caseLink = (caseNumber: string): Markup => html`<a href="${casePath(caseNumber)}" data-row>${caseNumber}</a>`;

const remarkOf = (
  row: WatchedDeadline,
  { now, asked, person }: Listed,
  { providers, officers }: Names,
): Markup | string => {
  const officer =
    row.officer !== undefined && row.officer !== person.id && asked.who !== 'me' ? nameOf(officers, row.officer) : '';
  const provider = row.owner === 'officer' && row.provider !== undefined ? nameOf(providers, row.provider) : '';
  const parts = [
    ...(row.snoozed !== undefined && isResting(row, now)
      ? [`Vilar till ${sayNearLimit(Temporal.Instant.from(row.snoozed.until), now)}: ${row.snoozed.reason}`]
      : []),
    ...(row.postponed ? [`Uppskjuten: ${row.postponed.reason}`] : []),
    ...(row.window?.agreedOutside ? ['Den avtalade dagen ligger utanför tiden för bytet.'] : []),
    ...(row.kind === 'soft' ? ['Snarast, ingen hård gräns.'] : []),
    ...(provider === '' ? [] : [provider]),
    ...(officer === '' ? [] : [`Handläggare: ${officer}`]),
  ];
  return parts.length === 0
    ? ''
    : html`
<span class="remark">${parts.join(' · ')}</span>`;
};

const whoseMove = (
  { owner, officer, provider }: Pick<WatchedTask, 'owner' | 'officer' | 'provider'>,
  { person }: Listed,
  { providers, officers }: Names,
): string => {
  if (owner !== 'officer') return provider === undefined ? 'Utföraren' : nameOf(providers, provider);
  if (officer === person.id) return 'Du';
  return officer === undefined ? 'Handläggaren' : nameOf(officers, officer);
};

const taskTable = (listed: Listed, names: Names): Markup => {
  const { tasks, now } = listed;
  if (tasks.entries.length === 0) return html`<p class="empty first">Inga uppgifter väntar.</p>`;
  return html`<table id="tasks"><caption>Uppgifter utan frist</caption><thead><tr><th scope="col">Sedan</th><th scope="col">Ärende</th><th scope="col">Uppgift</th><th scope="col">Vem</th></tr></thead><tbody>${tasks.entries.map(
    (task) =>
      html`<tr><td class="when"><time datetime="${task.opened}">${sayNear(Temporal.Instant.from(task.opened), now)}</time></td><td class="case num">${caseLink(task.case)}</td><td class="what"><b>${capital(task.duty)}</b></td><td class="who">${whoseMove(task, listed, names)}</td></tr>`,
  )}</tbody></table>`;
};
