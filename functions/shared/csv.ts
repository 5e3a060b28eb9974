import type { Request, Response } from './http.ts';

/** Whether a request asks for CSV instead of JSON (`Accept: text/csv`). */
export const asksForCsv = ({ headers }: Request): boolean => headers['accept']?.includes('text/csv') === true;

/** An answer that holds a table as CSV, with a heading. */
export const csvAnswer = (body: string): Response => ({
  statusCode: 200,
  headers: { 'content-type': 'text/csv; charset=utf-8; header=present', 'cache-control': 'no-store' },
  body,
});

/**
 * Rows as CSV (RFC 4180) with a heading. A cell that a spreadsheet would take for a formula begins with an apostrophe.
 */
export const csv = <Column extends string>(
  columns: readonly Column[],
  rows: readonly { readonly [C in Column]?: string | number }[],
): string =>
  [columns, ...rows.map((row) => columns.map((column) => row[column] ?? ''))]
    .map((cells) => `${cells.map((value) => cell(String(value))).join(',')}\r\n`)
    .join('');

const cell = (text: string): string => {
  const safe = /^[=+\-@\t\r]/u.test(text) ? `'${text}` : text;
  return /[",\r\n]/u.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};
