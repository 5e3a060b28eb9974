import { html } from 'hono/html';
import { personalNumbersIn } from '../secrecy.ts';
import type { Markup } from '../web/page.ts';
import type { Entries, RegisterName } from '../registers/registers.ts';
import type { Field, Kind, Known, Place, Values } from './kind.ts';

/*
 * The form of an entry: shown, and read back as an entry or as what is wrong with it beside each field.
 */

/** What stands in a form, and what is wrong with it by field. */
export interface Filled {
  readonly values: Values;
  readonly errors: ReadonlyMap<string, string>;
}

export const NO_ERRORS: ReadonlyMap<string, string> = new Map();

/** What is said of a new entry under the id of another. */
export const TAKEN = 'Det finns redan en som heter så. Öppna den i listan om du vill ändra den.';

export type ReadEntry =
  | { readonly ok: true; readonly entry: Entries[RegisterName] }
  | { readonly ok: false; readonly filled: Filled };

/** Reads what was posted by the same schema as the API does, so that both take the same. */
export const readEntry = (kind: Kind, posted: URLSearchParams, fixed: Values): ReadEntry => {
  const values: Values = {
    ...Object.fromEntries(kind.fields.map((field) => [field.name, valueIn(field, posted)])),
    ...fixed,
  };
  const told = kind.entryOf(values);
  const parsed = kind.schema.safeParse(told);
  const numbers = personalNumbersIn(told).map(({ path }) => path.split('/')[1] ?? '');
  const wrong = new Set([
    ...(parsed.success ? [] : parsed.error.issues.map(({ path }) => String(path[0]))),
    ...numbers,
  ]);
  if (parsed.success && wrong.size === 0) return { ok: true, entry: parsed.data };
  const errors = kind.fields
    .filter(({ name }) => wrong.has(name))
    .map(({ name, wrong: words }) => [name, numbers.includes(name) ? PERSONAL_NUMBER : words] as const);
  return { ok: false, filled: { values, errors: new Map(errors) } };
};

const PERSONAL_NUMBER = 'Det ser ut att vara ett personnummer. Ta bort det.';

const valueIn = ({ name, kind }: Field, posted: URLSearchParams): Values[string] => {
  switch (kind) {
    case 'tick':
      return posted.get(name) === 'yes';
    case 'many':
      return posted.getAll(name);
    case 'lines':
      return linesOf(posted.get(name));
    case 'places':
      return placesIn(name, posted);
    default:
      return posted.get(name) ?? '';
  }
};

/** @param isNew whether the fields that name the entry are asked for */
export const entryForm = (kind: Kind, filled: Filled, known: Known, version: number, isNew: boolean): Markup =>
  html`<form method="post" novalidate class="card"><input type="hidden" name="version" value="${version}">${kind.fields
    .filter((field) => field.kind !== 'noted' && (field.names !== true || isNew))
    .map((field) => control(field, filled, known))}<button>Spara</button></form>`;

/** All that is wrong at the top of the page, each with a way to its field. The reader begins there. */
export const summaryOf = (kind: Kind, { errors }: Filled): Markup =>
  errors.size === 0
    ? html``
    : html`<section class="card wrong" id="wrong" tabindex="-1" autofocus aria-labelledby="wrong-heading"><h2 id="wrong-heading">Något behöver rättas</h2><ul>${kind.fields.flatMap(
        ({ name }) => (errors.has(name) ? [html`<li><a href="#${name}">${errors.get(name) ?? ''}</a></li>`] : []),
      )}</ul></section>`;

const control = (field: Field, { values, errors }: Filled, known: Known): Markup => {
  const { name, label, kind } = field;
  const value = values[name];
  const text = typeof value === 'string' ? value : '';
  const error = errors.get(name);
  const described = [
    ...(field.hint === undefined ? [] : [`${name}-hint`]),
    ...(error === undefined ? [] : [`${name}-error`]),
  ];
  const by = described.length === 0 ? '' : html` aria-describedby="${described.join(' ')}"`;
  const marks = html`id="${name}" name="${name}"${by}${error === undefined ? '' : html` aria-invalid="true"`}`;
  const remarks = html`${field.hint === undefined ? '' : html`<p class="hint" id="${name}-hint">${field.hint}</p>`}${
    error === undefined ? '' : html`<p class="error" id="${name}-error" role="alert">${error}</p>`
  }`;
  const labelled = (input: Markup): Markup =>
    html`<div class="field"><label for="${name}">${label}</label>${remarks}${input}</div>`;
  const grouped = (inputs: Markup | Markup[]): Markup =>
    html`<fieldset id="${name}" tabindex="-1"${by}><legend>${label}</legend>${remarks}${inputs}</fieldset>`;
  switch (kind) {
    case 'line':
      return labelled(html`<input type="text" ${marks} autocomplete="off" value="${text}">`);
    case 'mail':
    case 'url':
      return labelled(
        html`<input type="text" inputmode="${kind === 'mail' ? 'email' : 'url'}" ${marks} autocomplete="off" spellcheck="false" value="${text}">`,
      );
    case 'lines':
      return labelled(
        // The line break after the tag is not part of the text (HTML standard, "textarea").
        html`<textarea ${marks} rows="5" spellcheck="false">
${textsIn(value).join('\n')}</textarea>`,
      );
    case 'noted':
      return html``;
    case 'tick':
      return html`<div class="field"><label class="choice"><input type="checkbox" ${marks} value="yes"${value === true ? ' checked' : ''}> ${label}</label></div>`;
    case 'select':
      return labelled(
        html`<select ${marks}>${optionsOf(field, known).map(
          (one) => html`<option value="${one.value}"${one.value === text ? ' selected' : ''}>${one.label}</option>`,
        )}</select>`,
      );
    case 'choice':
      return grouped(
        optionsOf(field, known).map(
          (one) =>
            html`<label class="choice"><input type="radio" name="${name}" value="${one.value}"${one.value === text ? ' checked' : ''}> ${one.label}</label>`,
        ),
      );
    case 'many':
      return grouped(many(field, textsIn(value), known));
    case 'places':
      return grouped(places(name, Array.isArray(value) ? (value as readonly Place[]) : [], known));
  }
};

