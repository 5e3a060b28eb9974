import { html } from 'hono/html';
import { Temporal } from 'temporal-polyfill';
import { sayInstant } from '../../../domain/calendar/swedish.ts';
import type { Request, Response } from '../http.ts';
import type { Change, Entries, RegisterName } from '../registers/registers.ts';
import type { Person } from '../session/session.ts';
import { officePage } from '../web/office.ts';
import type { Markup } from '../web/page.ts';
import { registerStyle } from './style.ts';
import { plainPage } from '../web/person-door.ts';
import { pager } from '../web/pager.ts';
import { entryForm, summaryOf, type Filled } from './form.ts';
import { PATH, type Field, type Kind, type Known, type Place, type Values } from './kind.ts';
import { seeOther } from '../see-other.ts';

/** Who looks, and whether they may change what they see. */
export interface Looking {
  readonly person: Person;
  readonly municipality: { readonly name: string };
  readonly mayChange: boolean;
}

/** A page of the registers. */
export const page = ({ person, municipality }: Looking, statusCode: number, title: string, main: Markup): Response =>
  officePage(statusCode, { title, municipality: municipality.name, person, here: PATH, style: registerStyle, main });

export const notFound = ({ person, municipality }: Looking): Response =>
  plainPage(404, PATH, municipality, person, 'Det finns inte', 'Det du sökte finns inte i registren.');

/** What is said of a form that is not read. */
export const NOT_READ = 'Formuläret kom inte fram som det skulle. Gå tillbaka, ladda om sidan och försök igen.';

/** Leads to the entries, which say that one was saved. */
export const saved = ({ path }: Kind, id: string): Response =>
  seeOther(`${PATH}/${path}?${new URLSearchParams({ saved: id }).toString()}`);

/** The way back to what a page belongs to. */
export const back = (path: string, words: string): Markup => html`<p class="first"><a href="${path}">${words}</a></p>`;

/** Entries that a page of a register shows. */
const PAGE = 50;

/** What an address asks of a register. */
export interface Asked {
  /** What the names are to hold. */
  readonly find: string;
  /** The page, from 1. */
  readonly page: number;
  /** The id of the entry that was just saved. */
  readonly saved: string | undefined;
}

export const askedIn = ({ queryStringParameters: query = {} }: Request): Asked => ({
  find: (query['find'] ?? '').trim().slice(0, 100),
  page: /^[1-9]\d{0,3}$/u.test(query['page'] ?? '') ? Number(query['page']) : 1,
  saved: query['saved'],
});

/**
 * The entries of a register, by name, so many to a page.
 *
 * @param around what is said above and below them
 */
export const registerPage = (
  looking: Looking,
  kind: Kind,
  entries: readonly Entries[RegisterName][],
  known: Known,
  { find, page: number, saved: savedId }: Asked,
  { above = '', below = '' }: { readonly above?: Markup | string; readonly below?: Markup | string } = {},
): Response => {
  const done = entries.find((entry) => entry.id === savedId);
  const sought = find.toLocaleLowerCase('sv');
  const found = entries
    .map((entry) => ({ entry, name: kind.nameOf(entry, known) }))
    .filter(({ entry: { id }, name }) => [name, id].some((one) => one.toLocaleLowerCase('sv').includes(sought)))
    .toSorted((a, b) => a.name.localeCompare(b.name, 'sv'));
  const last = Math.max(1, Math.ceil(found.length / PAGE));
  const here = Math.min(number, last);
  return page(
    looking,
    200,
    `${kind.title} · Register`,
    html`${back(PATH, 'Register')}<div class="head"><div><h1>${kind.title}</h1><p class="soft">${kind.lead}</p></div>${
      looking.mayChange
        ? html`<ul class="usual"><li><a href="${PATH}/${kind.path}/entry">${kind.another}</a></li><li><a href="${PATH}/${kind.path}/journal">Ändringar</a></li></ul>`
        : ''
    }</div>${
      done === undefined ? '' : html`<p class="card done" role="status">${kind.nameOf(done, known)} är sparad.</p>`
    }${above}${entries.length > PAGE ? finder(kind, find) : ''}<div class="frame list">${
      found.length === 0
        ? html`<p class="empty first">${entries.length === 0 ? 'Här finns inget än.' : 'Inget här heter så.'}</p>`
        : html`<table><caption class="hidden">${kind.title}</caption><thead><tr><th scope="col">Namn</th>${kind.columns.map(
            ({ title }) => html`<th scope="col">${title}</th>`,
          )}</tr></thead><tbody>${found
            .slice((here - 1) * PAGE, here * PAGE)
            .map(
              ({ entry, name }) =>
                html`<tr><th scope="row">${
                  looking.mayChange
                    ? html`<a href="${entryPath(kind, entry.id)}"><b>${name}</b></a>`
                    : html`<b>${name}</b>`
                }</th>${kind.columns.map(({ title, of }) => html`<td data-label="${title}">${of(entry, known)}</td>`)}</tr>`,
            )}</tbody></table>`
    }${last === 1 ? '' : pager(here, last, (to) => registerPath(kind, find, to))}</div>${below}`,
  );
};

