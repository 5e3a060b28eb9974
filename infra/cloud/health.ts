import { Duration } from 'aws-cdk-lib';
import { Dashboard, GraphWidget, Metric, TextWidget, type IMetric, type IWidget } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import type { FunctionName } from '../wiring.ts';
import type { Alarms } from './alarms.ts';
import type { WiredFunction } from './wired-function.ts';

/** What the functions count, and as what: `functions/shared/metrics.ts` says the same. */
const NAMESPACE = 'Frist';
const DIMENSION = 'municipality';
type MetricName =
  | 'FactsRecorded'
  | 'FactsRefused'
  | 'Breaches'
  | 'WakesCame'
  | 'WakeLateness'
  | 'MailsSent'
  | 'MailsRefused';

/**
 * How the cell is: one dashboard, and the alarms on what the functions themselves count. What a single function or queue can
 * be wrong with is watched beside it.
 */
export const addHealth = (
  scope: Construct,
  municipality: string,
  { alarms, functions }: { readonly alarms: Alarms; readonly functions: ReadonlyMap<FunctionName, WiredFunction> },
): void => {
  const counted = (metricName: MetricName, statistic: string, period: Duration): IMetric =>
    new Metric({ namespace: NAMESPACE, metricName, dimensionsMap: { [DIMENSION]: municipality }, statistic, period });

  alarms.add(scope, 'LateWakesAlarm', {
    means: 'A wake of a case came five minutes or more after its limit: alerts to people are late.',
    runbook: 'late-wakes',
    metric: counted('WakeLateness', 'Maximum', Duration.minutes(5)),
    threshold: Duration.minutes(5).toSeconds(),
  });
  // The canary is woken each hour; one that comes just after the hour's end must not be missed.
  alarms.add(scope, 'NoWakesAlarm', {
    means: 'No wake has come for two hours, not even the one that is armed each hour to see that they do.',
    runbook: 'no-wakes',
    metric: counted('WakesCame', 'Sum', Duration.hours(1)),
    threshold: 1,
    periods: 2,
    whenSilent: true,
  });

  const hour = Duration.hours(1);
  const graph = (title: string, left: IMetric[]): IWidget => new GraphWidget({ title, left, width: 12 });
  const each = (of: (made: WiredFunction) => IMetric | undefined): IMetric[] =>
    [...functions.values()].flatMap((made) => of(made) ?? []);
  const dashboard = new Dashboard(scope, 'Dashboard', { defaultInterval: Duration.days(7) });
  const rows = [
    [new TextWidget({ markdown: `# Frist, ${municipality}\nWhat to do about it: docs/operations.md.`, width: 24 })],
    [
      graph('Facts recorded and refused', [
        counted('FactsRecorded', 'Sum', hour),
        counted('FactsRefused', 'Sum', hour),
      ]),
      graph('Breaches', [counted('Breaches', 'Sum', hour)]),
    ],
    [
      graph('Mails sent and refused', [counted('MailsSent', 'Sum', hour), counted('MailsRefused', 'Sum', hour)]),
      graph('Seconds from a limit to its wake', [counted('WakeLateness', 'Maximum', hour)]),
    ],
    [
      graph(
        'Age of the oldest message, seconds',
        each(({ queue }) => queue?.metricApproximateAgeOfOldestMessage({ statistic: 'Maximum' })),
      ),
      graph(
        'Messages given up on',
        each(({ deadLetters }) => deadLetters?.metricApproximateNumberOfMessagesVisible({ statistic: 'Maximum' })),
      ),
    ],
    [
      graph(
        'Crashes',
        each((made) => made.function.metricErrors({ statistic: 'Sum' })),
      ),
      graph(
        'Slowest tenth, milliseconds',
        each((made) => made.function.metricDuration({ statistic: 'p90' })),
      ),
    ],
  ];
  for (const row of rows) dashboard.addWidgets(...row);
};
