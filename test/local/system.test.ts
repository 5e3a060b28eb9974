import { DynamoDBClient, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { CreateScheduleCommand, SchedulerClient } from '@aws-sdk/client-scheduler';
import { SendEmailCommand, SESv2Client } from '@aws-sdk/client-sesv2';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Runtime } from '../../functions/shared/runtime.ts';
import { QueuesStopped } from '../../infra/local/queues.ts';
import { type Create, type LocalSystem, startSystem, type SystemOptions } from '../../infra/local/system.ts';
import { bodiesOf, silent, START } from './harness.ts';

/**
 * Small stand-ins for the functions, on the SDK's own clients. A fact `{case, mail?}` is recorded when it comes and
 * arms a wake an hour later; each wake is recorded and mails who the fact names.
 */
interface Fact {
  case: string;
  to: string;
  wake?: true;
}

const receiveFacts: Create = ({ env }) => {
  const bus = new EventBridgeClient();
  return async (event) => {
    const { body: Detail } = event as APIGatewayProxyEventV2;
    const Entries = [{ EventBusName: env['BUS_NAME'], Source: 'frist.inbound', DetailType: 'se.frist.x.v1', Detail }];
    await bus.send(new PutEventsCommand({ Entries }));
    return { statusCode: 202 };
  };
};

const recordFact: Create = ({ env, clock }) => {
  const table = new DynamoDBClient();
  const scheduler = new SchedulerClient();
  const bus = new EventBridgeClient();
  const record = async (fact: Fact): Promise<void> => {
    if (fact.case === 'poison') throw new Error('poison');
    const Item = { pk: { S: fact.case }, sk: { S: clock().toString() } };
    await table.send(new PutItemCommand({ TableName: env['TABLE_NAME'], Item }));
    if (fact.wake) {
      const Detail = JSON.stringify(fact);
      const Entries = [{ EventBusName: env['BUS_NAME'], Source: 'frist.recorded', DetailType: REMINDED, Detail }];
      await bus.send(new PutEventsCommand({ Entries }));
    } else {
      await scheduler.send(
        new CreateScheduleCommand({
          Name: `wake-${fact.case}`,
          GroupName: env['SCHEDULE_GROUP'],
          ScheduleExpression: `at(${clock().add({ hours: 1 }).toString().slice(0, 19)})`,
          FlexibleTimeWindow: { Mode: 'OFF' },
          ActionAfterCompletion: 'DELETE',
          Target: {
            Arn: env['SCHEDULE_QUEUE_ARN'],
            RoleArn: env['SCHEDULE_ROLE_ARN'],
            Input: JSON.stringify({ ...fact, wake: true }),
          },
        }),
      );
    }
  };
  return async (event) => {
    for (const body of bodiesOf(event)) {
      const message = JSON.parse(body) as Fact | { detail: Fact; source: string; 'detail-type': string };
      if ('detail' in message && message.source === 'aws.ses') mailEvents.push(message['detail-type']);
      else await record('detail' in message ? message.detail : message);
    }
  };
};

const REMINDED = 'se.frist.deadline.reminded.v1';

const sendMail: Create = ({ env }) => {
  const ses = new SESv2Client();
  return async (event) => {
    for (const body of bodiesOf(event)) {
      const { detail } = JSON.parse(body) as { detail: Fact };
      await ses.send(
        new SendEmailCommand({
          FromEmailAddress: env['MAIL_FROM'],
          ConfigurationSetName: env['CONFIGURATION_SET'],
          Destination: { ToAddresses: [detail.to] },
          Content: {
            Simple: {
              Subject: { Data: `Ärende ${detail.case}` },
              Body: {
                Text: { Data: `Öppna ${env['PUBLIC_URL'] ?? ''}/p/abc. <b>` },
                Html: { Data: '<p>Öppna</p><script>alert(1)</script>' },
              },
            },
          },
        }),
      );
    }
  };
};

const readCases: Create = ({ env }) => {
  const table = new DynamoDBClient();
  return async (event) => {
    const { Items = [] } = await table.send(
      new QueryCommand({
        TableName: env['TABLE_NAME'],
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': { S: (event as APIGatewayProxyEventV2).pathParameters?.['case'] ?? '' } },
      }),
    );
    return { statusCode: 200, body: JSON.stringify(Items.map((item) => item['sk']?.S)) };
  };
};

const none: Create = () => async () => ({});

const environments: Record<string, Runtime['env']> = {};

const mailEvents: string[] = [];

