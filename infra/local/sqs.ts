import * as z from 'zod/mini';
import { AwsError, type AwsService, read } from './aws.ts';
import { deadLettersOf, queueNameOf } from './names.ts';
import type { Queues } from './queues.ts';

/** SQS's GetQueueAttributes and StartMessageMoveTask, for the dead-letter queues of one system. */
export const sqsApi = (
  queues: Pick<Queues, 'state' | 'redrive' | 'has'>,
): Record<'getQueueAttributes' | 'startMessageMoveTask', AwsService> => {
  const queueIn = (arn: string): string => {
    const queue = queueNameOf(arn.replace(/-dlq$/u, ''));
    if (queue === undefined || !arn.endsWith('-dlq') || !queues.has(queue))
      throw new AwsError('QueueDoesNotExist', 'The specified queue does not exist.');
    return queue;
  };
  return {
    getQueueAttributes: ({ body }) => {
      const { QueueUrl: url } = read(attributesRequest, body, 'InvalidAddress');
      const queue = queueIn(deadLettersOf(url.slice(url.lastIndexOf('/') + 1)).arn);
      return { Attributes: { ApproximateNumberOfMessages: String(queues.state()[queue]?.deadLetters.length ?? 0) } };
    },
    startMessageMoveTask: ({ body }) => {
      const { SourceArn: arn } = read(moveRequest, body, 'InvalidParameterValue');
      queues.redrive(queueIn(arn));
      return { TaskHandle: arn };
    },
  };
};

const attributesRequest = z.object({
  QueueUrl: z.url(),
  AttributeNames: z.array(z.literal('ApproximateNumberOfMessages')),
});
const moveRequest = z.object({ SourceArn: z.string() });
