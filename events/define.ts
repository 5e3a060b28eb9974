import * as z from 'zod/mini';

/** Who may record a fact: anyone who is let in, or Frist alone as a consequence of other facts. */
export type By = 'anyone' | 'frist';

/** What stands on every fact beside its data: CloudEvents 1.0 attributes and Frist's own extensions. */
export interface FactOfType<Type extends string, Data> {
  readonly specversion: '1.0';
  /** With `source`, the key that makes a repeated fact the same fact. */
  readonly id: string;
  readonly source: string;
  readonly type: Type;
  /** The case number (ärendenummer). */
  readonly subject: string;
  /** When it happened: RFC 3339 with offset. */
  readonly time: string;
  readonly data: Data;
  readonly datacontenttype?: 'application/json';
  readonly dataschema?: string;
  /** The fact's place in the case's journal: 1, 2, 3 … Set when recorded. */
  readonly sequence?: number;
  /** When it was recorded: RFC 3339. Set when recorded. */
  readonly recordedtime?: string;
  /** The earlier time a provider stated; it decides nothing. */
  readonly claimedtime?: string;
  /** What the provider of the order was when the order was recorded. */
  readonly providerkind?: 'municipal' | 'private';
  /** Whether that provider had the operational system then. */
  readonly providerconnected?: boolean;
  /** The routine that the order was recorded under. */
  readonly routine?: string;
  /** The heading that the routine gives it in the journal (Swedish). */
  readonly heading?: string;
  /** The door of its own by which a provider said it; the municipality's facts have none. */
  readonly door?: 'link' | 'mail' | 'webhook';
  /** The partner system that said it by webhook; on a refusal, the one whose fact was refused. */
  readonly partner?: string;
  /** Who said it on the case officers' pages: the person's id. */
  readonly actor?: string;
}

/** An example of a fact: all that its definition does not say already. */
export interface Example<Data> {
  readonly id: string;
  readonly source: string;
  readonly subject: string;
  readonly time: string;
  readonly data: Data;
}

export interface Definition<
  Name extends string = string,
  Version extends number = number,
  Data extends z.ZodMiniObject = z.ZodMiniObject,
> {
  /** Short name, such as `order.sent`. */
  readonly name: Name;
  readonly version: Version;
  /** The CloudEvents `type`, such as `se.frist.order.sent.v1`. */
  readonly type: `se.frist.${Name}.v${Version}`;
  readonly by: By;
  readonly data: Data;
  /** The whole fact: the envelope with this type and this data. */
  readonly schema: z.ZodMiniObject;
}

/** What is told of a type of fact beside its schema. */
export interface Told<D extends Definition> {
  /** What happened, in one sentence. */
  readonly summary: string;
  readonly examples: readonly [Example<z.output<D['data']>>, ...Example<z.output<D['data']>>[]];
}

/**
 * Defines one version of one type of fact.
 *
 * @param name short name, such as `order.sent`; it must be unique together with the version
 * @param version 1, 2, 3 …; a published version is never changed, except by a new optional field
 */
export const defineFact = <const Name extends string, const Version extends number, Data extends z.ZodMiniObject>(
  name: Name,
  version: Version,
  { by, data }: Pick<Definition<Name, Version, Data>, 'by' | 'data'>,
): Definition<Name, Version, Data> => {
  const type = `se.frist.${name}.v${version}` as const;
  const schema = z.catchall(z.object({ ...envelopeShape, type: z.literal(type), data }), extension);
  return { name, version, type, by, data, schema };
};

// Fields. A field says in one message what it expects, so that an error reads the same however the value is wrong.

const expecting = (what: string) => (issue: { readonly input?: unknown }) =>
  issue.input === undefined ? `is missing: expected ${what}` : `must be ${what}`;

const stringThat = (what: string, holds: (value: string) => boolean, schema: Record<string, unknown>) =>
  z.string({ error: expecting(what) }).check(z.refine(holds), z.meta(schema));

const stringLike = (what: string, pattern: RegExp, schema: Record<string, unknown> = {}) =>
  stringThat(what, (value) => pattern.test(value), { pattern: pattern.source, ...schema });

// Control characters, line and paragraph separators, and halves of characters, which no store keeps as they are.
const line = (longest: number) =>
  stringLike(
    `1 to ${longest} characters on one line, not only spaces`,
    new RegExp(`^(?=.*\\S)[^\\p{Cc}\\p{Cs}\\p{Zl}\\p{Zp}]{1,${longest}}$`, 'u'),
  );

/** An id or another short string: one line of at most 128 characters. */
export const id = line(128);

/** A longer id or reference: one line of at most 512 characters. */
export const reference = line(512);

/** Free text: at most 4000 characters, line breaks allowed. */
export const text = stringLike(
  '1 to 4000 characters, not only spaces, without control characters other than line breaks',
  /^(?=\s*\S)(?:[^\p{Cc}\p{Cs}]|\r?\n){1,4000}$/u,
);

const datePattern = /^(\d{4})-(\d{2})-(\d{2})$/;

