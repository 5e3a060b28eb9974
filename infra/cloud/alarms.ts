import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, TreatMissingData, type IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';

/** What an alarm watches: it goes off when the metric is at or over `threshold` in `periods` periods on end. */
export interface Watched {
  /** What has happened when it goes off and what to do, for the one who is mailed at night. */
  readonly means: string;
  /** The heading in `docs/operations.md` that says what to do. */
  readonly runbook: Runbook;
  readonly metric: IMetric;
  readonly threshold: number;
  readonly periods?: number;
  /** It goes off when there are fewer than `threshold`, or none: silence is what is wrong. */
  readonly whenSilent?: true;
}

/** The headings of the runbook, as the addresses of `docs/operations.md` name them. */
export type Runbook =
  | 'server-errors'
  | 'function-errors'
  | 'function-throttles'
  | 'dead-letters'
  | 'undelivered'
  | 'undelivered-wakes'
  | 'queue-age'
  | 'late-wakes'
  | 'no-wakes'
  | 'certificate';

/**
 * Where every alarm of the cell goes: one encrypted topic, which mails whoever keeps watch.
 *
 * The topic has a key of its own: CloudWatch cannot use the key that AWS keeps for SNS, and it has no business with the
 * key of the journal.
 */
export class Alarms extends Construct {
  readonly topic: Topic;

  constructor(scope: Construct, id: string, { mail }: { readonly mail: string | undefined }) {
    super(scope, id);
    const fromHere = { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } };
    const cloudWatch = new ServicePrincipal('cloudwatch.amazonaws.com', { conditions: fromHere });

    const key = new Key(this, 'Key', {
      description: 'Encrypts what the alarms say',
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    key.addToResourcePolicy(
      new PolicyStatement({
        principals: [cloudWatch],
        actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
        resources: ['*'],
      }),
    );

    this.topic = new Topic(this, 'Topic', { masterKey: key, enforceSSL: true });
    // A topic policy replaces the one that lets the account's own alarms in, so it must say it itself.
    this.topic.addToResourcePolicy(
      new PolicyStatement({ principals: [cloudWatch], actions: ['sns:Publish'], resources: [this.topic.topicArn] }),
    );
    if (mail !== undefined) this.topic.addSubscription(new EmailSubscription(mail));
  }

  /** Adds an alarm beside what it watches. Silence is not alarming: a queue that is not used has no numbers. */
  add(scope: Construct, id: string, { means, runbook, metric, threshold, periods = 1, whenSilent }: Watched): void {
    new Alarm(scope, id, {
      alarmDescription: `${means} What to do: docs/operations.md#${runbook}.`,
      metric,
      threshold,
      evaluationPeriods: periods,
      comparisonOperator: whenSilent
        ? ComparisonOperator.LESS_THAN_THRESHOLD
        : ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: whenSilent ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
    }).addAlarmAction(new SnsAction(this.topic));
  }

  /** Goes off as soon as anything lies in a dead-letter queue. */
  addForDeadLetters(
    scope: Construct,
    id: string,
    queue: IQueue,
    { means, runbook }: Pick<Watched, 'means' | 'runbook'>,
  ): void {
    this.add(scope, id, {
      means,
      runbook,
      metric: queue.metricApproximateNumberOfMessagesVisible({ period: Duration.minutes(1), statistic: 'Maximum' }),
      threshold: 1,
    });
  }
}
