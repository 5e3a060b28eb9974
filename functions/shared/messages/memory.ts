import { Temporal } from 'temporal-polyfill';
import type { Messages, Shelf } from './messages.ts';
import { STRAY_DAYS, type Stray, type Strays } from './strays.ts';

/** Messages in memory, for tests; held to the same contract test as those in S3. */
export const memoryMessages = (): Messages & { readonly arrive: (mail: string, raw: Uint8Array) => Promise<void> } => {
  const messages = new Map<string, Uint8Array>();
  const nameOf = (shelf: Shelf, mail: string): string => `${shelf}/${mail}`;
  return {
    arrive: async (mail, raw) => {
      messages.set(nameOf('inbound', mail), raw);
    },
    read: async (shelf, mail) => messages.get(nameOf(shelf, mail)),
    keep: async (mail) => {
      const raw = messages.get(nameOf('inbound', mail));
      if (raw === undefined) throw new Error('there is no such message to keep');
      messages.set(nameOf('kept', mail), raw);
    },
    erase: async (mail) => void messages.delete(nameOf('kept', mail)),
    address: async (shelf, mail) => `memory:${nameOf(shelf, mail)}`,
  };
};

/** Stray mails in memory, for tests; held to the same contract test as the table's. */
export const memoryStrays = (): Strays => {
  const strays = new Map<string, Stray>();
  return {
    add: async (stray) => {
      strays.set(stray.mail, stray);
    },
    list: async (now) =>
      [...strays.values()]
        .filter(
          ({ received }) =>
            Temporal.Instant.compare(Temporal.Instant.from(received).add({ hours: 24 * STRAY_DAYS }), now) > 0,
        )
        .toSorted((a, b) => (a.received < b.received ? 1 : -1))
        .slice(0, 100),
  };
};
