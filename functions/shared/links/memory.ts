import { Temporal } from 'temporal-polyfill';
import type { Link, Links } from './links.ts';

/** Links in memory, for tests; held to the same contract test as the table's. Tokens are numbered. */
export const memoryLinks = (): Links => {
  const links = new Map<string, { link: Link; expires: Temporal.Instant }>();
  return {
    create: async (link, expires) => {
      const token = `token-${String(links.size + 1)}`;
      links.set(token, { link, expires });
      return token;
    },
    find: async (token, now) => {
      const found = links.get(token);
      return found && Temporal.Instant.compare(now, found.expires) < 0 ? found.link : undefined;
    },
  };
};
