/** What came of a call: an answer's status, or why there was none. */
export type Outcome =
  | { readonly status: number; readonly retryAfterSeconds?: number }
  | { readonly failed: 'address' | 'unresolved' | 'unreachable' | 'timeout' | 'unsigned' };

/** Calls to addresses that others have given. */
export interface Calls {
  /** Posts a body to an address; never throws for what the other side does. */
  readonly post: (url: string, headers: Readonly<Record<string, string>>, body: string) => Promise<Outcome>;
}
