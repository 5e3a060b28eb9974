import {
  ConflictException,
  CreateScheduleCommand,
  type CreateScheduleCommandInput,
  DeleteScheduleCommand,
  GetScheduleCommand,
  ListSchedulesCommand,
  ResourceNotFoundException,
  SchedulerClient,
  ValidationException,
} from '@aws-sdk/client-scheduler';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { clockMover } from '../../infra/local/clock-mover.ts';
import { openClock } from '../../infra/local/clock.ts';
import { openSchedules } from '../../infra/local/schedules.ts';
import { openServers, serveAws, type Servers, silent, START } from './harness.ts';

const schedule = (Name: string, at: string, more: Partial<CreateScheduleCommandInput> = {}): CreateScheduleCommand =>
  new CreateScheduleCommand({
    Name,
    GroupName: 'frist',
    ScheduleExpression: `at(${at})`,
    FlexibleTimeWindow: { Mode: 'OFF' },
    ActionAfterCompletion: 'DELETE',
    Target: {
      Arn: 'arn:aws:sqs:eu-north-1:000000000000:frist-record-fact',
      RoleArn: 'arn:aws:iam::000000000000:role/frist-schedules',
      Input: JSON.stringify({ wake: Name }),
    },
    ...more,
  });

const start = async (): Promise<{
  servers: Servers;
  client: SchedulerClient;
  move: (to: string) => Promise<unknown>;
}> => {
  const servers = openServers();
  const client = new SchedulerClient(await serveAws(servers));
  const mover = clockMover(servers.clock, servers.schedules, servers.queues);
  return { servers, client, move: async (to) => mover(() => Temporal.Instant.from(to)) };
};

const wake = (name: string): string => JSON.stringify({ wake: name });

describe('a schedule', () => {
  test('puts its input in its queue once, when the clock comes to it, and is gone', async () => {
    const { servers, client, move } = await start();
    const { ScheduleArn } = await client.send(schedule('w', '2026-12-21T09:00:00'));
    expect(ScheduleArn).toBe('arn:aws:scheduler:eu-north-1:000000000000:schedule/frist/w');

    await move('2026-12-21T08:59:59Z');
    expect(servers.delivered).toEqual({});

    await move('2026-12-21T09:00:00Z');
    await move('2026-12-22T09:00:00Z');
    expect(servers.delivered['record-fact']).toEqual([wake('w')]);
    await expect(client.send(new GetScheduleCommand({ GroupName: 'frist', Name: 'w' }))).rejects.toThrow(
      ResourceNotFoundException,
    );
  });

  test('that is to stay stays, and has fired', async () => {
    const { servers, client, move } = await start();
    await client.send(schedule('w', '2026-12-21T09:00:00', { ActionAfterCompletion: 'NONE' }));
    await move('2026-12-21T09:00:00Z');
    await move('2026-12-21T10:00:00Z');
    expect(servers.delivered['record-fact']).toEqual([wake('w')]);
    await expect(client.send(schedule('w', '2026-12-21T11:00:00'))).rejects.toThrow(ConflictException);
  });

  test('that is disabled does not fire', async () => {
    const { servers, client, move } = await start();
    await client.send(schedule('w', '2026-12-21T09:00:00', { State: 'DISABLED' }));
    await move('2026-12-22T09:00:00Z');
    expect(servers.delivered).toEqual({});
  });

  test('fires at the moment of its own time zone', async () => {
    const { servers, client, move } = await start();
    await client.send(schedule('w', '2026-12-21T09:30:00', { ScheduleExpressionTimezone: 'Europe/Stockholm' }));
    await move('2026-12-21T08:30:00Z');
    expect(servers.delivered['record-fact']).toEqual([wake('w')]);
  });

  test('that is due this very moment fires at once', async () => {
    const { servers, client } = await start();
    await client.send(schedule('w', '2026-12-21T08:00:00'));
    await servers.queues.idle();
    expect(servers.delivered['record-fact']).toEqual([wake('w')]);
  });

  test('is found, listed and deleted', async () => {
    const { servers, client, move } = await start();
    await client.send(schedule('a1', '2026-12-21T09:00:00'));
    await client.send(schedule('a2', '2026-12-21T09:00:00'));
    await client.send(schedule('b', '2026-12-21T09:00:00'));

    expect(await client.send(new GetScheduleCommand({ GroupName: 'frist', Name: 'a1' }))).toMatchObject({
      Name: 'a1',
      GroupName: 'frist',
      ScheduleExpression: 'at(2026-12-21T09:00:00)',
      CreationDate: new Date(START.epochMilliseconds),
      Target: { Input: wake('a1') },
    });
    const page = await client.send(new ListSchedulesCommand({ GroupName: 'frist', NamePrefix: 'a', MaxResults: 1 }));
    expect(page.Schedules?.map(({ Name }) => Name)).toEqual(['a1']);
    const rest = await client.send(
      new ListSchedulesCommand({ GroupName: 'frist', NamePrefix: 'a', MaxResults: 1, NextToken: page.NextToken }),
    );
    expect(rest.Schedules?.map(({ Name }) => Name)).toEqual(['a2']);
    expect(rest.NextToken).toBeUndefined();

    await client.send(new DeleteScheduleCommand({ GroupName: 'frist', Name: 'a1' }));
    await expect(client.send(new DeleteScheduleCommand({ GroupName: 'frist', Name: 'a1' }))).rejects.toThrow(
      ResourceNotFoundException,
    );
    await move('2026-12-21T09:00:00Z');
    expect(servers.delivered['record-fact']).toEqual([wake('a2'), wake('b')]);
  });
});

