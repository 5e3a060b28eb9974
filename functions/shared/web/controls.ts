import { html } from 'hono/html';
import { formatDay } from '../../../domain/calendar/stockholm.ts';
import { OTHER_DAY, type Choice, type DayBounds, type Field, type LikelyDay, type Option } from './fields.ts';
import type { Markup } from './page.ts';

/*
 * The fields of a form as markup: a label for every control, and what is wrong with it beside it.
 */

/** A field where it stands: in which form, with what was posted there and what is wrong with that. */
export interface Placed {
  /** What tells the form's controls from those of other forms on the page. */
  readonly form: string;
  readonly posted: URLSearchParams | undefined;
  readonly error: string | undefined;
}

/** The id of a field's first control: where a link to the field leads. */
export const controlId = (form: string, name: string): string => `${form}-${name}`.replaceAll(/[^\w-]/gu, '-');

export const control = (field: Field, placed: Placed): Markup => {
  switch (field.kind) {
    case 'choice':
      return options(field, field.options, placed, '');
    case 'select':
      return labelled(
        field,
        placed,
        (attributes) =>
          html`<select ${attributes}>${field.options.map(
            ({ value, label }) =>
              html`<option value="${value}"${value === postedIn(placed, field.name) ? ' selected' : ''}>${label}</option>`,
          )}</select>`,
      );
    case 'likelyDay': {
      const shown = asOffered(field, placed);
      return options(
        field,
        [...field.likely, { value: OTHER_DAY, label: 'en annan dag' }],
        shown,
        otherDay(field, shown),
      );
    }
    case 'tick':
      return tick(field, placed);
    case 'day':
      return labelled(field, placed, (attributes) => dayInput(attributes, field, postedIn(placed, field.name)));
    case 'timeOfDay':
      return labelled(
        field,
        placed,
        (attributes) => html`<input type="time" ${attributes} value="${postedIn(placed, field.name)}">`,
      );
    case 'text':
      return labelled(
        field,
        placed,
        // The line break after the tag is not part of the text (HTML standard, "textarea").
        (attributes) =>
          html`<textarea ${attributes} rows="${field.optional ? '2' : '4'}"${field.optional ? '' : ' required'}>
${postedIn(placed, field.name)}</textarea>`,
      );
    case 'line':
      return labelled(
        field,
        placed,
        (attributes) =>
          html`<input type="text" ${attributes} autocomplete="off" value="${postedIn(placed, field.name)}">`,
      );
    case 'quantity':
      return labelled(
        field,
        placed,
        (attributes) =>
          html`<input type="text" class="short" inputmode="${field.whole ? 'numeric' : 'decimal'}" ${attributes} autocomplete="off" value="${postedIn(placed, field.name)}"${field.optional ? '' : ' required'}>`,
      );
  }
};

const postedIn = ({ posted }: Placed, name: string): string => posted?.get(name) ?? '';

const labelled = (field: Field, placed: Placed, input: (attributes: Markup) => Markup): Markup => {
  const id = controlId(placed.form, field.name);
  const attributes = html`id="${id}" name="${field.name}"${describedBy(field, placed)}${placed.error === undefined ? '' : html` aria-invalid="true"`}`;
  return html`<div class="field"><label for="${id}">${field.label}</label>${remarks(field, placed)}${input(attributes)}</div>`;
};

const dayInput = (attributes: Markup, { first, last }: DayBounds, given: string): Markup =>
  html`<input type="date" ${attributes} min="${formatDay(first)}" max="${formatDay(last)}" value="${given}">`;

/** Radio buttons. The first carries the field's id. */
const options = (
  field: Choice | LikelyDay,
  offered: readonly Option[],
  placed: Placed,
  further: Markup | string,
): Markup => {
  const id = controlId(placed.form, field.name);
  const chosen = postedIn(placed, field.name);
  return html`<fieldset${describedBy(field, placed)}><legend>${field.label}</legend>${remarks(field, placed)}${offered.map(
    ({ value, label }, index) =>
      html`<label class="choice"><input type="radio" ${index === 0 ? html`id="${id}" ` : ''}name="${field.name}" value="${value}"${value === chosen ? ' checked' : ''} required> ${label}</label>`,
  )}${further}</fieldset>`;
};

/** A day that is none of the likely ones is another one: it may have been when the form was opened, some days ago. */
const asOffered = ({ name, likely, other }: LikelyDay, placed: Placed): Placed => {
  const day = postedIn(placed, name);
  if (day === '' || day === OTHER_DAY || likely.some(({ value }) => value === day)) return placed;
  const posted = new URLSearchParams(placed.posted);
  posted.set(name, OTHER_DAY);
  posted.set(other, day);
  return { ...placed, posted };
};

/** Shown beside the option for it; where the style sheet can see what is chosen, only then. */
const otherDay = (field: LikelyDay, placed: Placed): Markup => {
  const id = controlId(placed.form, field.other);
  const invalid = placed.error !== undefined && postedIn(placed, field.name) === OTHER_DAY;
  const attributes = html`id="${id}" name="${field.other}"${invalid ? html`${describedBy(field, placed)} aria-invalid="true"` : ''}`;
  return html`<div class="field other"><label for="${id}">Vilken dag?</label>${dayInput(attributes, field, postedIn(placed, field.other))}</div>`;
};

const tick = (field: Field, placed: Placed): Markup => {
  const id = controlId(placed.form, field.name);
  return html`<div class="field">${remarks(field, placed)}<label class="choice"><input type="checkbox" id="${id}" name="${field.name}" value="yes"${describedBy(field, placed)}${placed.error === undefined ? '' : html` aria-invalid="true"`}${postedIn(placed, field.name) === 'yes' ? ' checked' : ''} required> ${field.label}</label></div>`;
};

/** What stands between a field's label and its control: a hint, and what is wrong. */
const remarks = ({ name, hint }: Field, { form, error }: Placed): Markup => {
  const id = controlId(form, name);
  return html`${hint === undefined ? '' : html`<p class="hint" id="${id}-hint">${hint}</p>`}${
    error === undefined ? '' : html`<p class="error" id="${id}-error" role="alert">${error}</p>`
  }`;
};

const describedBy = ({ name, hint }: Field, { form, error }: Placed): Markup | string => {
  const id = controlId(form, name);
  const by = [...(hint === undefined ? [] : [`${id}-hint`]), ...(error === undefined ? [] : [`${id}-error`])];
  return by.length === 0 ? '' : html` aria-describedby="${by.join(' ')}"`;
};
