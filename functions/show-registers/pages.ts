import { html } from 'hono/html';
import { Temporal } from 'temporal-polyfill';
import { sayInstant } from '../../domain/calendar/swedish.ts';
import type { Response } from '../shared/http.ts';
import type { Change, Entries, RegisterName } from '../shared/registers/registers.ts';
import type { Person } from '../shared/session/session.ts';
import { officePage } from '../shared/web/office.ts';
import type { Markup } from '../shared/web/page.ts';
import { entryForm, summaryOf, type Filled } from './form.ts';
import { KINDS, type Kind, type Known, type Place, type Values } from './kinds.ts';

export const PATH = '/watch/registers';

/** Who looks, and whether they may change what they see. */
export interface Looking {
  readonly person: Person;
  readonly municipality: { readonly name: string };
  readonly mayChange: boolean;
}

const page = ({ person, municipality }: Looking, statusCode: number, title: string, main: Markup): Response =>
  officePage(statusCode, { title, municipality: municipality.name, person, here: PATH, main });

const back = (path: string, words: string): Markup => html`<p class="first"><a href="${path}">${words}</a></p>`;

/** All registers, with how many entries each has. */
export const registersPage = (looking: Looking, counts: ReadonlyMap<string, number>): Response =>
  page(
    looking,
    200,
    'Register',
    html`<h1>Register</h1><ul class="registers">${KINDS.map(
      ({ path, title, lead }) =>
        html`<li class="card"><h2><a href="${PATH}/${path}">${title}</a> <span class="soft num">${counts.get(path) ?? 0}</span></h2><p>${lead}</p></li>`,
    )}<li class="card"><h2><a href="${PATH}/routines">Rutiner</a></h2><p>Vad de rutiner som gäller betyder, i klartext med exempel på dagar.</p></li>${
      looking.mayChange
        ? html`<li class="card"><h2><a href="${PATH}/partners">Partnersystem</a></h2><p>Vilka som kopplat sina system till Frist, och vad de inte har fått veta.</p></li><li class="card"><h2><a href="${PATH}/queues">Meddelanden som fastnat</a></h2><p>Det som inte gick att utföra efter flera försök.</p></li>`
        : ''
    }</ul>`,
  );

/** The entries of a register. @param saved the id of the one that was just saved */
export const registerPage = (
  looking: Looking,
  kind: Kind,
  entries: readonly Entries[RegisterName][],
  known: Known,
  saved: string | undefined,
): Response => {
  const done = entries.find((entry) => entry.id === saved);
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
    }<div class="frame list">${
      entries.length === 0
        ? html`<p class="empty first">Här finns inget än.</p>`
        : html`<table><caption class="hidden">${kind.title}</caption><thead><tr><th scope="col">Namn</th>${kind.columns.map(
            ({ title }) => html`<th scope="col">${title}</th>`,
          )}</tr></thead><tbody>${entries
            .map((entry) => ({ entry, name: kind.nameOf(entry, known) }))
            .toSorted((a, b) => a.name.localeCompare(b.name, 'sv'))
            .map(
              ({ entry, name }) =>
                html`<tr><th scope="row">${
                  looking.mayChange
                    ? html`<a href="${entryPath(kind, entry.id)}"><b>${name}</b></a>`
                    : html`<b>${name}</b>`
                }</th>${kind.columns.map(({ title, of }) => html`<td data-label="${title}">${of(entry, known)}</td>`)}</tr>`,
            )}</tbody></table>`
    }</div>`,
  );
};

export const entryPath = ({ path }: Kind, id: string): string =>
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
}

export const entryPage = (looking: Looking, kind: Kind, editing: Editing): Response => {
  const { filled, known, version, name, overtaken } = editing;
  const title = name ?? kind.another;
  const status = overtaken === undefined ? (filled.errors.size > 0 ? 422 : 200) : 409;
  return page(
    looking,
    status,
    `${filled.errors.size > 0 ? 'Rätta · ' : ''}${title} · Register`,
    html`<div class="narrow">${back(`${PATH}/${kind.path}`, kind.title)}<h1>${title}</h1>${
      overtaken === undefined
        ? ''
        : html`<p class="card wrong" role="alert">Någon annan hann före och har ändrat det här. Nu står det som gäller i formuläret: gör om din ändring och spara igen.</p>`
    }${summaryOf(kind, filled)}${entryForm(kind, filled, known, version, name === undefined)}</div>`,
  );
};

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
  const changed = kind.fields.filter(
    ({ name }) =>
      sayValue(was?.[name]) !== sayValue(is[name]) && !(was === undefined && sayValue(is[name]) === NOTHING),
  );
  const words = (values: typeof is | undefined): Markup | string =>
    values === undefined
      ? 'fanns inte'
      : html`<ul>${changed.map(({ name, label }) => html`<li><span class="soft">${label.replace(' (frivilligt)', '')}:</span> ${sayValue(values[name])}</li>`)}</ul>`;
  return html`<tr><td data-label="När" class="num"><time datetime="${at}">${sayInstant(Temporal.Instant.from(at))}</time></td><td data-label="Vem">${
    known.officers.find(({ id }) => id === who)?.name ?? who
  }</td><td data-label="Vad"><b>${kind.nameOf(after, known)}</b></td><td data-label="Före">${words(was)}</td><td data-label="Efter">${words(is)}</td></tr>`;
};

const NOTHING = 'inget';

const sayValue = (value: Values[string] | undefined): string => {
  if (value === undefined || value === '') return NOTHING;
  if (value === true) return 'ja';
  if (value === false) return 'nej';
  if (typeof value === 'string') return value;
  const all = value.map((one) => (typeof one === 'string' ? one : sayPlace(one)));
  return all.length === 0 ? NOTHING : all.join(', ');
};

const sayPlace = ({ id, cap, paused }: Place): string =>
  `${id}${cap === '' ? '' : ` (högst ${cap})`}${paused ? ' (vilar)' : ''}`;
