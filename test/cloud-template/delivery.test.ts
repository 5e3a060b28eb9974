import { describe, expect, it, test } from 'vitest';
import { catalogue } from '../../events/catalogue.ts';
import { functionNames } from '../../infra/cloud/stack.ts';
import { wiring, type FunctionName } from '../../infra/wiring.ts';
import { all, allowed, arnOf, at, byText, permissionsOf, readable, refOf, statementsOf } from './cell.ts';

const workers = functionNames.flatMap((name) => {
  const { queue, timeoutSeconds } = wiring[name];
  return queue ? [{ name, queue, timeoutSeconds }] : [];
});
const days = (count: number) => count * 24 * 60 * 60;

describe.each(workers)('the queue of $name', ({ name, queue, timeoutSeconds }) => {
  it('hands its messages to the function at once, and takes back those that failed', () => {
    expect(readable(at(`${name}/Function/Source`).Properties)).toEqual({
      EventSourceArn: arnOf(`${name}/Queue`),
      FunctionName: refOf(`${name}/Function`),
      BatchSize: queue.batchSize,
      MaximumBatchingWindowInSeconds: 0,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
    });
  });

  it('does not show a message again while the function may still be at work on it', () => {
    expect(at(`${name}/Queue`).Properties['VisibilityTimeout']).toBeGreaterThanOrEqual(6 * timeoutSeconds);
  });

  it('lays aside what failed again and again, for fourteen days', () => {
    expect(readable(at(`${name}/Queue`).Properties['RedrivePolicy'])).toEqual({
      deadLetterTargetArn: arnOf(`${name}/DeadLetters`),
      maxReceiveCount: queue.maxReceives,
    });
    expect(at(`${name}/DeadLetters`).Properties['MessageRetentionPeriod']).toBe(days(14));
  });

  it('raises an alarm when messages wait for five minutes', () => {
    expect(readable(at(`${name}/AgeAlarm`).Properties)).toMatchObject({
      MetricName: 'ApproximateAgeOfOldestMessage',
      Statistic: 'Maximum',
      Threshold: 300,
      Dimensions: [{ Name: 'QueueName', Value: arnOf(`${name}/Queue`, 'QueueName') }],
      AlarmActions: [refOf('Alarms/Topic')],
    });
  });
});

describe.each(all('AWS::SQS::Queue'))('$id', ({ id, Properties }) => {
  it('is encrypted and takes no call without TLS', () => {
    expect(Properties['SqsManagedSseEnabled']).toBe(true);
    const policies = all('AWS::SQS::QueuePolicy').filter(({ Properties: { Queues } }) =>
      (readable(Queues) as string[]).includes(`\${${id}}`),
    );
    expect(policies.flatMap((policy) => statementsOf(policy.Properties['PolicyDocument']))).toContainEqual({
      Effect: 'Deny',
      Action: 'sqs:*',
      Principal: { AWS: '*' },
      Resource: `\${${id}.Arn}`,
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    });
  });
});

describe('what could not be delivered or handled', () => {
  const working = new Set(workers.map(({ name }) => at(`${name}/Queue`).id));
  const resting = all('AWS::SQS::Queue').filter(({ id }) => !working.has(id));

  it('has a place for each queue, each rule and the schedules', () => {
    const byRule = workers.filter(
      ({ queue }) => queue.facts ?? queue.mailEvents ?? queue.daily ?? queue.hourly ?? queue.mailsIn,
    );
    expect(resting).toHaveLength(workers.length + byRule.length + 1);
  });

  it.each(resting)(
    'is kept for fourteen days in $id and raises an alarm at the first message',
    ({ id, Properties }) => {
      expect(Properties['MessageRetentionPeriod']).toBe(days(14));
      const watching = all('AWS::CloudWatch::Alarm').map((alarm) => readable(alarm.Properties));
      expect(watching).toContainEqual(
        expect.objectContaining({
          MetricName: 'ApproximateNumberOfMessagesVisible',
          Statistic: 'Maximum',
          Threshold: 1,
          ComparisonOperator: 'GreaterThanOrEqualToThreshold',
          Dimensions: [{ Name: 'QueueName', Value: `\${${id}.QueueName}` }],
          AlarmActions: [refOf('Alarms/Topic')],
        }),
      );
    },
  );
});

/** By their text, so that the order in which a policy states them does not matter. */
const byJson = (a: unknown, b: unknown): number => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);

