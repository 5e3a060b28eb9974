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

/** How many requests are under way at the same time: a thousand facts from one batch then take a second or two. */
const AT_ONCE = 4;

/**
 * What is published by others who work on the same batch goes together: a request that is not full waits for those under
 * way, and gathers more meanwhile. Each caller waits for its own facts alone.
 */
export const eventBridgeBus = (name: string, client = new EventBridgeClient({})): Bus => {
  let waiting: readonly Waiting[] = [];
  let underWay = 0;

  const sendWhatCanGo = (): void => {
    for (;;) {
      const batch = firstOf(waiting);
      const isFull = batch.length === MAX_ENTRIES || batch.length < waiting.length;
      if (batch.length === 0 || underWay === AT_ONCE || (underWay > 0 && !isFull)) return;
      waiting = waiting.slice(batch.length);
      void sendOne(batch);
    }
  };

  const sendOne = async (batch: readonly Waiting[]): Promise<void> => {
    underWay += 1;
    try {
      const { Entries = [] } = await client.send(new PutEventsCommand({ Entries: batch.map(({ entry }) => entry) }));
      for (const [index, { outcome }] of batch.entries())
        outcome.resolve(Entries[index]?.EventId === undefined ? 'refused' : 'taken');
    } catch (error) {
      for (const { outcome } of batch) outcome.reject(error);
    }
    underWay -= 1;
    sendWhatCanGo();
  };

  return {
    publish: async (source, facts, marks = []) => {
      const own = facts.map((fact): Waiting => ({
        entry: {
          EventBusName: name,
          Source: source,
          DetailType: fact.type,
          Detail: JSON.stringify(fact),
          Resources: [...marks],
        },
        outcome: Promise.withResolvers(),
      }));
      waiting = [...waiting, ...own];
      sendWhatCanGo();
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
