/** The message may succeed when it is delivered again; nothing has been decided. */
export class TryAgain extends Error {
  override readonly name = 'TryAgain';
}

/** What may be logged of an error: its name and where it was thrown. Messages of foreign errors may hold anything. */
export const traceOf = (error: unknown): { readonly error: string; readonly at: string } =>
  error instanceof Error
    ? { error: error.name, at: /\n\s+at (.*)/u.exec(error.stack ?? '')?.[1] ?? '' }
    : { error: typeof error, at: '' };
