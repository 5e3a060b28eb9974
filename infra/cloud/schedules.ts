import { RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnSchedule, ScheduleGroup } from 'aws-cdk-lib/aws-scheduler';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Alarms } from './alarms.ts';
import { allow } from './allow.ts';
import { undeliveredQueue } from './queues.ts';

/**
 * Where the one-time schedules live that wake cases, the role that EventBridge Scheduler takes on to put a wake in a
 * queue, and the queue for wakes that it could not put there.
 */
export class Schedules extends Construct {
  readonly group: ScheduleGroup;
  readonly role: Role;
  readonly undelivered: Queue;

  constructor(scope: Construct, id: string, { alarms }: { readonly alarms: Alarms }) {
    super(scope, id);
    this.group = new ScheduleGroup(this, 'Group', {
      scheduleGroupName: Stack.of(this).stackName,
      // A group takes its schedules with it, and every deadline they were to wake.
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    });
    this.undelivered = undeliveredQueue(this, 'Undelivered');
    alarms.addForDeadLetters(this, 'UndeliveredAlarm', this.undelivered, {
      means:
        'EventBridge Scheduler gave up putting a wake in its queue: a deadline may pass unseen. Redrive the queue.',
      runbook: 'undelivered-wakes',
    });
    this.role = new Role(this, 'Role', {
      description: "Lets this cell's schedules put wakes in their queues",
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
        conditions: {
          StringEquals: {
            'aws:SourceAccount': Stack.of(this).account,
            'aws:SourceArn': this.group.scheduleGroupArn,
          },
        },
      }),
    });
    this.allowSendingTo(this.undelivered);
  }

  /** Lets a function make schedules in this group that put messages in queues in this cell's name. */
  allowCreating(creator: Role): void {
    const { account } = Stack.of(this);
    const anyOfTheGroup = Stack.of(this).formatArn({
      service: 'scheduler',
      resource: 'schedule',
      resourceName: `${this.group.scheduleGroupName}/*`,
    });
    creator.addToPolicy(allow(['scheduler:CreateSchedule'], [anyOfTheGroup]));
    creator.addToPolicy(
      allow(['iam:PassRole'], [this.role.roleArn], {
        StringEquals: { 'iam:PassedToService': 'scheduler.amazonaws.com' },
      }),
    );
    Validations.of(creator).acknowledge({
      id: `AwsSolutions-IAM5[Resource::${anyOfTheGroup.replace(account, '<AWS::AccountId>')}]`,
      reason:
        "A schedule's name holds its case and minute, so only the group, which is this cell's own, is known here.",
    });
  }

  /** Puts a message in a queue each morning at 07:00 on the clock in Sweden, which a rule of EventBridge cannot tell. */
  addMornings(scope: Construct, queue: Queue, name: string): void {
    const mornings = new CfnSchedule(scope, 'Mornings', {
      description: `Wakes ${name} each morning`,
      groupName: this.group.scheduleGroupName,
      scheduleExpression: 'cron(0 7 * * ? *)',
      scheduleExpressionTimezone: 'Europe/Stockholm',
      flexibleTimeWindow: { mode: 'OFF' },
      target: {
        arn: queue.queueArn,
        roleArn: this.role.roleArn,
        input: JSON.stringify({ morning: true }),
        deadLetterConfig: { arn: this.undelivered.queueArn },
      },
    });
    // Its role must have its permissions by when it first fires.
    mornings.node.addDependency(this.role);
  }

  /** Makes a queue a possible target of the schedules. */
  allowSendingTo(queue: Queue): void {
    this.role.addToPolicy(allow(['sqs:SendMessage'], [queue.queueArn]));
  }
}
