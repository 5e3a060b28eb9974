import { html } from 'hono/html';
import { control, controlId } from './controls.ts';
import { OTHER_DAY, type Field, type FieldError } from './fields.ts';
import type { Markup } from './page.ts';

/** A form, with what was posted of it when that is wrong. */
export interface Form {
  /** Tells it from the other forms of its page; posted as `answer`. */
  readonly name: string;
  readonly fields: readonly Field[];
  readonly button: string;
  /** What is posted along unseen. */
  readonly hidden?: Readonly<Record<string, string>>;
  /** What stands in the fields before anybody has filled them in. */
  readonly initial?: URLSearchParams;
  /** Where it is posted, if that is another page than the one that it stands on. */
  readonly action?: string;
}

/** What was posted of a form and cannot be taken. */
export interface Mistake {
  /** The form's name. */
  readonly form: string;
  readonly posted: URLSearchParams;
  readonly errors: readonly FieldError[];
}

/**
 * A form, of its page or posted to another. The browser's own checks are off: what is wrong is said by the page, in the
 * same words to everybody, and stays there while it is put right.
 */
export const form = (
  { name, fields, button, hidden = {}, initial, action }: Form,
  mistake: Mistake | undefined,
): Markup => {
  const own = mistake?.form === name ? mistake : undefined;
  const errorOf = (field: Field): string | undefined =>
    own?.errors.find((error) => error.field === field.name)?.message;
  return html`<form method="post"${action === undefined ? '' : html` action="${action}"`} novalidate><input type="hidden" name="answer" value="${name}">${Object.entries(
    hidden,
  ).map(([key, value]) => html`<input type="hidden" name="${key}" value="${value}">`)}${fields.map((field) =>
    control(field, { form: name, posted: own?.posted ?? initial, error: errorOf(field) }),
  )}<button>${button}</button></form>`;
};

/** All that is wrong with a form, at the top of its page, each with a way to its field. The reader begins there. */
export const errorSummary = (
  { name, fields }: Form,
  { posted, errors }: Mistake,
  heading = 'Svaret behöver rättas',
): Markup => {
  const places = new Map(fields.map((field) => [field.name, controlId(name, controlNamed(field, posted))]));
  return html`<section class="card wrong" id="wrong" tabindex="-1" autofocus aria-labelledby="wrong-heading"><h2 id="wrong-heading">${heading}</h2><ul>${errors.map(
    ({ field, message }) => html`<li><a href="#${places.get(field) ?? ''}">${message}</a></li>`,
  )}</ul></section>`;
};

/** The control to put right: of a day that is another than the likely ones, its own. */
const controlNamed = (field: Field, posted: URLSearchParams): string =>
  field.kind === 'likelyDay' && posted.get(field.name) === OTHER_DAY ? field.other : field.name;
