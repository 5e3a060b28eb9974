import { Duration } from 'aws-cdk-lib';
import {
  EventBus,
  Rule,
  RuleTargetInput,
  Schedule,
  type EventPattern,
  type IEventBusRef,
} from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  ApplicationLogLevel,
  Architecture,
  Function,
  LoggingFormat,
  Runtime,
  SystemLogLevel,
  type Code,
} from 'aws-cdk-lib/aws-lambda';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import {
  environmentOf,
  queuesOfRules,
  wiring,
  type FunctionName,
  type FunctionWiring,
  type Surroundings,
} from '../wiring.ts';
import type { Alarms } from './alarms.ts';
import { allow } from './allow.ts';
import { keptLog } from './logs.ts';
import { permit, type Shared } from './permissions.ts';
import { deadLetterQueue, secureQueue, undeliveredQueue } from './queues.ts';

export interface WiredFunctionProps {
  readonly code: Code;
  readonly shared: Shared;
  readonly surroundings: Surroundings;
  readonly alarms: Alarms;
}

type QueueWiring = NonNullable<FunctionWiring['queue']>;

/**
 * One function of the wiring with all that is its own: log group, role with exactly its permissions, environment and
 * alarms and, when it works from a queue, the queue, what fills it, and where what fails ends up.
 *
 * Two layers retry, each with its own dead-letter queue: the rule that puts events in the queue (`Undelivered`), and the
 * queue that hands them to the function (`DeadLetters`).
 */
export class WiredFunction extends Construct {
  readonly function: Function;
  /** The queue it works from, unless it answers HTTP. */
  readonly queue: Queue | undefined;
  readonly deadLetters: Queue | undefined;
  readonly undelivered: Queue | undefined;
  readonly #name: FunctionName;
  readonly #props: WiredFunctionProps;

