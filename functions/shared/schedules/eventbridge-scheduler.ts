import { CreateScheduleCommand, SchedulerClient } from '@aws-sdk/client-scheduler';
import { readVariables } from '../environment.ts';
import type { Runtime } from '../runtime.ts';
import type { Schedules } from './schedules.ts';

export interface SchedulerNames {
  readonly group: string;
  /** The role that EventBridge Scheduler takes on to put the message in the queue. */
  readonly roleArn: string;
  readonly queueArn: string;
  /** Where a message goes that could not be put in the queue for a day. */
  readonly deadLetterArn: string;
}

/** Schedules in the group, and for the queue, that the function's environment names. */
export const schedulesOf = (runtime: Runtime): Schedules => {
  const names = readVariables(runtime, 'SCHEDULE_GROUP', 'SCHEDULE_ROLE_ARN', 'SCHEDULE_QUEUE_ARN', 'SCHEDULE_DLQ_ARN');
  return eventBridgeSchedules({
    group: names.SCHEDULE_GROUP,
    roleArn: names.SCHEDULE_ROLE_ARN,
    queueArn: names.SCHEDULE_QUEUE_ARN,
    deadLetterArn: names.SCHEDULE_DLQ_ARN,
  });
};

export const eventBridgeSchedules = (names: SchedulerNames, client = new SchedulerClient({})): Schedules => ({
  create: async (name, at, message) => {
    try {
      await client.send(
        new CreateScheduleCommand({
          Name: name,
          GroupName: names.group,
          ScheduleExpression: `at(${at.toString({ smallestUnit: 'second' }).slice(0, -1)})`,
          ScheduleExpressionTimezone: 'UTC',
          FlexibleTimeWindow: { Mode: 'OFF' },
          ActionAfterCompletion: 'DELETE',
          Target: {
            Arn: names.queueArn,
            RoleArn: names.roleArn,
            Input: JSON.stringify(message),
            RetryPolicy: { MaximumEventAgeInSeconds: 86_400, MaximumRetryAttempts: 185 },
            DeadLetterConfig: { Arn: names.deadLetterArn },
          },
        }),
      );
      return true;
    } catch (error) {
      if (!(error instanceof Error) || error.name !== 'ConflictException') throw error;
      return false;
    }
  },
});
