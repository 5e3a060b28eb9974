import { dayOfDate } from '../../../domain/calendar/stockholm.ts';
import type { EpochDay } from '../../../domain/calendar/days.ts';
import { date, reference, text } from '../../../events/define.ts';
import { holdsPersonalNumber } from '../secrecy.ts';

/*
 * What a form asks for, field by field, and how what was posted is read: as a value, or as what is wrong with it in Swedish.
 */

/** What every field says. */
export interface Asks {
  /** The name that the field is posted under. */
  readonly name: string;
  /** The question, or what is to be filled in. */
  readonly label: string;
  readonly hint?: string;
}

/** One of several. */
export interface Choice extends Asks {
  readonly kind: 'choice';
  readonly options: readonly Option[];
  /** What is said when none is chosen. */
  readonly missing: string;
}

/** One of many. */
export interface Select extends Asks {
  readonly kind: 'select';
  readonly options: readonly Option[];
  readonly missing: string;
}

export interface Option {
  readonly value: string;
  readonly label: string;
}

/** The days that may be given, both included, and what is said of one outside them. */
export interface DayBounds {
  readonly first: EpochDay;
  readonly last: EpochDay;
  readonly tooEarly: string;
  readonly tooLate: string;
}

/** A day. */
export interface Day extends Asks, DayBounds {
  readonly kind: 'day';
  readonly optional?: true;
}

/** A day that is likely one of a few: each an option, and another one to be filled in. */
export interface LikelyDay extends Asks, DayBounds {
  readonly kind: 'likelyDay';
  readonly likely: readonly Option[];
  /** The name that the other day is posted under. */
  readonly other: string;
  readonly missing: string;
}

/** A time of day, which may be left out. */
export interface TimeOfDay extends Asks {
  readonly kind: 'timeOfDay';
}

/** Free text, which must be given unless it is optional. */
export interface Text extends Asks {
  readonly kind: 'text';
  readonly missing: string;
  readonly optional?: true;
}

/** A short line, which may be left out. */
export interface Line extends Asks {
  readonly kind: 'line';
}

/** A number from 0 up. */
export interface Quantity extends Asks {
  readonly kind: 'quantity';
  readonly most: number;
  readonly whole?: true;
  readonly optional?: true;
  /** What is said when it is no such number. */
  readonly wrong: string;
}

/** A box that must be ticked. */
export interface Tick extends Asks {
  readonly kind: 'tick';
  readonly missing: string;
}

export type Field = Choice | Select | Day | LikelyDay | TimeOfDay | Text | Line | Quantity | Tick;

/** The option of a {@link LikelyDay} that stands for another day. */
export const OTHER_DAY = 'other';

const MOST_CHARACTERS = 2000;
const MOST_IN_LINE = 200;

export interface FieldError {
  /** The field's name. */
  readonly field: string;
  readonly message: string;
}

/** What was said in a form, by field; what was left out is `''`. */
export type Said = (field: string) => string;

export type ReadForm =
  | { readonly ok: true; readonly said: Said }
  | { readonly ok: false; readonly errors: readonly FieldError[] };

/** Reads all fields of a form, so that all errors are told at once. */
export const readFields = (fields: readonly Field[], posted: URLSearchParams): ReadForm => {
  const values = new Map<string, string>();
  const errors: FieldError[] = [];
  for (const field of fields) {
    const read = readField(field, posted);
    if (read.ok) values.set(field.name, read.value);
    else errors.push({ field: field.name, message: read.error });
  }
  return errors.length > 0 ? { ok: false, errors } : { ok: true, said: (name) => values.get(name) ?? '' };
};

type Read = { readonly ok: true; readonly value: string } | { readonly ok: false; readonly error: string };

const value = (read: string): Read => ({ ok: true, value: read });
const wrong = (error: string): Read => ({ ok: false, error });

const readField = (field: Field, posted: URLSearchParams): Read => {
  const given = (posted.get(field.name) ?? '').trim();
  switch (field.kind) {
    case 'choice':
    case 'select':
      return field.options.some((option) => option.value === given) ? value(given) : wrong(field.missing);
    case 'day':
      return given === '' && field.optional === true ? value('') : readDay(given, field);
    case 'likelyDay': {
      const day = given === OTHER_DAY ? (posted.get(field.other) ?? '').trim() : given;
      return given === '' ? wrong(field.missing) : readDay(day, field);
    }
    case 'timeOfDay':
      return readTimeOfDay(given);
    case 'text':
      if (given === '') return field.optional === true ? value('') : wrong(field.missing);
      return readText(given.replaceAll(/\r\n?/gu, '\n'));
    case 'line':
      return given === '' ? value('') : readLine(given);
    case 'quantity':
      return given === '' && field.optional === true ? value('') : readQuantity(given, field);
    case 'tick':
      return given === 'yes' ? value(given) : wrong(field.missing);
  }
};

const readDay = (given: string, { first, last, tooEarly, tooLate }: DayBounds): Read => {
  if (!date.safeParse(given).success) return wrong('Ange ett datum, till exempel 2026-12-23.');
  const day = dayOfDate(given);
  if (day < first) return wrong(tooEarly);
  return day > last ? wrong(tooLate) : value(given);
};

const TIME_OF_DAY = /^([01]?\d|2[0-3])[:.]([0-5]\d)(?::00)?$/u;

const readTimeOfDay = (given: string): Read => {
  if (given === '') return value('');
  const [, hour, minute] = TIME_OF_DAY.exec(given) ?? [];
  if (hour === undefined || minute === undefined) return wrong('Ange ett klockslag, till exempel 08:30.');
  return value(`${hour.padStart(2, '0')}:${minute}`);
};

const readText = (given: string): Read => {
  if (given.length > MOST_CHARACTERS)
    return wrong(`Korta texten till högst ${String(MOST_CHARACTERS)} tecken. Nu är den ${String(given.length)}.`);
  if (!text.safeParse(given).success || given.includes(UNREADABLE)) return wrong(UNREADABLE_TEXT);
  return holdsPersonalNumber(given) ? wrong(PERSONAL_NUMBER) : value(given);
};

const readLine = (given: string): Read => {
  if (given.length > MOST_IN_LINE) return wrong(`Skriv högst ${String(MOST_IN_LINE)} tecken.`);
  if (!reference.safeParse(given).success || given.includes(UNREADABLE)) return wrong(UNREADABLE_TEXT);
  return holdsPersonalNumber(given) ? wrong(PERSONAL_NUMBER) : value(given);
};

/** What bytes that are not UTF-8 are read as. */
const UNREADABLE = '\u{FFFD}';
const UNREADABLE_TEXT = 'Texten har tecken som inte går att läsa. Skriv den på nytt.';
const PERSONAL_NUMBER = 'Texten ser ut att ha ett personnummer. Ta bort det: ärendets nummer räcker.';

const readQuantity = (given: string, { most, whole, wrong: message }: Quantity): Read => {
  const number = given.replace(',', '.');
  const form = whole === true ? /^\d{1,4}$/u : /^\d{1,4}(?:\.\d{1,2})?$/u;
  return form.test(number) && Number(number) <= most ? value(number) : wrong(message);
};
