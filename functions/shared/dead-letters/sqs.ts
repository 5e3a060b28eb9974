import { GetQueueAttributesCommand, SQSClient, StartMessageMoveTaskCommand } from '@aws-sdk/client-sqs';
import type { DeadLetters } from './dead-letters.ts';

/** Where a function's dead letters are. */
export interface Place {
  readonly url: string;
  readonly arn: string;
}

/** @param places by the function's name */
export const sqsDeadLetters = (places: Readonly<Record<string, Place>>): DeadLetters => {
  const client = new SQSClient({ useQueueUrlAsEndpoint: false });
  return {
    count: async () =>
      Promise.all(
        Object.entries(places)
          .toSorted(([a], [b]) => (a < b ? -1 : 1))
          .map(async ([queue, { url }]) => {
            const { Attributes } = await client.send(
              new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['ApproximateNumberOfMessages'] }),
            );
            return { queue, messages: Number(Attributes?.['ApproximateNumberOfMessages']) };
          }),
      ),
    redrive: async (queue) => {
      const place = Object.hasOwn(places, queue) ? places[queue] : undefined;
      if (place === undefined) return false;
      // Without a destination they go back to where they came from.
      await client.send(new StartMessageMoveTaskCommand({ SourceArn: place.arn }));
      return true;
    },
  };
};