const functions: SystemOptions['functions'] = {
  'receive-facts': receiveFacts,
  'read-cases': (runtime) => {
    environments['read-cases'] = runtime.env;
    return readCases(runtime);
  },
  'record-fact': (runtime) => {
    environments['record-fact'] = runtime.env;
    return recordFact(runtime);
  },
  'send-mail': (runtime) => {
    environments['send-mail'] = runtime.env;
    return sendMail(runtime);
  },
  'send-digest': none,
  'call-partner': none,
  'erase-cases': none,
  'keep-partners': none,
  'keep-registers': none,
  'provider-page': none,
  'rotate-secrets': none,
  'receive-webhook': none,
  'keep-queues': none,
  'show-registers': none,
  'sign-in': none,
  'show-routines': none,
  'show-statistics': none,
  'receive-mail': none,
  'show-mails': none,
  'urgent-orders': none,
  'watch-page': none,
  'case-page': none,
  'act-page': none,
  reconcile: none,
};

const options = { functions, now: START, token: 'secret', backOff: [1], log: silent };
const headers = { authorization: 'Bearer secret', 'content-type': 'application/json' };

const post = async (url: string, body: unknown): Promise<{ status: number; body: unknown }> => {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const response = await fetch(url, { method: 'POST', headers, body: text });
  const answer = await response.text();
  return { status: response.status, body: answer === '' ? undefined : JSON.parse(answer) };
};

const get = async (url: string): Promise<unknown> => (await fetch(url, { headers })).json();