const finder = ({ path }: Kind, find: string): Markup =>
  html`<form class="bar" action="${PATH}/${path}" role="search"><label>Namn eller id<input type="text" name="find" value="${find}" autocomplete="off"></label><button class="quiet">Sök</button></form>`;

const registerPath = ({ path }: Kind, find: string, number: number): string =>
  `${PATH}/${path}?${new URLSearchParams({ ...(find !== '' && { find }), page: String(number) }).toString()}`;

const entryPath = ({ path }: Kind, id: string): string =>
  `${PATH}/${path}/entry?${new URLSearchParams({ id }).toString()}`;

/** The form of an entry that is there, or of a new one. */
export interface Editing {
  readonly filled: Filled;
  readonly known: Known;
  readonly version: number;
  /** What the entry is called; a new one has no name yet. */
  readonly name: string | undefined;
  /** Somebody else has changed it meanwhile, and the form shows what they said. */
  readonly overtaken?: true;
  /** What is said below the form. */
  readonly beside?: readonly (Markup | string)[];
}

export const entryPage = (looking: Looking, kind: Kind, editing: Editing): Response => {
  const { filled, known, version, name, overtaken, beside = [] } = editing;
  const title = name ?? kind.another;
  const status = overtaken === undefined ? (filled.errors.size > 0 ? 422 : 200) : 409;
  return page(
    looking,
    status,
    `${filled.errors.size > 0 ? 'Fel: ' : ''}${title} · Register`,
    html`<div class="narrow">${back(`${PATH}/${kind.path}`, kind.title)}<h1>${title}</h1>${
      overtaken === undefined
        ? ''
        : html`<p class="card wrong" role="alert">Någon annan hann före och har ändrat det här. Nu står det som gäller i formuläret: gör om din ändring och spara igen.</p>`
    }${summaryOf(kind, filled)}${entryForm(kind, filled, known, version, name === undefined)}</div>${beside}`,
  );
};

/** Changes that a page of the journal shows. */
export const CHANGES_SHOWN = 40;

/** Who changed what in a register, newest first. */
export const journalPage = (
  looking: Looking,
  kind: Kind,
  changes: readonly Change[],
  known: Known,
  next: string | undefined,
): Response =>
  page(
    looking,
    200,
    `Ändringar · ${kind.title}`,
    html`${back(`${PATH}/${kind.path}`, kind.title)}<h1>Ändringar av ${kind.title.toLowerCase()}</h1><div class="frame list">${
      changes.length === 0
        ? html`<p class="empty first">Inget har ändrats.</p>`
        : html`<table><caption class="hidden">Ändringar</caption><thead><tr><th scope="col">När</th><th scope="col">Vem</th><th scope="col">Vad</th><th scope="col">Före</th><th scope="col">Efter</th></tr></thead><tbody>${changes.map(
            (change) => changeRow(kind, change, known),
          )}</tbody></table>${next === undefined ? '' : html`<p class="more"><a href="${PATH}/${kind.path}/journal?${new URLSearchParams({ before: next }).toString()}">Visa äldre</a></p>`}`
    }</div>`,
  );

const changeRow = (kind: Kind, { who, at, before, after }: Change, known: Known): Markup => {
  const [was, is] = [before && kind.valuesOf(before), kind.valuesOf(after)];
  const say = (field: Field, values: Values | undefined): string => sayValue(field, values?.[field.name], known);
  const changed = kind.fields.filter(
    (field) => say(field, was) !== say(field, is) && !(was === undefined && say(field, is) === NOTHING),
  );
  const words = (values: Values | undefined): Markup | string =>
    values === undefined
      ? 'fanns inte'
      : html`<ul>${changed.map((field) => html`<li><span class="soft">${labelled(field)}</span> ${say(field, values)}</li>`)}</ul>`;
  return html`<tr><td data-label="När" class="num"><time datetime="${at}">${sayInstant(Temporal.Instant.from(at))}</time></td><td data-label="Vem">${
    known.officers.find(({ id }) => id === who)?.name ?? who
  }</td><td data-label="Vad"><b>${kind.nameOf(after, known)}</b></td><td data-label="Före">${words(was)}</td><td data-label="Efter">${words(is)}</td></tr>`;
};

/** What stands in a field goes after its name, or after its question. */
const labelled = ({ label }: Field): string => (label.endsWith('?') ? label : `${label.replace(' (frivilligt)', '')}:`);

const NOTHING = 'inget';

/** What stands in a field, as its form would say it. */
const sayValue = (field: Field, value: Values[string] | undefined, known: Known): string => {
  if (value === undefined || value === '') return NOTHING;
  if (value === true) return 'ja';
  if (value === false) return 'nej';
  const options = field.options?.(known) ?? [];
  const called = (one: string): string => options.find((option) => option.value === one)?.label ?? one;
  if (typeof value === 'string') return called(value);
  const all = value.map((one) => (typeof one === 'string' ? called(one) : sayPlace(one, known)));
  return all.length === 0 ? NOTHING : all.join(', ');
};

const sayPlace = ({ id, cap, paused }: Place, { providers }: Known): string =>
  `${providers.find((one) => one.id === id)?.name ?? id}${cap === '' ? '' : ` (högst ${cap})`}${paused ? ' (vilar)' : ''}`;
