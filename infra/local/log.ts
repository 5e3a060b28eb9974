import { Temporal } from 'temporal-polyfill';

/** Says what happened by a code and ids. Never a body, a token or an address: the path of a request may hold a token. */
export type Log = (code: string, details?: Readonly<Record<string, string | number>>) => void;

/** One JSON object a line on standard error; standard output is kept for the ready line. */
export const logToStderr: Log = (code, details) => {
  process.stderr.write(`${JSON.stringify({ time: Temporal.Now.instant().toString(), code, ...details })}\n`);
};

/** What an error says of itself, for a log line or a dead letter. */
export const sayError = (error: unknown): string =>
  error instanceof Error ? `${error.name}: ${error.message}` : String(error);
