import { Duration, Validations } from 'aws-cdk-lib';
import { Queue, QueueEncryption, type QueueProps } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';

/** A queue as every queue here is: encrypted, and closed to calls without TLS. */
export const secureQueue = (scope: Construct, id: string, props: QueueProps = {}): Queue =>
  // A key of our own would be one more thing that can stop a deadline: the rules, the scheduler and the functions would
  // all need it, for messages that live for seconds.
  new Queue(scope, id, { encryption: QueueEncryption.SQS_MANAGED, enforceSSL: true, ...props });

/** A queue for what could not be handled or delivered. It is kept as long as SQS can, for a person to look at. */
export const deadLetterQueue = (scope: Construct, id: string): Queue =>
  secureQueue(scope, id, { retentionPeriod: Duration.days(14) });

/** The dead-letter queue of a rule or of schedules: for what could not even be put in a queue. */
export const undeliveredQueue = (scope: Construct, id: string): Queue => {
  const queue = deadLetterQueue(scope, id);
  Validations.of(queue).acknowledge({
    id: 'AwsSolutions-SQS3',
    reason: 'It is a dead-letter queue itself. The check sees only those of queues, not those of rules and schedules.',
  });
  return queue;
};
