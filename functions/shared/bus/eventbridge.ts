import { EventBridgeClient, PutEventsCommand, type PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import { TryAgain } from '../errors.ts';
import type { Bus } from './bus.ts';

/** What PutEvents takes at once: entries, and bytes with some room for what is counted beside the detail. */
const MAX_ENTRIES = 10;
const MAX_BYTES = 200_000;

interface Waiting {
  readonly entry: PutEventsRequestEntry & { readonly Detail: string };
  readonly outcome: PromiseWithResolvers<'taken' | 'refused'>;
}

/**
 * One request at a time: what is published meanwhile by others who work on the same batch goes together in the next. Each
 * caller waits for its own facts alone.
 */
export const eventBridgeBus = (name: string, client = new EventBridgeClient({})): Bus => {
  let waiting: Waiting[] = [];
  let isSending = false;

  const sendAll = async (): Promise<void> => {
    if (isSending) return;
    isSending = true;
    while (waiting.length > 0) {
      const batch = firstOf(waiting);
      waiting = waiting.slice(batch.length);
      try {
        const { Entries = [] } = await client.send(new PutEventsCommand({ Entries: batch.map(({ entry }) => entry) }));
        for (const [index, { outcome }] of batch.entries())
          outcome.resolve(Entries[index]?.EventId === undefined ? 'refused' : 'taken');
      } catch (error) {
        for (const { outcome } of batch) outcome.reject(error);
      }
    }
    isSending = false;
  };

  return {
    publish: async (source, facts, marksOf = () => []) => {
      const own = facts.map((fact): Waiting => ({
        entry: {
          EventBusName: name,
          Source: source,
          DetailType: fact.type,
          Detail: JSON.stringify(fact),
          Resources: [...marksOf(fact)],
        },
        outcome: Promise.withResolvers(),
      }));
      waiting.push(...own);
      void sendAll();
      const outcomes = await Promise.all(own.map(async ({ outcome }) => outcome.promise));
      const refused = outcomes.filter((outcome) => outcome === 'refused').length;
      if (refused > 0) throw new TryAgain(`the bus did not take ${String(refused)} of ${String(facts.length)} facts`);
    },
  };
};

/** As many as one request takes, and at least one. */
const firstOf = (waiting: readonly Waiting[]): readonly Waiting[] => {
  let bytes = 0;
  const end = waiting.findIndex(({ entry }, index) => {
    bytes += Buffer.byteLength(entry.Detail);
    return index === MAX_ENTRIES || (index > 0 && bytes > MAX_BYTES);
  });
  return end === -1 ? waiting : waiting.slice(0, end);
};