const optionsOf = ({ options }: Field, known: Known) => options?.(known) ?? [];

const textsIn = (value: Values[string] | undefined): readonly string[] =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];

/** What is offered, and what the entry has beside that. */
const many = (field: Field, chosen: readonly string[], known: Known): Markup[] => {
  const offered = optionsOf(field, known);
  const others = chosen.filter((one) => !offered.some(({ value }) => value === one));
  return [...offered, ...others.map((one) => ({ value: one, label: one }))].map(
    ({ value, label }) =>
      html`<label class="choice"><input type="checkbox" name="${field.name}" value="${value}"${chosen.includes(value) ? ' checked' : ''}> ${label}</label>`,
  );
};

/**
 * The providers on the list, each with its place, how many it takes at most and whether it rests; and below them those who
 * are not on it, to be given a place. What a control is stands at the head of its column and in front of its line, and is
 * named from there: with a hundred providers, words of their own for each would be most of the page.
 */
const places = (name: string, given: readonly Place[], { providers }: Known): Markup => {
  const called = (id: string): Markup | string =>
    providers.find((one) => one.id === id)?.name ??
    html`${id} <span class="remark late">finns inte bland utförarna</span>`;
  const others = providers
    .filter(({ id }) => !given.some((place) => place.id === id))
    .toSorted((a, b) => a.name.localeCompare(b.name, 'sv'));
  const number = (field: string, value: string, row: string): Markup =>
    html`<td><input inputmode="numeric" name="${field}"${value === '' ? '' : html` value="${value}"`} aria-labelledby="${field} ${row}"></td>`;
  return html`${
    given.length === 0
      ? ''
      : html`<table class="places"><thead><tr><th scope="col">Utförare</th><th scope="col" id="at">Nummer</th><th scope="col" id="cap">Högst antal</th><th scope="col" id="rests">Vilar</th></tr></thead><tbody>${given.map(
          ({ id, at, cap, paused }, index) => {
            const row = `p${String(index)}`;
            return html`<tr><th id="${row}">${called(id)}</th>${number('at', at, row)}${number('cap', cap, row)}<td><input type="checkbox" name="rests" value="${index}"${paused ? ' checked' : ''} aria-labelledby="rests ${row}"></td></tr>`;
          },
        )}</tbody></table><input type="hidden" name="${name}" value="${given.map(({ id }) => id).join('\n')}">`
  }${
    others.length === 0
      ? ''
      : html`<p class="hint" id="others">${given.length === 0 ? '' : 'Inte på listan: '}Ge den som ska vara med ett nummer.</p><ul class="others">${others.map(
          ({ id, name: its }) =>
            html`<li><label><input inputmode="numeric" name="new"><input type="hidden" name="other" value="${id}">${its}</label></li>`,
        )}</ul>`
  }`;
};

const linesOf = (text: string | null): readonly string[] =>
  (text ?? '')
    .split(/\r?\n/u)
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** The places as they were posted: of those on the list, and of those who were given a number. */
const placesIn = (name: string, posted: URLSearchParams): readonly Place[] => {
  const [at, cap, rests, added] = ['at', 'cap', 'rests', 'new'].map((field) => posted.getAll(field));
  return [
    ...linesOf(posted.get(name)).map((id, index) => ({
      id,
      at: at?.[index] ?? '',
      cap: cap?.[index] ?? '',
      paused: rests?.includes(String(index)) === true,
    })),
    ...posted
      .getAll('other')
      .map((id, index) => ({ id, at: added?.[index] ?? '', cap: '', paused: false }))
      .filter((place) => place.at.trim() !== ''),
  ];
};