describe('rules', () => {
  const rules = all('AWS::Events::Rule');

  it.each(rules)('$id tries for a day, then lays the event aside', ({ Properties }) => {
    const targets = readable(Properties['Targets']) as { Arn: string; DeadLetterConfig: { Arn: string } }[];
    expect(targets).toHaveLength(1);
    for (const target of targets) {
      expect(target).toMatchObject({ RetryPolicy: { MaximumEventAgeInSeconds: days(1), MaximumRetryAttempts: 185 } });
      expect(target.DeadLetterConfig.Arn).toMatch(/Undelivered/u);
      expect(target.DeadLetterConfig.Arn).not.toBe(target.Arn);
    }
  });

  it.each(rules)('$id is let into its queue and the one for what it could not deliver, and nobody else is', (rule) => {
    const [target] = readable(rule.Properties['Targets']) as [{ Arn: string; DeadLetterConfig: { Arn: string } }];
    for (const queue of [target.Arn, target.DeadLetterConfig.Arn]) {
      const senders = all('AWS::SQS::QueuePolicy')
        .flatMap((policy) => statementsOf(policy.Properties['PolicyDocument']))
        .filter(({ Effect, Resource }) => Effect === 'Allow' && Resource === queue);
      const others = rules.filter(({ Properties }) => JSON.stringify(readable(Properties['Targets'])).includes(queue));
      expect(senders.map(({ Principal, Condition }) => ({ Principal, Condition })).toSorted(byJson)).toEqual(
        others
          .map(({ id }) => ({
            Principal: { Service: 'events.amazonaws.com' },
            Condition: { ArnEquals: { 'aws:SourceArn': `\${${id}.Arn}` } },
          }))
          .toSorted(byJson),
      );
      expect(others).toContain(rule);
    }
  });

  it('bring each function the facts that the wiring names, from the bus of this cell', () => {
    for (const { name, queue } of workers) {
      if (!queue.facts) continue;
      const { sources, names, marked } = queue.facts;
      expect(readable(at(`${name}/Facts`).Properties)).toMatchObject({
        EventBusName: refOf('Bus'),
        State: 'ENABLED',
        Targets: [{ Arn: arnOf(`${name}/Queue`) }],
      });
      expect(at(`${name}/Facts`).Properties['EventPattern']).toEqual({
        source: sources,
        ...(names && { 'detail-type': names.map(typeOf) }),
        ...(marked && { resources: [marked] }),
      });
    }
  });

  it("bring what SES tells of this cell's mails, and of no other's, from the account's default bus", () => {
    for (const { name, queue } of workers) {
      if (!queue.mailEvents) continue;
      expect(readable(at(`${name}/MailEvents`).Properties)).toMatchObject({
        EventBusName: 'default',
        EventPattern: {
          source: ['aws.ses'],
          'detail-type': queue.mailEvents,
          detail: { mail: { tags: { 'ses:configuration-set': [refOf('Mail/ConfigurationSet')] } } },
        },
        Targets: [{ Arn: arnOf(`${name}/Queue`) }],
      });
    }
  });

  it('wake each function that the wiring says so each morning', () => {
    for (const { name, queue } of workers) {
      if (!queue.daily) continue;
      expect(readable(at(`${name}/Daily`).Properties)).toMatchObject({
        ScheduleExpression: 'cron(0 6 * * ? *)',
        State: 'ENABLED',
        Targets: [{ Arn: arnOf(`${name}/Queue`), Input: '{"daily":true}' }],
      });
    }
  });

  it('wake each function that the wiring says so each hour', () => {
    for (const { name, queue } of workers) {
      if (!queue.hourly) continue;
      expect(readable(at(`${name}/Hourly`).Properties)).toMatchObject({
        ScheduleExpression: 'cron(30 * * * ? *)',
        State: 'ENABLED',
        Targets: [{ Arn: arnOf(`${name}/Queue`), Input: '{"hourly":true}' }],
      });
    }
  });

  it('are no more than the wiring has triggers', () => {
    const triggers = workers.flatMap(({ queue }) =>
      [queue.facts, queue.mailEvents, queue.daily, queue.hourly].filter(Boolean),
    );
    expect(rules).toHaveLength(triggers.length);
  });
});

describe('schedules', () => {
  const woken = workers.filter(({ queue }) => queue.schedules ?? queue.mornings).map(({ name }) => name);

  it('wake each function that the wiring says so at seven in the morning, by the clock in Sweden', () => {
    const mornings = workers.filter(({ queue }) => queue.mornings);
    expect(mornings.map(({ name }) => name)).toEqual(['send-digest']);
    expect(all('AWS::Scheduler::Schedule')).toHaveLength(mornings.length);
    for (const { name } of mornings)
      expect(readable(at(`${name}/Mornings`).Properties)).toMatchObject({
        ScheduleExpression: 'cron(0 7 * * ? *)',
        ScheduleExpressionTimezone: 'Europe/Stockholm',
        FlexibleTimeWindow: { Mode: 'OFF' },
        Target: {
          Arn: arnOf(`${name}/Queue`),
          RoleArn: arnOf('Schedules/Role'),
          Input: '{"morning":true}',
          DeadLetterConfig: { Arn: arnOf('Schedules/Undelivered') },
        },
      });
  });

  it('can only put messages in the queues that take wakes, and in the one for those that did not get there', () => {
    const queues = [...woken.map((name) => arnOf(`${name}/Queue`)), arnOf('Schedules/Undelivered')];
    expect(permissionsOf('Schedules/Role')).toEqual(allowed(['sqs:SendMessage'], queues).toSorted(byText));
  });

  it('take on a role that no schedule of another group or account can', () => {
    expect(statementsOf(at('Schedules/Role').Properties['AssumeRolePolicyDocument'])).toEqual([
      {
        Effect: 'Allow',
        Action: 'sts:AssumeRole',
        Principal: { Service: 'scheduler.amazonaws.com' },
        Condition: {
          StringEquals: { 'aws:SourceAccount': '${AWS::AccountId}', 'aws:SourceArn': arnOf('Schedules/Group') },
        },
      },
    ]);
  });

  it('are not lost with the stack', () => {
    expect(at('Schedules/Group')).toMatchObject({
      DeletionPolicy: 'RetainExceptOnCreate',
      UpdateReplacePolicy: 'Retain',
    });
  });

  it.each(functionNames.filter((name) => wiring[name].may.schedules))('that %s makes have a queue to go to', (name) => {
    const target: FunctionName | undefined = wiring[name].may.schedules;
    expect(woken).toContain(target);
  });
});

test('nobody is let in to the bus but by its own role', () => {
  expect(all('AWS::Events::EventBusPolicy')).toEqual([]);
});

/** The CloudEvents type of a fact by its short name, as the catalogue has it. */
const typeOf = (name: string) => Object.values(catalogue).find((definition) => definition.name === name)?.type;
