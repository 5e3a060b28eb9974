import { html } from 'hono/html';
import type { Response } from '../http.ts';
import type { Person } from '../session/session.ts';
import { mayUse } from '../session/who-may.ts';
import { OFFICE_STYLE } from './office-style.ts';
import { ACCESSIBILITY_PATH, inlineStyle, sheet, type Inline, type Markup } from './page.ts';
import { STYLE } from './style.ts';
import { seeOther } from '../see-other.ts';

/*
 * The pages of those who have signed in, and of signing in: one frame for all of them.
 */

export interface OfficePage {
  /** What the window's title says before "Frist". */
  readonly title: string;
  /** What stands within `main`; its first heading is an `h1`. */
  readonly main: Markup;
  /** The municipality's name. */
  readonly municipality: string;
  /** Who has signed in; nobody gets no navigation. */
  readonly person?: Person | undefined;
  /** The part of the navigation that the page belongs to. */
  readonly here?: OfficePlace | undefined;
  readonly script?: Inline | undefined;
  /** The style of a part of the pages that has its own ({@link officeStyleWith}). */
  readonly style?: Inline | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

const PLACES = [
  ['/watch', 'Bevakning'],
  ['/watch/statistics', 'Statistik'],
  ['/watch/registers', 'Register'],
  ['/watch/urgent', 'Brådskande uppdrag'],
] as const;

export type OfficePlace = (typeof PLACES)[number][0];

/** The style of all office pages, and that of some beside it. */
export const officeStyleWith = (own: string): Inline => inlineStyle(STYLE + OFFICE_STYLE + own);

const officeStyle = officeStyleWith('');

/** A page in the frame of the case officers' pages. */
export const officePage = (statusCode: number, shown: OfficePage): Response => {
  const { title, main, municipality, person, here, script, style = officeStyle, headers } = shown;
  return sheet(statusCode, {
    title: `${title} · Frist`,
    body: html`<body class="office"><a class="skip" href="#main">Till innehållet</a><header class="top"><div class="wrap">${person === undefined ? html`<b class="brand">Frist</b>` : html`<a class="brand" href="${homeOf(person)}">Frist</a>${navigation(person, here)}`}</div></header><main id="main" class="wrap" tabindex="-1">${main}</main><footer class="site wrap"><p>${municipality} · <a href="${ACCESSIBILITY_PATH}">Tillgänglighet</a></p></footer></body>`,
    style,
    script,
    referrer: 'same-origin',
    ...(headers && { headers }),
  });
};

const START = '/watch';

/** Where people say when they are away. */
export const ABSENCE_PATH = '/watch/absence';

/** Where the mails lie that belong to no case. */
export const STRAYS_PATH = '/watch/mails';

const placesOf = (person: Person) => PLACES.filter(([path]) => mayUse(`GET ${path}`, person));

/** Where somebody begins: at the first part that they may use. */
export const homeOf = (person: Person): string => placesOf(person)[0]?.[0] ?? START;

/** The parts that the person may use, and the way out. */
const navigation = (person: Person, here: OfficePlace | undefined): Markup =>
  html`<nav aria-label="Huvudmeny"><ul>${placesOf(person).map(
    ([path, words]) => html`<li><a href="${path}"${path === here ? html` aria-current="page"` : ''}>${words}</a></li>`,
  )}</ul></nav><form class="person" method="post" action="/logout">${nameOf(person)}<button class="plain">Logga ut</button></form>`;

/** Whose page it is, and for those who are told things the way to say that they are away. */
const nameOf = (person: Person): Markup =>
  mayUse(`GET ${ABSENCE_PATH}`, person)
    ? html`<a href="${ABSENCE_PATH}" title="Din frånvaro">${person.name}<span class="hidden">: din frånvaro</span></a>`
    : html`<span class="soft">${person.name}</span>`;

/** The address that asks somebody to sign in and leads back to where they wanted to go. */
export const loginPath = (path: string): string => `/login?${new URLSearchParams({ to: path }).toString()}`;

/** Sends somebody who has not signed in to do so. */
export const toLogin = (path: string): Response => seeOther(loginPath(path));