const isDate = (value: unknown): value is string => {
  const [, year, month, day] = (typeof value === 'string' && datePattern.exec(value)) || [];
  return day !== undefined && Number(day) >= 1 && Number(day) <= daysIn(Number(year), Number(month));
};

const daysIn = (year: number, month: number): number => {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  if (month < 1 || month > 12) return 0;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
};

// RFC 3339 section 5.6, with its upper or lower case `T` and `Z`, but no leap second: no clock here can show one.
const instantPattern =
  /^(\d{4}-\d{2}-\d{2})[Tt](?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,9})?(?:[Zz]|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;

const isInstant = (value: string): boolean => isDate(instantPattern.exec(value)?.[1]);

const dateSchema = { type: 'string', format: 'date', pattern: datePattern.source };
const instantSchema = { type: 'string', format: 'date-time', pattern: instantPattern.source };

/** A day of the calendar, `YYYY-MM-DD`. */
export const date = stringThat('a date that exists, such as 2026-12-23', isDate, dateSchema);

/** A moment: RFC 3339 with seconds and offset. */
export const instant = stringThat(
  'a moment that exists, with seconds and offset, such as 2026-12-23T15:00:00+01:00',
  isInstant,
  instantSchema,
);

/** A day, or a moment where it is known. */
export const dateOrInstant = stringThat(
  'a date such as 2026-12-23, or a moment such as 2026-12-23T15:00:00+01:00',
  (value) => isDate(value) || isInstant(value),
  { anyOf: [dateSchema, instantSchema] },
);

/** A period of days, both ends included; without `to` it has no known end. */
export const period = inOrder(z.strictObject({ from: date, to: z.exactOptional(date) }));

/** A whole number from 1 up. */
export const count = z.int().check(z.gte(1));

/** Data with `from` and `to` whose end is not before its beginning. */
export function inOrder<Schema extends z.ZodMiniObject>(schema: Schema): Schema {
  return schema.check(
    z.refine(
      // Dates of this form sort as text, so they are compared as they stand.
      ({ from, to }) => !isDate(from) || !isDate(to) || to >= from,
      { path: ['to'], error: 'must not be before "from"', when: isWholeObject },
    ),
  );
}

/** Data about one thing out of several: exactly one of the fields, all declared optional, is there. */
export function exactlyOneOf<Schema extends z.ZodMiniObject>(names: readonly string[], schema: Schema): Schema {
  return schema.check(
    z.refine((data) => names.filter((name) => Object.hasOwn(data, name)).length === 1, {
      error: `must have exactly one of ${names.map((name) => `"${name}"`).join(', ')}`,
      when: isWholeObject,
    }),
    z.meta({ oneOf: names.map((name) => ({ required: [name] })) }),
  );
}

// Checks across fields run although a field of its own is wrong, so that all errors are told at once.
function isWholeObject({ value }: { readonly value: unknown }): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

// The envelope.

const uriCharacters = `(?:[A-Za-z0-9._~:/?#[\\]@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})`;

/** What a case is called. */
export const subject = stringLike(
  'a case number of 1 to 64 letters, digits, spaces or ./:_- beginning with a letter or digit, such as 2026-0417',
  /^[\p{L}\p{N}][\p{L}\p{N} ./:_-]{0,63}$/u,
);

const envelopeShape = {
  specversion: z.literal('1.0'),
  id: line(256),
  source: stringLike(
    'a URI reference of 1 to 256 characters, such as /treserva',
    new RegExp(`^${uriCharacters}{1,256}$`, 'u'),
    { format: 'uri-reference' },
  ),
  type: z.string({ error: expecting('a type of fact, such as se.frist.order.sent.v1') }),
  subject,
  time: instant,
  data: z.looseObject({}),
  datacontenttype: z.exactOptional(z.literal('application/json')),
  dataschema: z.exactOptional(
    stringLike(
      'an absolute URI of at most 512 characters',
      new RegExp(`^(?=.{1,512}$)[A-Za-z][A-Za-z0-9+.-]*:${uriCharacters}+$`, 'u'),
      { format: 'uri' },
    ),
  ),
  sequence: z.exactOptional(count),
  recordedtime: z.exactOptional(instant),
  claimedtime: z.exactOptional(instant),
  providerkind: z.exactOptional(z.enum(['municipal', 'private'])),
  providerconnected: z.exactOptional(z.boolean()),
  routine: z.exactOptional(id),
  heading: z.exactOptional(line(128)),
  door: z.exactOptional(z.enum(['link', 'mail', 'webhook'])),
  partner: z.exactOptional(id),
  actor: z.exactOptional(id),
};

const extension = z.union(
  [
    stringLike('at most 1024 characters without control characters', /^[^\p{Cc}\p{Cs}]{0,1024}$/u),
    z.number(),
    z.boolean(),
  ],
  { error: 'must be a number, true, false or a string of at most 1024 characters without control characters' },
);

/** Names that an attribute beside the known ones may have. */
export const extensionName = /^[a-z0-9]{1,20}$/;

/** Any fact, whatever its type: the envelope alone. The names of its extensions are left to the caller. */
export const envelope = z.catchall(z.object(envelopeShape), extension);
