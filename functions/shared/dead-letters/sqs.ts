import {
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
  StartMessageMoveTaskCommand,
  type Message,
} from '@aws-sdk/client-sqs';
import * as z from 'zod/mini';
import type { DeadLetters } from './dead-letters.ts';
import type { Ages } from './ages.ts';

/*
 * Two kinds of queues. SQS itself moves back what the functions gave up on. What a rule or the scheduler could not put in a
 * queue lies in a queue that is no dead-letter queue in the eyes of SQS, which moves nothing from there
 * (`StartMessageMoveTask`): it is taken from there and put where it was meant to be, message by message.
 */

export const placesSchema = z.object({
  /** What the ARN of every queue begins with: `arn:aws:sqs:<region>:<account>:`. */
  prefix: z.string(),
  /** Where what was given up on lies, by name; and where it was meant to be, unless SQS knows: `*` is where each says. */
  queues: z.record(z.string(), z.object({ at: z.string(), to: z.optional(z.string()) })),
});

export type Places = z.output<typeof placesSchema>;

/** What is moved by hand when it is asked for once: some seconds' work. The rest is for the next time. */
const MOST_MOVED = 500;
const BATCH = 10;
/** So long nobody else is given a message that is being moved. */
const HIDDEN_S = 60;

export const sqsDeadLetters = ({ prefix, queues }: Places, ages: Ages): DeadLetters => {
  const client = new SQSClient({ useQueueUrlAsEndpoint: false });
  const [, , , region = '', account = ''] = prefix.split(':');
  const urlOf = (name: string): string => `https://sqs.${region}.amazonaws.com/${account}/${name}`;

  const countIn = async (name: string): Promise<number> => {
    const { Attributes } = await client.send(
      new GetQueueAttributesCommand({ QueueUrl: urlOf(name), AttributeNames: ['ApproximateNumberOfMessages'] }),
    );
    return Number(Attributes?.['ApproximateNumberOfMessages']);
  };

  /** Put where it was meant to be, and then taken away: a crash between leaves it in both places, which does no harm. */
  const move = async (from: string, to: string, message: Message): Promise<void> => {
    const told = message.MessageAttributes?.[TARGET]?.StringValue;
    const target = told?.startsWith(prefix) === true ? told.slice(prefix.length) : to;
    await client.send(new SendMessageCommand({ QueueUrl: urlOf(target), MessageBody: message.Body }));
    await client.send(new DeleteMessageCommand({ QueueUrl: urlOf(from), ReceiptHandle: message.ReceiptHandle }));
  };

  /** @throws when some could not be moved: they stay, and the others are moved all the same */
  const moveAll = async (from: string, to: string): Promise<void> => {
    const failures: unknown[] = [];
    for (let seen = 0; seen < MOST_MOVED;) {
      const { Messages = [] } = await client.send(
        new ReceiveMessageCommand({
          QueueUrl: urlOf(from),
          MaxNumberOfMessages: BATCH,
          MessageAttributeNames: [TARGET],
          VisibilityTimeout: HIDDEN_S,
          // Looks in every part of the queue.
          WaitTimeSeconds: 1,
        }),
      );
      if (Messages.length === 0) break;
      const done = await Promise.allSettled(Messages.map(async (message) => move(from, to, message)));
      failures.push(...done.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : [])));
      seen += Messages.length;
    }
    if (failures.length > 0) throw new AggregateError(failures, 'Some messages could not be moved');
  };

  return {
    count: async () => {
      const counted = await Promise.all(
        Object.entries(queues)
          .toSorted(([a], [b]) => (a < b ? -1 : 1))
          .map(async ([queue, { at }]) => ({ queue, at, messages: await countIn(at) })),
      );
      const since = await ages.oldestIn(counted.flatMap(({ at, messages }) => (messages === 0 ? [] : [at])));
      return counted.map(({ queue, at, messages }) => {
        const oldest = since.get(at);
        return { queue, messages, ...(oldest !== undefined && { since: oldest }) };
      });
    },
    redrive: async (queue) => {
      const place = Object.hasOwn(queues, queue) ? queues[queue] : undefined;
      if (place === undefined) return false;
      if (place.to === undefined)
        // Without a destination they go back to where they came from.
        await client.send(new StartMessageMoveTaskCommand({ SourceArn: `${prefix}${place.at}` }));
      else await moveAll(place.at, place.to);
      return true;
    },
  };
};

/** The attribute by which EventBridge and its Scheduler say where a message could not be put; SNS does not. */
const TARGET = 'TARGET_ARN';
