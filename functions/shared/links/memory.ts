import { Temporal } from 'temporal-polyfill';
import type { Links } from './links.ts';
import type { Replies } from './replies.ts';

/** Links in memory, for tests; held to the same contract test as the table's. Tokens are numbered. */
export const memoryLinks = (): Links => memoryTokens((number) => `token-${String(number)}`);

/** Tokens to reply by in memory, for tests; held to the same contract test as the table's. */
export const memoryReplies = (): Replies => memoryTokens((number) => number.toString(16).padStart(32, '0'));

const memoryTokens = <Held>(nameOf: (number: number) => string) => {
  const tokens = new Map<string, { held: Held; expires: Temporal.Instant }>();
  return {
    create: async (held: Held, expires: Temporal.Instant): Promise<string> => {
      const token = nameOf(tokens.size + 1);
      tokens.set(token, { held, expires });
      return token;
    },
    find: async (token: string, now: Temporal.Instant): Promise<Held | undefined> => {
      const found = tokens.get(token);
      return found && Temporal.Instant.compare(now, found.expires) < 0 ? found.held : undefined;
    },
  };
};
