import type { Temporal } from 'temporal-polyfill';
import { mailOf, type Bundles } from './bundles.ts';
import type { Mail, Mailer } from './mailer.ts';
import { LEASE_MS, MAX_ATTEMPTS, type MailKey, type Outbox } from './outbox.ts';

/** An outbox and its bundles in memory, for tests; held to the same contract test as the table's. */
export const memoryOutbox = (wall: () => number): Outbox & Bundles => {
  const mails = new Map<string, { attempts: number; leaseUntil: number; sent?: Temporal.Instant }>();
  const bundles = new Map<string, Set<string>>();
  const noted = new Map<string, ReadonlySet<string>>();
  const nameOf = ({ partition, id }: MailKey): string => `${partition}\n${id}`;
  return {
    claim: async (key) => {
      const mail = mails.get(nameOf(key)) ?? { attempts: 0, leaseUntil: 0 };
      if (mail.sent !== undefined) return { state: 'sent', at: mail.sent };
      if (mail.leaseUntil > wall()) return { state: 'busy' };
      if (mail.attempts >= MAX_ATTEMPTS) return { state: 'usedUp' };
      mails.set(nameOf(key), { attempts: mail.attempts + 1, leaseUntil: wall() + LEASE_MS });
      return { state: 'claimed' };
    },
    release: async (key) => {
      const mail = mails.get(nameOf(key));
      if (mail !== undefined) mails.set(nameOf(key), { attempts: mail.attempts - 1, leaseUntil: 0 });
    },
    markSent: async (key, { at }) => {
      mails.set(nameOf(key), { attempts: 1, leaseUntil: 0, sent: at });
    },
    noteCases: async (key, cases) => {
      noted.set(nameOf(key), new Set([...(noted.get(nameOf(key)) ?? []), ...cases]));
    },
    cases: async (key) => [...(noted.get(nameOf(key)) ?? [])].toSorted(),
    add: async (bundle, entry) => {
      const entries = bundles.get(bundle) ?? new Set();
      if (mails.has(nameOf(mailOf(bundle)))) return entries.has(entry) ? 'held' : 'closed';
      bundles.set(bundle, entries.add(entry));
      return 'held';
    },
    entries: async (bundle) => [...(bundles.get(bundle) ?? [])],
  };
};

/** A mailer that keeps what it was given, for tests. */
export const memoryMailer = (): Mailer & { readonly sent: readonly Mail[] } => {
  const sent: Mail[] = [];
  return {
    sent,
    send: async (mail) => {
      sent.push(mail);
      return `message-${String(sent.length)}`;
    },
  };
};
