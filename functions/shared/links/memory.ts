import { Temporal } from 'temporal-polyfill';
import type { Links, Ways } from './links.ts';

/** Links in memory, for tests; held to the same contract test as the table's. Tokens are numbered. */
export const memoryLinks = (): Links => {
  const kept = new Map<string, { readonly ways: Ways; readonly expires: Temporal.Instant }>();
  const waysOf = (token: string, now: Temporal.Instant): Ways | undefined => {
    const found = kept.get(token);
    return found && Temporal.Instant.compare(now, found.expires) < 0 ? found.ways : undefined;
  };
  return {
    create: async (ways, expires) => {
      const number = kept.size / 2 + 1;
      const tokens = { page: `token-${String(number)}`, reply: number.toString(16).padStart(32, '0') };
      kept.set(tokens.page, { ways: { ...(ways.link && { link: ways.link }) }, expires });
      kept.set(tokens.reply, { ways: { ...(ways.reply && { reply: ways.reply }) }, expires });
      return tokens;
    },
    find: async (page, now) => waysOf(page, now)?.link,
    answered: async (reply, now) => waysOf(reply, now)?.reply,
  };
};
