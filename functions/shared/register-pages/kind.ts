import type { Temporal } from 'temporal-polyfill';
import type * as z from 'zod/mini';
import type { MailProblem } from '../registers/mail-problems.ts';
import type { Entries, Officer, Provider, RegisterName } from '../registers/registers.ts';
import type { Markup } from '../web/page.ts';

/*
 * A register as people see it: what it is called, what a line of it says, and the form of an entry.
 */

/** What the forms offer to choose from. */
export interface Known {
  readonly providers: readonly Provider[];
  readonly officers: readonly Officer[];
  /** The services of the routines in force, by id. */
  readonly services: ReadonlyMap<string, string>;
  /** The addresses that mail does not reach, in small letters. */
  readonly problems: ReadonlyMap<string, MailProblem>;
  readonly now: Temporal.Instant;
}

export interface Option {
  readonly value: string;
  readonly label: string;
}

/**
 * A field of an entry's form. `name` is also where the entry holds it. One that is `noted` is told in the journal of changes
 * and asked of nobody.
 */
export interface Field {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  /** What is said when what was written cannot be taken. */
  readonly wrong: string;
  readonly kind: 'line' | 'mail' | 'url' | 'lines' | 'tick' | 'choice' | 'select' | 'many' | 'places' | 'noted';
  readonly options?: (known: Known) => readonly Option[];
  /** It names the entry: given once, and never changed. */
  readonly names?: true;
}

/** What a form says of an entry: text, several texts, or a mark. */
export type Values = Readonly<Record<string, string | readonly string[] | boolean | readonly Place[]>>;

export interface Place {
  readonly id: string;
  readonly at: string;
  readonly cap: string;
  readonly paused: boolean;
}

export interface Kind<R extends RegisterName = RegisterName> {
  readonly register: R;
  /** As the address names it. */
  readonly path: string;
  readonly title: string;
  readonly lead: string;
  /** Only whoever may change it sees it. */
  readonly isKeepersOwn?: true;
  /** What one more is called: "Ny utförare". */
  readonly another: string;
  readonly fields: readonly Field[];
  readonly schema: z.ZodMiniType<Entries[R]>;
  readonly nameOf: (entry: Entries[R], known: Known) => string;
  readonly columns: readonly {
    readonly title: string;
    readonly of: (entry: Entries[R], known: Known) => Markup | string;
  }[];
  readonly valuesOf: (entry: Entries[R]) => Values;
  /** The entry that a form says, not yet checked. */
  readonly entryOf: (values: Values) => object;
  /** The entry under the id by which it is kept, with what the former one says that the form does not ask for. */
  readonly keptAs: (entry: Entries[R], former: Entries[R] | undefined) => Entries[R];
}

export const NAME: Field = { name: 'name', label: 'Namn', wrong: 'Skriv ett namn, högst 200 tecken.', kind: 'line' };

/** The registers' own pages lie under this address. */
export const PATH = '/watch/registers';

/** What a field of one line says. */
export const text = (values: Values, name: string): string => {
  const value = values[name];
  return typeof value === 'string' ? value.trim() : '';
};

export const texts = (values: Values, name: string): readonly string[] => {
  const value = values[name];
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];
};

/** A field that may be left empty, and then is not in the entry. */
export const maybe = (values: Values, name: string): object =>
  text(values, name) === '' ? {} : { [name]: text(values, name) };
