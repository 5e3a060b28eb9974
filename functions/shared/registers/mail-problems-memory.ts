import type { Temporal } from 'temporal-polyfill';
import { formatInstant } from '../../../domain/calendar/stockholm.ts';
import type { MailProblems } from './mail-problems.ts';

/** Problems with addresses in memory, for tests; held to the same contract test as the table's. */
export const memoryMailProblems = (): MailProblems => {
  const known = new Map<string, { since?: Temporal.Instant; reason: string; cleared?: Temporal.Instant }>();
  return {
    note: async (address, at, reason) => {
      const { since, cleared } = known.get(address.toLowerCase()) ?? {};
      if (since !== undefined || (cleared && cleared.epochMilliseconds >= at.epochMilliseconds)) return;
      known.set(address.toLowerCase(), { since: at, reason, ...(cleared && { cleared }) });
    },
    clear: async (address, at) => {
      const { since } = known.get(address.toLowerCase()) ?? {};
      if (since !== undefined && since.epochMilliseconds <= at.epochMilliseconds)
        known.set(address.toLowerCase(), { reason: '', cleared: at });
    },
    list: async () =>
      new Map(
        [...known].flatMap(([address, { since, reason }]) =>
          since === undefined ? [] : [[address, { since: formatInstant(since), reason }] as const],
        ),
      ),
  };
};
