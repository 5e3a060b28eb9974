import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import type { Clock } from '../../functions/shared/runtime.ts';
import { AwsError, read, type AwsServices } from './aws.ts';
import { queueNamed } from './names.ts';
import type { DeadLetter, Queues } from './queues.ts';

type Known = Pick<Queues, 'state' | 'redrive' | 'has' | 'send' | 'undelivered' | 'forget'>;

/** What SQS, and CloudWatch of SQS, are asked about the queues of one system. */
export const sqsApi = (
  queues: Known,
  clock: Clock,
): Pick<
  AwsServices,
  'getQueueAttributes' | 'startMessageMoveTask' | 'receiveMessage' | 'sendMessage' | 'deleteMessage' | 'getMetricData'
> => {
  /** The messages that were received and are neither deleted nor visible again, until when on the machine's own clock. */
  const hidden = new Map<string, number>();

  const named = (name: string): NonNullable<ReturnType<typeof queueNamed>> => {
    const found = queueNamed(name);
    if (found === undefined || (found.queue !== 'schedules' && !queues.has(found.queue)))
      throw new AwsError('QueueDoesNotExist', 'The specified queue does not exist.');
    return found;
  };
  const lettersIn = (name: string): readonly DeadLetter[] => {
    const { holds, queue } = named(name);
    return holds === 'undelivered' ? queues.undelivered(queue) : (queues.state()[queue]?.deadLetters ?? []);
  };

  return {
    getQueueAttributes: ({ body }) => {
      const { QueueUrl } = read(attributesRequest, body, 'InvalidAddress');
      return { Attributes: { ApproximateNumberOfMessages: String(lettersIn(nameIn(QueueUrl)).length) } };
    },
    startMessageMoveTask: ({ body }) => {
      const { SourceArn: arn } = read(moveRequest, body, 'InvalidParameterValue');
      const { holds, queue } = named(arn.slice(arn.lastIndexOf(':') + 1));
      if (holds !== 'deadLetters')
        throw new AwsError('InvalidParameterValue', 'Source queue must be configured as a Dead Letter Queue.');
      queues.redrive(queue);
      return { TaskHandle: arn };
    },
    receiveMessage: ({ body }) => {
      const { QueueUrl, MaxNumberOfMessages, VisibilityTimeout } = read(receiveRequest, body, 'InvalidParameterValue');
      const now = performance.now();
      const seen = lettersIn(nameIn(QueueUrl))
        .filter(({ messageId }) => (hidden.get(messageId) ?? 0) <= now)
        .slice(0, MaxNumberOfMessages);
      for (const { messageId } of seen) hidden.set(messageId, now + VisibilityTimeout * 1000);
      return { Messages: seen.map(messageOf) };
    },
    sendMessage: ({ body }) => {
      const { QueueUrl, MessageBody } = read(sendRequest, body, 'InvalidParameterValue');
      const { holds, queue } = named(nameIn(QueueUrl));
      if (holds !== 'messages') throw new AwsError('AccessDeniedException', 'Nobody puts messages there.');
      queues.send([{ queue, body: MessageBody }]);
      return { MessageId: md5(MessageBody), MD5OfMessageBody: md5(MessageBody) };
    },
    deleteMessage: ({ body }) => {
      const { ReceiptHandle } = read(deleteRequest, body, 'InvalidParameterValue');
      queues.forget(ReceiptHandle);
      hidden.delete(ReceiptHandle);
      return {};
    },
    getMetricData: ({ body }) => {
      const { MetricDataQueries } = read(metricsRequest, body, 'InvalidParameterValue');
      const now = clock().epochMilliseconds;
      const resultOf = ({ Id, MetricStat: { Metric } }: (typeof MetricDataQueries)[number]): object => {
        const sent = lettersIn(Metric.Dimensions[0].Value).map((letter) => letter.sent);
        const age = sent.length === 0 ? [] : [Math.floor((now - Math.min(...sent)) / 1000)];
        return { Id, Label: Id, StatusCode: 'Complete', Timestamps: age.map(() => now / 1000), Values: age };
      };
      return { MetricDataResults: MetricDataQueries.map(resultOf) };
    },
  };
};

const nameIn = (url: string): string => url.slice(url.lastIndexOf('/') + 1);

const md5 = (text: string): string => createHash('md5').update(text).digest('hex');

/** What went wrong stands in the attributes of a message, as EventBridge writes it there. */
const messageOf = ({ messageId, body, error }: DeadLetter): object => ({
  MessageId: messageId,
  ReceiptHandle: messageId,
  Body: body,
  MD5OfBody: md5(body),
  MessageAttributes: Object.fromEntries(
    Object.entries(JSON.parse(error) as Record<string, string>).map(([name, value]) => [
      name,
      { DataType: 'String', StringValue: value },
    ]),
  ),
});

const attributesRequest = z.object({
  QueueUrl: z.url(),
  AttributeNames: z.array(z.literal('ApproximateNumberOfMessages')),
});
const moveRequest = z.object({ SourceArn: z.string() });
const receiveRequest = z.object({
  QueueUrl: z.url(),
  MaxNumberOfMessages: z.int().check(z.minimum(1), z.maximum(10)),
  VisibilityTimeout: z.int().check(z.minimum(0), z.maximum(43_200)),
});
const sendRequest = z.object({ QueueUrl: z.url(), MessageBody: z.string() });
const deleteRequest = z.object({ QueueUrl: z.url(), ReceiptHandle: z.string() });
const metricsRequest = z.object({
  MetricDataQueries: z.array(
    z.object({
      Id: z.string(),
      MetricStat: z.object({
        Metric: z.object({
          Namespace: z.literal('AWS/SQS'),
          MetricName: z.literal('ApproximateAgeOfOldestMessage'),
          Dimensions: z.tuple([z.object({ Name: z.literal('QueueName'), Value: z.string() })]),
        }),
        Period: z.int(),
        Stat: z.literal('Maximum'),
      }),
    }),
  ),
});
