import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, onTestFinished, test } from 'vitest';
import { begin, plan, standing, Unsafe } from '../../infra/replay/replay.ts';

const NOW = Temporal.Instant.from('2026-11-22T12:00:00Z');
const at = (time: string): Temporal.Instant => Temporal.Instant.from(`2026-11-${time}Z`);
const ASKED = { municipality: 'provkommun', from: at('20T00:00:00'), to: at('22T11:00:00') };
const ARCHIVE = 'arn:aws:events:eu-north-1:1:archive/frist-provkommun';
const BUS = 'arn:aws:events:eu-north-1:1:event-bus/frist';
const seconds = (instant: Temporal.Instant): number => instant.epochMilliseconds / 1000;

const inbound = { Arn: 'arn:rule/inbound', State: 'ENABLED', EventPattern: '{"source":["frist.inbound"]}' };
const recorded = { Arn: 'arn:rule/recorded', State: 'ENABLED', EventPattern: '{"source":["frist.recorded"]}' };

/** EventBridge as it would answer, for the real client. */
const openEventBridge = async ({
  archive = {},
  replays = [],
  rules = [inbound, recorded],
}: {
  readonly archive?: object;
  readonly replays?: readonly object[];
  readonly rules?: readonly object[];
} = {}) => {
  const asked: { readonly operation: string; readonly body: Record<string, unknown> }[] = [];
  const states = ['RUNNING', 'COMPLETED'];
  const answers: Readonly<Record<string, () => object>> = {
    DescribeArchive: () => ({
      ArchiveArn: ARCHIVE,
      EventSourceArn: BUS,
      RetentionDays: 35,
      CreationTime: seconds(at('01T00:00:00')),
      EventCount: 1234,
      ...archive,
    }),
    ListReplays: () => ({ Replays: replays }),
    ListRules: () => ({ Rules: rules }),
    StartReplay: () => ({ State: 'STARTING' }),
    DescribeReplay: () => ({ State: states.shift(), EventLastReplayedTime: seconds(at('21T00:00:00')) }),
  };
  const server = createServer((request, response) => {
    let text = '';
    request.setEncoding('utf8').on('data', (part: string) => (text += part));
    request.on('end', () => {
      const operation = String(request.headers['x-amz-target']).split('.')[1] ?? '';
      asked.push({ operation, body: JSON.parse(text) as Record<string, unknown> });
      response
        .setHeader('content-type', 'application/x-amz-json-1.1')
        .end(JSON.stringify(answers[operation]?.() ?? {}));
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const client = new EventBridgeClient({
    endpoint: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    region: 'eu-north-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  onTestFinished(() => client.destroy());
  return { client, asked };
};

test('a plan names the archive, the bus and the one rule that facts come in by, and does nothing', async () => {
  const { client, asked } = await openEventBridge();
  expect(await plan(client, ASKED, NOW)).toEqual({
    ...ASKED,
    archive: ARCHIVE,
    bus: BUS,
    rules: [inbound.Arn],
    held: 1234,
  });
  expect(asked.map(({ operation }) => operation)).not.toContain('StartReplay');
  expect(asked[0]).toEqual({ operation: 'DescribeArchive', body: { ArchiveName: 'frist-provkommun' } });
});

describe('a replay is refused', () => {
  test.each([
    ['that ends before it begins', { from: at('22T11:00:00'), to: at('20T00:00:00') }, {}, '--from must be before'],
    ['of what may not be archived yet', { to: at('22T11:50:01') }, {}, 'ten minutes ago'],
    ['of the future', { to: at('23T00:00:00') }, {}, 'ten minutes ago'],
    [
      'from before the archive was made',
      {},
      { archive: { CreationTime: seconds(at('20T00:00:01')) } },
      '2026-11-20T00:00:01Z or later',
    ],
    ['of what the archive no longer holds', {}, { archive: { RetentionDays: 2 } }, '2026-11-20T12:00:00Z or later'],
    ['beside another', {}, { replays: [{ ReplayName: 'other', State: 'RUNNING' }] }, 'other is under way'],
    ['that nobody would take in', {}, { rules: [recorded] }, 'no rule of the bus'],
    ['that goes by a rule which is off', {}, { rules: [{ ...inbound, State: 'DISABLED' }] }, 'no rule of the bus'],
  ])('%s', async (_, more, answers, why) => {
    const { client, asked } = await openEventBridge(answers);
    const planning = plan(client, { ...ASKED, ...more }, NOW);
    await expect(planning).rejects.toBeInstanceOf(Unsafe);
    await expect(planning).rejects.toThrow(why);
    expect(asked.map(({ operation }) => operation)).not.toContain('StartReplay');
  });
});

test('one that ended long ago, and an archive that keeps for ever, stand in nobody’s way', async () => {
  const { client } = await openEventBridge({
    replays: [{ ReplayName: 'other', State: 'COMPLETED' }],
    archive: { RetentionDays: 0 },
  });
  await expect(plan(client, ASKED, NOW)).resolves.toMatchObject({ archive: ARCHIVE });
});

test('it goes through that rule and no other, and is followed to its end', async () => {
  const { client, asked } = await openEventBridge();
  const name = await begin(client, await plan(client, ASKED, NOW), NOW);
  expect(name).toMatch(/^frist-provkommun-\d+$/u);
  expect(asked.at(-1)).toMatchObject({
    operation: 'StartReplay',
    body: {
      ReplayName: name,
      EventSourceArn: ARCHIVE,
      EventStartTime: seconds(ASKED.from),
      EventEndTime: seconds(ASKED.to),
      Destination: { Arn: BUS, FilterArns: [inbound.Arn] },
    },
  });
  expect(await standing(client, name)).toMatchObject({ state: 'RUNNING', over: false });
  expect(await standing(client, name)).toEqual({ state: 'COMPLETED', until: '2026-11-21T00:00:00.000Z', over: true });
});
