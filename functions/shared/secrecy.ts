import personnummer from 'personnummer';
import { pointer, type FactError } from '../../events/errors.ts';

/** The package's types describe its ES module; Node is given its CommonJS one, whose default export is the class itself. */
const library = personnummer as unknown as Pick<(typeof personnummer)['default'], 'valid'>;

/**
 * A run of digits as personal identity numbers are written: with or without century, and separated by a hyphen, plus, dash,
 * minus or space of any kind. A hyphen joins it to more letters or digits only in other ids, `O-20261223-0042`, but for
 * `pnr-`, and for those born before 2000: no order is of that time. So too where the day is written as a date.
 */
const SEPARATED = String.raw`(?: ?[+\p{Pd}\u2212] ?| )?\d{4}(?!\d`;
const CANDIDATE = new RegExp(
  [
    String.raw`(?<!\d|[\p{L}\d]-(?<!n(?:umme)?r-))(?:\d{2})?\d{6}${SEPARATED}|-[\p{L}\d])`,
    String.raw`(?<!\d)1[89]\d{6}${SEPARATED})`,
    String.raw`(?<!\d)1[89]\d\d-\d\d-\d\d${SEPARATED}|-\d)`,
  ].join('|'),
  'giu',
);

/** Ids that machines make, in which any digits may stand: UUIDs, and hashes and the like in hexadecimal. */
const MACHINE_MADE =
  /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?<![\p{L}\d])(?=\d*[a-f])[0-9a-f]{24,}(?![\p{L}\d])/giu;

/** Whether a text holds a valid personnummer or samordningsnummer, by its date and check digit (row B9). */
export const holdsPersonalNumber = (text: string): boolean =>
  (plain(text).replaceAll(MACHINE_MADE, ' ').match(CANDIDATE) ?? []).some((candidate) =>
    library.valid(
      `${candidate.slice(0, -4).replaceAll(/\D/gu, '')}${candidate.includes('+') ? '+' : '-'}${candidate.slice(-4)}`,
      {
        allowCoordinationNumber: true,
        allowInterimNumber: false,
      },
    ),
  );

/** One way to write each digit and space, and no characters that nobody sees. */
const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .replaceAll(/\p{Cf}/gu, '')
    .replaceAll(/\p{Zs}/gu, ' ');

/**
 * Where a fact, or an entry of a register, holds a personal identity number: it is refused at the door, whatever field it
 * stands in.
 */
export const personalNumbersIn = (told: object): FactError[] => search(told, []);

const search = (value: unknown, path: readonly string[]): FactError[] => {
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).flatMap(([key, inner]) =>
      holdsPersonalNumber(key) ? [refused(path)] : search(inner, [...path, key]),
    );
  return holdsPersonalNumber(String(value)) ? [refused(path)] : [];
};

const refused = (path: readonly string[]): FactError => ({
  path: pointer(path),
  message: 'holds a personal identity number; use the case number alone',
  code: 'personalNumber',
});