  constructor(scope: Construct, name: FunctionName, props: WiredFunctionProps) {
    super(scope, name);
    this.#name = name;
    this.#props = props;
    const { queue, may, timeoutSeconds } = wiring[name];

    if (queue) {
      this.deadLetters = deadLetterQueue(this, 'DeadLetters');
      this.queue = secureQueue(this, 'Queue', {
        // AWS asks for six times the function's time-out, so that a throttled batch is not delivered twice at once.
        visibilityTimeout: Duration.seconds(6 * timeoutSeconds),
        deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: queue.maxReceives },
      });
    }
    this.function = this.#makeFunction();
    this.#watchFunction();
    if (may.rotates) props.shared.secrets.rotateBy(this.function, may.rotates);
    if (queue && this.queue && this.deadLetters) {
      this.#workFrom(queue, this.queue);
      this.#watchQueue(this.queue, this.deadLetters);
      if (queuesOfRules.includes(name)) {
        this.undelivered = undeliveredQueue(this, 'Undelivered');
        this.#fill(queue, this.queue, this.undelivered);
      }
      if (queue.schedules || queue.mornings) props.shared.schedules.allowSendingTo(this.queue);
      if (queue.mornings) props.shared.schedules.addMornings(this, this.queue, name);
    }
  }

  #makeFunction(): Function {
    const { code, shared, surroundings } = this.#props;
    const { does, memoryMb, timeoutSeconds } = wiring[this.#name];
    const logGroup = keptLog(this, 'Log');
    const role = new Role(this, 'Role', {
      description: `What ${this.#name} may do`,
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
    });
    role.addToPolicy(allow(['logs:CreateLogStream', 'logs:PutLogEvents'], [logGroup.logGroupArn]));
    permit(role, this.#name, shared);
    if (this.queue) {
      const calls = ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'];
      role.addToPolicy(allow(calls, [this.queue.queueArn]));
    }

    return new Function(this, 'Function', {
      description: does,
      code,
      handler: 'index.handler',
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: memoryMb,
      timeout: Duration.seconds(timeoutSeconds),
      role,
      logGroup,
      loggingFormat: LoggingFormat.JSON,
      applicationLogLevelV2: ApplicationLogLevel.INFO,
      systemLogLevelV2: SystemLogLevel.INFO,
      environment: environmentOf(this.#name, surroundings),
    });
  }

  #workFrom({ batchSize }: QueueWiring, queue: Queue): void {
    this.function.addEventSourceMapping('Source', {
      eventSourceArn: queue.queueArn,
      batchSize,
      maxBatchingWindow: Duration.seconds(0),
      reportBatchItemFailures: true,
    });
  }

  /** The rules that put events in the queue, each trying for a whole day before it gives up. */
  #fill(trigger: QueueWiring, queue: Queue, undelivered: Queue): void {
    const { bus, mail } = this.#props.shared;
    const delivery = { deadLetterQueue: undelivered, retryAttempts: 185, maxEventAge: Duration.hours(24) };
    const rule = (id: string, description: string, eventBus: IEventBusRef, eventPattern: EventPattern) =>
      new Rule(this, id, { description, eventBus, eventPattern, targets: [new SqsQueue(queue, delivery)] });
    const daily = () =>
      new Rule(this, 'Daily', {
        description: `Wakes ${this.#name} each morning`,
        schedule: Schedule.cron({ minute: '0', hour: '6' }),
        targets: [new SqsQueue(queue, { ...delivery, message: RuleTargetInput.fromObject({ daily: true }) })],
      });

    const hourly = () =>
      new Rule(this, 'Hourly', {
        description: `Wakes ${this.#name} each hour`,
        schedule: Schedule.cron({ minute: '30' }),
        targets: [new SqsQueue(queue, { ...delivery, message: RuleTargetInput.fromObject({ hourly: true }) })],
      });

    if (trigger.facts) {
      const { sources, names, marked } = trigger.facts;
      rule('Facts', `Brings ${this.#name} its facts`, bus, {
        source: [...sources],
        ...(names && { detailType: names.map((fact) => `se.frist.${fact}.v1`) }),
        ...(marked && { resources: [marked] }),
      });
    }
    if (trigger.mailEvents) {
      const defaultBus = EventBus.fromEventBusName(this, 'DefaultBus', 'default');
      rule('MailEvents', `Brings ${this.#name} what SES tells of this cell's mails`, defaultBus, {
        source: ['aws.ses'],
        detailType: [...trigger.mailEvents],
        // The default bus is the whole account's; SES tags each mail with the configuration set it was sent by.
        detail: { mail: { tags: { 'ses:configuration-set': [mail.configurationSet.configurationSetName] } } },
      });
    }
    if (trigger.mailsIn) this.#props.shared.replies?.fill(queue, undelivered);
    if (trigger.daily) daily();
    if (trigger.hourly) hourly();
    this.#props.alarms.addForDeadLetters(this, 'UndeliveredAlarm', undelivered, {
      means: `What was to be put in the queue of ${this.#name} could not be. Mend why, then have it moved there.`,
      runbook: 'undelivered',
    });
  }

  #watchFunction(): void {
    const { alarms } = this.#props;
    const sum = { period: Duration.minutes(5), statistic: 'Sum' };
    alarms.add(this, 'ErrorsAlarm', {
      means: `${this.#name} crashed or ran out of time. See its log.`,
      runbook: 'function-errors',
      metric: this.function.metricErrors(sum),
      threshold: 1,
    });
    alarms.add(this, 'ThrottlesAlarm', {
      means: `${this.#name} is held back by the account's limit on concurrent functions.`,
      runbook: 'function-throttles',
      metric: this.function.metricThrottles(sum),
      threshold: 1,
      periods: 2,
    });
  }

  #watchQueue(queue: Queue, deadLetters: Queue): void {
    const { alarms } = this.#props;
    alarms.addForDeadLetters(this, 'DeadLettersAlarm', deadLetters, {
      means: `${this.#name} gave up on messages. Find out why in its log, then redrive the queue.`,
      runbook: 'dead-letters',
    });
    alarms.add(this, 'AgeAlarm', {
      means: `Messages to ${this.#name} have waited five minutes or more: alerts to people are late.`,
      runbook: 'queue-age',
      metric: queue.metricApproximateAgeOfOldestMessage({ period: Duration.minutes(1), statistic: 'Maximum' }),
      threshold: Duration.minutes(5).toSeconds(),
      // A message that fails once is as old as the visibility timeout; one that fails twice is worth a mail.
      periods: 2,
    });
  }
}
