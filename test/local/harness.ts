import type { SQSEvent } from 'aws-lambda';
import { Temporal } from 'temporal-polyfill';
import { onTestFinished } from 'vitest';
import { type AwsServices, awsListener } from '../../infra/local/aws.ts';
import { type LocalClock, openClock } from '../../infra/local/clock.ts';
import { putEvents } from '../../infra/local/event-bus.ts';
import { listen } from '../../infra/local/http.ts';
import type { Invoke } from '../../infra/local/invoke.ts';
import { type Mails, openMails } from '../../infra/local/mails.ts';
import { SECRET_IDS } from '../../infra/local/names.ts';
import { openQueues, type Queues } from '../../infra/local/queues.ts';
import { schedulerApi } from '../../infra/local/scheduler-api.ts';
import { openSchedules, type Schedules } from '../../infra/local/schedules.ts';
import { openSecrets } from '../../infra/local/secrets.ts';
import { sendEmail } from '../../infra/local/send-email.ts';
import { openStore, type Store } from '../../infra/local/store.ts';

export const START = Temporal.Instant.from('2026-12-21T08:00:00Z');

export const silent = (): void => undefined;

export const succeed: Invoke = async () => ({ batchItemFailures: [] });

/** The bodies of a batch. */
export const bodiesOf = (event: unknown): string[] => (event as SQSEvent).Records.map(({ body }) => body);

export interface Servers {
  store: Store;
  clock: LocalClock;
  queues: Queues;
  schedules: Schedules;
  mails: Mails;
  /** What each queue has delivered, in order. */
  delivered: Record<string, string[]>;
}

/** The servers of one data folder, with consumers that take down what they are given. */
export const openServers = (
  data = ':memory:',
  {
    backOff = [1],
    now = START,
    invoke = succeed,
  }: { backOff?: number[]; now?: Temporal.Instant; invoke?: Invoke } = {},
): Servers => {
  const store = openStore(data);
  const clock = openClock(store, { standAt: now });
  const queues = openQueues({ store, clock: clock.now, log: silent, backOff });
  const delivered: Record<string, string[]> = {};
  const consumerOf = (queue: string) => ({
    arn: `arn:aws:sqs:eu-north-1:000000000000:frist-${queue}`,
    batchSize: 10,
    maxReceives: 3,
    invoke: async (event: unknown) => {
      (delivered[queue] ??= []).push(...bodiesOf(event));
      return invoke(event);
    },
  });
  queues.start(
    Object.fromEntries(
      ['record-fact', 'send-mail', 'send-digest', 'call-partner'].map((name) => [name, consumerOf(name)]),
    ),
  );
  const schedules = openSchedules({ store, clock, queues, log: silent });
  return { store, clock, queues, schedules, mails: openMails(store), delivered };
};

/** Options for a real SDK client that speaks to the servers given; they are closed when the test ends. */
export const serveAws = async ({ store, clock, queues, schedules, mails }: Servers) => {
  const services: Partial<AwsServices> = {
    putEvents: putEvents(queues, clock.now),
    scheduler: schedulerApi(schedules, queues, clock.now),
    sendEmail: sendEmail({ store, mails, queues, clock: clock.now }),
    ...openSecrets(store, Object.values(SECRET_IDS), clock.now),
  };
  const server = await listen(0, awsListener(services, silent));
  onTestFinished(async () => {
    await server.stop();
    await queues.stop();
    store.close();
  });
  return {
    endpoint: server.address,
    region: 'eu-north-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
  };
};
