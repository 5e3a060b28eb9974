import type * as z from 'zod/mini';

/** What is wrong and where: `path` is a JSON pointer (RFC 6901) into the fact, `""` for the whole. */
export interface FactError {
  path: string;
  message: string;
  /** What kind of objection it is and what it is about, for readers who are told in other words than the message's. */
  code?: string;
  values?: Readonly<Record<string, string>>;
}

/**
 * All that a schema found wrong, in plain English and in the order of the schema's fields.
 * An unknown field is told at its own place, one error for each.
 */
export const errorsOf = (issues: readonly z.core.$ZodIssue[]): FactError[] =>
  issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({ path: pointer([...issue.path, key]), message: 'is not a field known here' }))
      : [{ path: pointer(issue.path), message: issue.message }],
  );

/** The JSON pointer of a path. */
export const pointer = (path: readonly PropertyKey[]): string =>
  path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

/** The message of an issue whose schema gives none of its own. */
export const messageOf = (issue: z.core.$ZodRawIssue): string => {
  switch (issue.code) {
    case 'invalid_type':
      return wanted(issue.input, kinds[issue.expected] ?? issue.expected);
    case 'invalid_value':
      return wanted(issue.input, oneOf(issue.values.map((value) => JSON.stringify(value))));
    case 'too_small':
      return `must ${verb(issue.origin)} ${issue.inclusive === true ? 'at least' : 'more than'} ${issue.minimum}`;
    case 'too_big':
      return `must ${verb(issue.origin)} ${issue.inclusive === true ? 'at most' : 'less than'} ${issue.maximum}`;
    case 'invalid_format':
    case 'invalid_key':
    case 'invalid_element':
    case 'invalid_union':
    case 'not_multiple_of':
    case 'unrecognized_keys':
    case 'custom':
    default:
      return 'is not valid';
  }
};

const kinds: Readonly<Record<string, string>> = {
  string: 'a string',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
};

const wanted = (input: unknown, what: string): string =>
  input === undefined ? `is missing: expected ${what}` : `must be ${what}`;

const oneOf = (values: readonly unknown[]): string => (values.length === 1 ? '' : 'one of ') + values.join(', ');

const verb = (origin: string): string => (origin === 'array' || origin === 'string' ? 'have a length of' : 'be');
