import fc from 'fast-check';
import { catalogue, type FactName } from '../../events/catalogue.ts';
import { toldOf } from '../../events/told.ts';
import type { Response } from '../../functions/shared/http.ts';
import { jsonIn } from './messages.ts';

/*
 * What stands at a door as it should be, with something else in one place or another.
 */

type Path = readonly (string | number)[];

const pathsIn = (value: unknown, path: Path = []): Path[] =>
  typeof value === 'object' && value !== null
    ? [path, ...Object.entries(value).flatMap(([key, inner]) => pathsIn(inner, [...path, key]))]
    : [path];

const changed = (value: unknown, [key, ...rest]: Path, change: (inner: unknown) => unknown): unknown => {
  if (key === undefined) return change(value);
  if (Array.isArray(value))
    return value.map((inner: unknown, index) => (String(index) === key ? changed(inner, rest, change) : inner));
  const entries = Object.entries(value as object);
  return Object.fromEntries(
    entries.flatMap(([name, inner]) => {
      if (name !== key) return [[name, inner]];
      const next = changed(inner, rest, change);
      return next === undefined ? [] : [[name, next]];
    }),
  );
};

/** What should not be where it stands, or could be. */
const odd = fc.oneof(
  fc.constantFrom<unknown>(
    undefined,
    null,
    '',
    ' ',
    0,
    -1,
    1e308,
    true,
    [],
    {},
    '2026-02-30',
    '2026-12-23',
    '2026-12-23T15:00:00+01:00',
    '9999-12-31T23:59:59Z',
    '0000-01-01',
    '__proto__',
    'constructor',
    '<script>',
    '\u0000',
    '\u202e',
    '\ud800',
    'a'.repeat(5000),
    '19121212-1212',
    'personalCare',
    'hemvard-vast',
  ),
  fc.string(),
  fc.jsonValue({ maxDepth: 2 }),
);

/** A value with up to four places in it changed, left out or added to. */
export const mutated = (whole: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc
    .tuple(
      whole,
      fc.array(fc.tuple(fc.nat(), odd, fc.boolean(), fc.string({ maxLength: 20 })), { minLength: 0, maxLength: 4 }),
    )
    .map(([value, changes]) => {
      let current = value;
      for (const [pick, other, adds, name] of changes) {
        const paths = pathsIn(current);
        const path = paths[pick % paths.length] ?? [];
        current = changed(current, path, (inner) =>
          adds && typeof inner === 'object' && inner !== null && !Array.isArray(inner)
            ? { ...inner, [name]: other }
            : other,
        );
      }
      return current;
    });

const NAMES = Object.keys(catalogue) as FactName[];

/** The examples of the catalogue, as they are sent. */
export const EXAMPLES = NAMES.flatMap((name) =>
  toldOf(catalogue[name]).examples.map((example) => ({ specversion: '1.0', type: catalogue[name].type, ...example })),
);

/** A refusal tells what is wrong, and where: each error by a pointer and in words. */
export const isWell = (answer: Response): boolean => {
  if (answer.statusCode !== 422) return true;
  const { errors = [] } = jsonIn(answer) as { errors?: { pointer: string; detail: string }[] };
  return errors.length > 0 && errors.every(({ pointer, detail }) => /^#(?:\/|$)/u.test(pointer) && detail !== '');
};