describe('the local system', () => {
  let system: LocalSystem;
  beforeEach(async () => {
    mailEvents.length = 0;
    system = await startSystem(options);
  });
  afterEach(async () => system.stop());

  test('takes a fact all the way, at the time of the clock, and answers the clock when all has settled', async () => {
    const { web } = system;
    expect((await post(`${web}/api/facts`, { case: 'A1', to: 'a@example.org' })).status).toBe(202);

    expect(await post(`${web}/local/clock`, { advance: 'PT25H' })).toEqual({
      status: 200,
      body: { now: '2026-12-22T09:00:00Z', settled: true },
    });

    expect(await get(`${web}/api/cases/A1`)).toEqual(['2026-12-21T08:00:00Z', '2026-12-21T09:00:00Z']);
    expect(await get(`${web}/local/mails`)).toMatchObject([
      { to: ['a@example.org'], subject: 'Ärende A1', text: `Öppna ${web}/p/abc. <b>`, at: '2026-12-21T09:00:00Z' },
    ]);
    expect(mailEvents).toEqual(['Email Delivered']);
    expect(await get(`${web}/local/clock`)).toEqual({ now: '2026-12-22T09:00:00Z' });
  });

  test('gives the functions what the wiring grants them', () => {
    expect(environments['read-cases']).toEqual({
      MUNICIPALITY: expect.stringMatching(/^\{"id":"exempelkommun".*\}$/),
      TABLE_NAME: 'frist',
      INDEX_NAME: 'watch',
    });
    expect(environments['record-fact']).toMatchObject({
      BUS_NAME: 'frist',
      SCHEDULE_GROUP: 'frist',
      SCHEDULE_QUEUE_ARN: 'arn:aws:sqs:eu-north-1:000000000000:frist-record-fact',
    });
    expect(environments['send-mail']).toMatchObject({
      MAIL_FROM: 'frist@exempelkommun.example',
      CONFIGURATION_SET: 'frist',
      PUBLIC_URL: system.web,
    });
  });

  test('moves the clock by request: one move after another', async () => {
    const url = `${system.web}/local/clock`;
    const moves = await Promise.all([post(url, { advance: 'PT1H' }), post(url, { advance: 'P1DT30M' })]);
    expect(
      moves
        .map(({ body }) => (body as { now: string }).now)
        .toSorted()
        .at(-1),
    ).toBe('2026-12-22T09:30:00Z');
    expect(await post(url, { to: '2026-12-23T10:00:00+01:00' })).toEqual({
      status: 200,
      body: { now: '2026-12-23T09:00:00Z', settled: true },
    });
    expect((await post(url, { to: '2026-12-23T10:00:00+01:00' })).status).toBe(200);
  });

  test('moves the clock by months and years as the calendar in Stockholm has them', async () => {
    const url = `${system.web}/local/clock`;
    await post(url, { to: '2027-01-31T10:00:00+01:00' });
    for (const [advance, now] of [
      ['P1M', '2027-02-28T09:00:00Z'],
      ['P1M1DT1H', '2027-03-29T09:00:00Z'],
    ])
      expect(await post(url, { advance }), advance).toMatchObject({ status: 200, body: { now } });
  });

  test.each([
    [400, '{'],
    [400, ''],
    [422, {}],
    [422, { advance: 'PT1H', to: '2026-12-23T10:00:00Z' }],
    [422, { advance: 3600 }],
    [422, { advance: '1 hour' }],
    [422, { advance: '-PT1H' }],
    [422, { advance: '-P1M' }],
    [422, { advance: 'P9999999Y' }],
    [422, { advance: 'PT9999999999H' }],
    [422, { to: '2026-12-23' }],
    [422, { to: '2026-12-21T07:59:59Z' }],
  ])('answers %i for a move of the clock by %j', async (status, body) => {
    expect(await post(`${system.web}/local/clock`, body)).toMatchObject({ status, body: { status } });
  });

  test('shows what went wrong in the queues, and redrives it', async () => {
    const { web } = system;
    await post(`${web}/api/facts`, { case: 'poison', to: 'a@example.org' });
    await post(`${web}/local/clock`, { advance: 'PT0S' });

    expect(await get(`${web}/local/queues`)).toMatchObject({
      'record-fact': {
        waiting: 0,
        inFlight: 0,
        deadLetters: [{ body: expect.stringContaining('poison'), receives: 5, error: 'Error: poison' }],
      },
      'send-mail': { waiting: 0, inFlight: 0, deadLetters: [] },
    });
    expect(await post(`${web}/local/queues/record-fact/redrive`, '')).toEqual({ status: 200, body: { redriven: 1 } });
    expect((await post(`${web}/local/queues/other/redrive`, '')).status).toBe(404);
  });

  test('shows the mails in a mailbox', async () => {
    await post(`${system.web}/api/facts`, { case: 'A1', to: 'a@example.org' });
    await post(`${system.web}/local/clock`, { advance: 'PT1H' });
    const [mail] = system.mails.all();

    const list = await fetch(system.mail);
    expect(list.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(await list.text()).toMatch(
      new RegExp(`<a href="/mails/${mail?.id ?? ''}">\\s*<strong>Ärende A1</strong>[^]*a@example\\.org[^]*i dag 10:00`),
    );

    const page = await (await fetch(`${system.mail}/mails/${mail?.id ?? ''}`)).text();
    expect(page).toContain(`Öppna <a href="${system.web}/p/abc">${system.web}/p/abc</a>. &lt;b&gt;`);

    const foreign = await fetch(`${system.mail}/mails/${mail?.id ?? ''}/html`);
    expect(foreign.headers.get('content-security-policy')).toMatch(/^sandbox /);
    expect(await foreign.text()).toContain('<p>Öppna</p>');

    expect((await fetch(`${system.mail}/mails/other`)).status).toBe(404);
    expect((await fetch(`${system.mail}/style.css`)).status).toBe(200);
  });
});

test('a system that is started again has its journal, mails, armed schedules and clock', async () => {
  const data = mkdtempSync(join(tmpdir(), 'frist-'));
  try {
    const before = await startSystem({ ...options, data });
    expect(before.isNew).toBe(true);
    await post(`${before.web}/api/facts`, { case: 'A1', to: 'a@example.org' });
    await post(`${before.web}/local/clock`, { advance: 'PT30M' });
    await before.stop();

    const after = await startSystem({ ...options, data });
    expect(after.isNew).toBe(false);
    expect(after.clock.now().toString()).toBe('2026-12-21T08:30:00Z');
    await post(`${after.web}/local/clock`, { advance: 'PT30M' });
    expect(await get(`${after.web}/api/cases/A1`)).toEqual(['2026-12-21T08:00:00Z', '2026-12-21T09:00:00Z']);
    expect(after.mails.all()).toHaveLength(1);
    await after.stop();
  } finally {
    rmSync(data, { recursive: true });
  }
});

test('a stop ends a move of the clock that waits for a message to be delivered again', async () => {
  const system = await startSystem({ ...options, backOff: [60_000] });
  await post(`${system.web}/api/facts`, { case: 'poison', to: 'a@example.org' });
  await vi.waitFor(() => expect(system.queues.state()['record-fact']).toMatchObject({ waiting: 1, inFlight: 0 }));
  const move = system.moveClock((now) => now);
  await Promise.all([expect(move).rejects.toThrow(QueuesStopped), system.stop()]);
});

test('a data folder is not opened twice', async () => {
  const data = mkdtempSync(join(tmpdir(), 'frist-'));
  const first = await startSystem({ ...options, data });
  await expect(startSystem({ ...options, data })).rejects.toThrow('another system is at work in it');
  await first.stop();
  rmSync(data, { recursive: true });
});

test('a port that is in use ends the start, and nothing is left behind', async () => {
  const data = mkdtempSync(join(tmpdir(), 'frist-'));
  const first = await startSystem(options);
  const before = { ...process.env };
  const port = Number(new URL(first.web).port);

  await expect(startSystem({ ...options, data, mailPort: port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  expect({ ...process.env }).toEqual(before);
  await first.stop();
  expect(process.env['AWS_ENDPOINT_URL_DYNAMODB']).toBeUndefined();

  const second = await startSystem({ ...options, data });
  expect(second.isNew).toBe(true);
  await second.stop();
  rmSync(data, { recursive: true });
});
