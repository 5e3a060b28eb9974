import { CloudWatchClient, GetMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { formatInstant } from '../../../domain/calendar/stockholm.ts';
import { Temporal } from 'temporal-polyfill';
import type { Log } from '../log.ts';
import type { Clock } from '../runtime.ts';

/*
 * How old what lies in a queue is. SQS tells it of no queue: its age is a metric of CloudWatch's, a minute or two behind. To
 * look at the messages themselves would hide them for a while, count as a delivery and show what they hold.
 */

export interface Ages {
  /** Since when the oldest message has lain in each queue, RFC 3339; without those of which it is not known. */
  readonly oldestIn: (queues: readonly string[]) => Promise<ReadonlyMap<string, string>>;
}

/** How far back the newest figure is looked for: a queue that has rested reports again some minutes after it was asked. */
const LOOK_BACK = Temporal.Duration.from({ minutes: 15 });

/** Of CloudWatch, which is asked once for all queues, and not at all where there are none. */
export const metricAges = ({ clock, log }: { readonly clock: Clock; readonly log: Log }): Ages => {
  const client = new CloudWatchClient({});
  return {
    oldestIn: async (queues) => {
      if (queues.length === 0) return new Map();
      const now = clock();
      const results = await client
        .send(
          new GetMetricDataCommand({
            StartTime: new Date(now.subtract(LOOK_BACK).epochMilliseconds),
            EndTime: new Date(now.epochMilliseconds),
            ScanBy: 'TimestampDescending',
            MetricDataQueries: queues.map((QueueName, index) => ({
              Id: `q${String(index)}`,
              MetricStat: {
                Metric: {
                  Namespace: 'AWS/SQS',
                  MetricName: 'ApproximateAgeOfOldestMessage',
                  Dimensions: [{ Name: 'QueueName', Value: QueueName }],
                },
                Period: 60,
                Stat: 'Maximum',
              },
            })),
          }),
        )
        .then(({ MetricDataResults }) => MetricDataResults ?? [])
        .catch((error: unknown) => {
          // How many there are is told all the same.
          log('QUEUE_AGES_NOT_READ', { error: error instanceof Error ? error.name : 'unknown' });
          return [];
        });
      return new Map(
        queues.flatMap((queue, index) => {
          const { Timestamps, Values } = results.find(({ Id }) => Id === `q${String(index)}`) ?? {};
          const [at, age] = [Timestamps?.[0], Values?.[0]];
          if (at === undefined || age === undefined) return [];
          const oldest = Temporal.Instant.fromEpochMilliseconds(at.getTime() - Math.round(age) * 1000);
          return [[queue, formatInstant(oldest)] as const];
        }),
      );
    },
  };
};
