import { Temporal } from 'temporal-polyfill';
import * as z from 'zod/mini';
import type { Clock } from '../../functions/shared/runtime.ts';
import { AwsError, type AwsRequest, type AwsService, read } from './aws.ts';
import { envelopeOf } from './event-bus.ts';
import { ACCOUNT, queueNameOf, REGION, SCHEDULE_GROUP } from './names.ts';
import type { Queues } from './queues.ts';
import type { KeptSchedule, Schedules } from './schedules.ts';

/** What EventBridge Scheduler answers, for one-time schedules whose target is a queue. */
export const schedulerApi =
  (schedules: Schedules, queues: Queues, clock: Clock): AwsService =>
  (request) => {
    const { method, path, query, body } = request;
    const name = path[1];
    if (name === undefined) return list(schedules, request);
    if (method === 'POST') return create({ schedules, queues, clock }, name, body);
    const found = find(schedules, query.get('groupName') ?? 'default', name);
    if (method === 'GET') return described(found);
    if (method === 'DELETE') {
      schedules.remove(found.group, found.name);
      return {};
    }
    throw new AwsError('UnknownOperationException', `The local scheduler does not know ${method}`, 404);
  };

const GROUPS = new Set(['default', SCHEDULE_GROUP]);

/** Schedule names are at most 64 characters of these. */
const NAME = /^[0-9a-zA-Z-_.]{1,64}$/;

const createRequest = z.looseObject({
  GroupName: z.prefault(z.string(), 'default'),
  ScheduleExpression: z.string(),
  ScheduleExpressionTimezone: z.prefault(z.string(), 'UTC'),
  FlexibleTimeWindow: z.looseObject({ Mode: z.enum(['OFF', 'FLEXIBLE']) }),
  ActionAfterCompletion: z.prefault(z.enum(['NONE', 'DELETE']), 'NONE'),
  State: z.prefault(z.enum(['ENABLED', 'DISABLED']), 'ENABLED'),
  ClientToken: z.optional(z.string()),
  Target: z.looseObject({ Arn: z.string(), RoleArn: z.string(), Input: z.optional(z.string()) }),
});
type CreateRequest = z.infer<typeof createRequest>;

interface Deps {
  readonly schedules: Schedules;
  readonly queues: Queues;
  readonly clock: Clock;
}

const create = ({ schedules, queues, clock }: Deps, name: string, body: unknown): object => {
  if (!NAME.test(name)) {
    throw invalid(`Value '${name}' at 'name' failed to satisfy constraint: ${NAME.source}`);
  }
  const request = read(createRequest, body, 'ValidationException');
  const group = groupCalled(request.GroupName);
  const existing = schedules.find(group, name);
  if (existing) {
    // The client's own retry of one request carries the same token.
    if (request.ClientToken !== undefined && requestOf(existing).ClientToken === request.ClientToken) {
      return { ScheduleArn: arnOf(existing) };
    }
    throw new AwsError('ConflictException', `Schedule ${name} already exists.`, 409);
  }
  const due = dueOf(request);
  if (Temporal.Instant.compare(due, clock()) < 0) {
    throw invalid(`Invalid Schedule Expression ${request.ScheduleExpression}: the time is in the past.`);
  }
  const queue = queueNameOf(request.Target.Arn);
  if (queue === undefined || !queues.has(queue)) throw invalid(`No queue ${request.Target.Arn}`);
  schedules.add({
    group,
    name,
    due: request.State === 'ENABLED' ? due : undefined,
    queue,
    message: request.Target.Input ?? scheduledEvent(due),
    deleteWhenFired: request.ActionAfterCompletion === 'DELETE',
    request,
  });
  return { ScheduleArn: arnOf({ group, name }) };
};

const find = (schedules: Schedules, group: string, name: string): KeptSchedule => {
  const found = schedules.find(groupCalled(group), name);
  if (!found) throw new AwsError('ResourceNotFoundException', `Schedule ${name} does not exist.`, 404);
  return found;
};

const list = (schedules: Schedules, { method, query }: AwsRequest): object => {
  if (method !== 'GET') throw new AwsError('UnknownOperationException', 'A schedule needs a name', 404);
  const group = query.get('ScheduleGroup');
  const prefix = query.get('NamePrefix') ?? '';
  const start = Number(query.get('NextToken') ?? 0);
  const end = start + Number(query.get('MaxResults') ?? 100);
  const matching = schedules
    .list()
    .filter((schedule) => (group === null || schedule.group === group) && schedule.name.startsWith(prefix));
  return {
    Schedules: matching.slice(start, end).map(summaryOf),
    ...(end < matching.length && { NextToken: String(end) }),
  };
};

const described = (schedule: KeptSchedule): object => ({ ...requestOf(schedule), ...identityOf(schedule) });

const summaryOf = (schedule: KeptSchedule): object => {
  const { State, Target } = requestOf(schedule);
  return { ...identityOf(schedule), State, Target: { Arn: Target.Arn } };
};

const identityOf = (schedule: KeptSchedule): object => ({
  Arn: arnOf(schedule),
  GroupName: schedule.group,
  Name: schedule.name,
  CreationDate: schedule.created.epochMilliseconds / 1000,
  LastModificationDate: schedule.created.epochMilliseconds / 1000,
});

const requestOf = ({ request }: KeptSchedule): CreateRequest => read(createRequest, request, 'ValidationException');

const groupCalled = (name: string): string => {
  if (GROUPS.has(name)) return name;
  throw new AwsError('ResourceNotFoundException', `Schedule group ${name} does not exist.`, 404);
};

const arnOf = ({ group, name }: { group: string; name: string }): string =>
  `arn:aws:scheduler:${REGION}:${ACCOUNT}:schedule/${group}/${name}`;

/** The instant of `at(yyyy-mm-ddThh:mm:ss)` in the request's time zone. */
const dueOf = ({ ScheduleExpression, ScheduleExpressionTimezone }: CreateRequest): Temporal.Instant => {
  const local = /^at\((\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)\)$/.exec(ScheduleExpression)?.[1];
  if (local === undefined) throw invalid(`Invalid Schedule Expression ${ScheduleExpression}.`);
  try {
    return Temporal.PlainDateTime.from(local, { overflow: 'reject' })
      .toZonedDateTime(ScheduleExpressionTimezone)
      .toInstant();
  } catch {
    throw invalid(`Invalid Schedule Expression ${ScheduleExpression} in ${ScheduleExpressionTimezone}.`);
  }
};

/** What a target without an Input is given. */
const scheduledEvent = (due: Temporal.Instant): string =>
  JSON.stringify(envelopeOf({ source: 'aws.scheduler', detailType: 'Scheduled Event', detail: {} }, due));

const invalid = (message: string): AwsError => new AwsError('ValidationException', message);
