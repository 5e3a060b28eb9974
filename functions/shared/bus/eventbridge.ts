import { EventBridgeClient, PutEventsCommand, type PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import { TryAgain } from '../errors.ts';
import type { Bus } from './bus.ts';

/** What PutEvents takes at once: entries, and bytes with some room for what is counted beside the detail. */
const MAX_ENTRIES = 10;
const MAX_BYTES = 200_000;

export const eventBridgeBus = (name: string, client = new EventBridgeClient({})): Bus => ({
  publish: async (source, facts) => {
    const entries = facts.map((fact) => ({
      EventBusName: name,
      Source: source,
      DetailType: fact.type,
      Detail: JSON.stringify(fact),
    }));
    for (const batch of batches(entries)) {
      const { FailedEntryCount = 0 } = await client.send(new PutEventsCommand({ Entries: batch }));
      if (FailedEntryCount > 0)
        throw new TryAgain(`the bus did not take ${String(FailedEntryCount)} of ${String(batch.length)} facts`);
    }
  },
});

const batches = function* (entries: readonly (PutEventsRequestEntry & { Detail: string })[]) {
  let batch: PutEventsRequestEntry[] = [];
  let bytes = 0;
  for (const entry of entries) {
    const size = Buffer.byteLength(entry.Detail);
    if (batch.length === MAX_ENTRIES || (batch.length > 0 && bytes + size > MAX_BYTES)) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    batch.push(entry);
    bytes += size;
  }
  if (batch.length > 0) yield batch;
};
