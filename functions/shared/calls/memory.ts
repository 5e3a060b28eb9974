import type { Calls, Outcome } from './calls.ts';

export interface Call {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Calls that go nowhere, for tests: they are kept, and answered as the test says. */
export const memoryCalls = (
  answer: (call: Call) => Outcome = () => ({ status: 204 }),
): Calls & { readonly made: readonly Call[] } => {
  const made: Call[] = [];
  return {
    made,
    post: async (url, headers, body) => {
      const call = { url, headers, body };
      made.push(call);
      return answer(call);
    },
  };
};