describe('schedules', () => {
  test('fire in the order they are due, each at its time, with those armed on the way among them', async () => {
    const fired: string[] = [];
    const servers: Servers = openServers(':memory:', {
      invoke: async () => {
        fired.push(servers.clock.now().toString());
        if (fired.length === 1) await client.send(schedule('armed-on-the-way', '2026-12-21T10:00:00'));
      },
    });
    const client = new SchedulerClient(await serveAws(servers));
    await client.send(schedule('third', '2026-12-21T11:00:00'));
    await client.send(schedule('first', '2026-12-21T09:00:00'));

    const now = await clockMover(servers.clock, servers.schedules, servers.queues)((then) => then.add({ hours: 24 }));

    expect(now.toString()).toBe('2026-12-22T08:00:00Z');
    expect(servers.delivered['record-fact']).toEqual([wake('first'), wake('armed-on-the-way'), wake('third')]);
    expect(fired).toEqual(['2026-12-21T09:00:00Z', '2026-12-21T10:00:00Z', '2026-12-21T11:00:00Z']);
  });

  test('are there after a restart, and what came due meanwhile fires then, once', async () => {
    const data = mkdtempSync(join(tmpdir(), 'frist-'));
    onTestFinished(() => rmSync(data, { recursive: true }));
    const before = openServers(data);
    before.schedules.add({
      group: 'frist',
      name: 'w',
      due: START.add({ hours: 1 }),
      request: {},
      queue: 'record-fact',
      message: wake('w'),
      deleteWhenFired: true,
    });
    before.store.close();

    const after = openServers(data, { now: START.add({ hours: 2 }) });
    onTestFinished(() => after.store.close());
    after.schedules.start();
    after.schedules.fireDue();
    await after.queues.idle();

    expect(after.delivered['record-fact']).toEqual([wake('w')]);
    expect(after.schedules.list()).toEqual([]);
  });

  test('fire by a timer where the clock runs', async () => {
    const { store, queues, delivered } = openServers();
    onTestFinished(() => store.close());
    const clock = openClock(store);
    const schedules = openSchedules({ store, clock, queues, log: silent });
    schedules.start();
    onTestFinished(() => schedules.stop());
    schedules.add({
      group: 'frist',
      name: 'w',
      due: clock.now().add({ milliseconds: 20 }),
      request: {},
      queue: 'record-fact',
      message: wake('w'),
      deleteWhenFired: true,
    });
    expect(delivered).toEqual({});
    await vi.waitFor(() => expect(delivered['record-fact']).toEqual([wake('w')]));
  });
});

describe('the scheduler refuses', () => {
  test('a name that is taken, unless it is the same request again', async () => {
    const { client } = await start();
    const request = schedule('w', '2026-12-21T09:00:00', { ClientToken: 'one' });
    await client.send(request);
    await expect(client.send(request)).resolves.toBeDefined();
    await expect(client.send(schedule('w', '2026-12-21T09:00:00', { ClientToken: 'two' }))).rejects.toThrow(
      ConflictException,
    );
    await expect(client.send(schedule('w', '2026-12-21T09:00:00', { GroupName: 'default' }))).resolves.toBeDefined();
  });

  test('a group that is not there', async () => {
    const { client } = await start();
    await expect(client.send(schedule('w', '2026-12-21T09:00:00', { GroupName: 'other' }))).rejects.toThrow(
      ResourceNotFoundException,
    );
  });

  const target = { Arn: 'arn:aws:sqs:eu-north-1:000000000000:frist-record-fact', RoleArn: 'arn:aws:iam::0:role/r' };
  test.each<[string, Partial<CreateScheduleCommandInput>]>([
    ['a name of 65 characters', { Name: 'w'.repeat(65) }],
    ['a name with other characters', { Name: 'case 1' }],
    ['a time that has passed', { ScheduleExpression: 'at(2026-12-21T07:59:59)' }],
    ['a date that there is not', { ScheduleExpression: 'at(2026-02-30T09:00:00)' }],
    ['a fraction of a second', { ScheduleExpression: 'at(2026-12-21T09:00:00.5)' }],
    ['a time with a zone', { ScheduleExpression: 'at(2026-12-21T09:00:00Z)' }],
    ['an unknown time zone', { ScheduleExpressionTimezone: 'Europe/Nowhere' }],
    ['no time window', { FlexibleTimeWindow: undefined }],
    ['no target', { Target: undefined }],
    ['a target without a role', { Target: { ...target, RoleArn: undefined } }],
    ['a target without an address', { Target: { ...target, Arn: undefined } }],
    ['a queue that is not there', { Target: { ...target, Arn: `${target.Arn}-other` } }],
  ])('%s', async (_, wrong) => {
    const { client } = await start();
    await expect(client.send(schedule('w', '2026-12-21T09:00:00', wrong))).rejects.toThrow(ValidationException);
  });
});
