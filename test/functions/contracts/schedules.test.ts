import { SchedulerClient } from '@aws-sdk/client-scheduler';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { eventBridgeSchedules } from '../../../functions/shared/schedules/eventbridge-scheduler.ts';
import { memorySchedules } from '../../../functions/shared/schedules/memory.ts';
import { remembered } from '../../../functions/shared/schedules/remembered.ts';
import { minuteAtOrAfter, minuteName } from '../../../functions/shared/schedules/minute.ts';
import { openServers, serveAws } from '../../local/harness.ts';
import { serveAnswers } from '../../support/aws.ts';
import { moment } from '../../support/facts.ts';

const NOW = moment('2026-11-23 10:00');
const SOON = moment('2026-11-23 10:05');

const ARN = 'arn:aws:sqs:eu-north-1:000000000000:frist';
const NAMES = {
  group: 'frist',
  roleArn: 'arn:aws:iam::000000000000:role/frist-schedules',
  queueArn: `${ARN}-record-fact`,
  deadLetterArn: `${ARN}-schedule-dlq`,
};

const openScheduler = async () => {
  const servers = openServers(':memory:', { now: NOW });
  const { clock, schedules: kept, queues, delivered } = servers;
  const schedules = eventBridgeSchedules(NAMES, new SchedulerClient(await serveAws(servers)));
  /** What the queue was given when this instant has come. */
  const messagesBy = async (at: Temporal.Instant): Promise<unknown[]> => {
    clock.moveTo(at);
    kept.fireDue();
    await queues.idle();
    return (delivered['record-fact'] ?? []).map((body): unknown => JSON.parse(body));
  };
  return { schedules, messagesBy };
};

const openMemory = async () => {
  const schedules = memorySchedules(() => NOW);
  const messagesBy = async (at: Temporal.Instant): Promise<unknown[]> =>
    [...schedules.created.values()]
      .filter((one) => one.at.epochMilliseconds <= at.epochMilliseconds)
      .map(({ message }) => message);
  return { schedules, messagesBy };
};

const openRemembered = async () => {
  const { schedules, messagesBy } = await openScheduler();
  return { schedules: remembered(schedules), messagesBy };
};

describe.each([
  { name: 'in memory', open: openMemory },
  { name: 'remembered', open: openRemembered },
  { name: 'of EventBridge Scheduler', open: openScheduler },
])('schedules $name', ({ open }) => {
  const message = { wake: { case: 'Ärende 7', at: SOON.toString() } };

  test('bring their message at their time, and not before', async () => {
    const { schedules, messagesBy } = await open();
    await schedules.create('wake-1', SOON, message);
    await schedules.create('wake-2', SOON.add({ hours: 24 * 400 }), { other: true });

    expect(await messagesBy(SOON.subtract({ seconds: 1 }))).toEqual([]);
    expect(await messagesBy(SOON)).toEqual([message]);
  });

  test('one that exists already is success, and stays what it was', async () => {
    const { schedules, messagesBy } = await open();
    await schedules.create('wake-1', SOON, message);
    await schedules.create('wake-1', SOON, message);
    await schedules.create('wake-1', SOON.add({ minutes: 1 }), { other: true });

    expect(await messagesBy(SOON.add({ hours: 1 }))).toEqual([message]);
  });

  test('it is told whether one is new', async () => {
    const { schedules } = await open();
    expect(await schedules.create('wake-1', SOON, message)).toBe(true);
    expect(await schedules.create('wake-1', SOON, message)).toBe(false);
  });

  test('a time that has passed is an error', async () => {
    const { schedules, messagesBy } = await open();
    await expect(schedules.create('wake-1', NOW.subtract({ seconds: 1 }), message)).rejects.toBeInstanceOf(Error);
    expect(await messagesBy(SOON)).toEqual([]);
  });

  test('a time after the year 9999 is an error', async () => {
    const { schedules } = await open();
    const far = Temporal.Instant.from('+010000-01-01T00:00:00Z');
    await expect(schedules.create('wake-1', far, message)).rejects.toBeInstanceOf(Error);
  });

  test.each(['', 'a'.repeat(65), 'wake 1', 'wake/1', 'väckning'])('the name %j is an error', async (name) => {
    const { schedules } = await open();
    await expect(schedules.create(name, SOON, message)).rejects.toBeInstanceOf(Error);
  });

  test('a name may be 64 characters long', async () => {
    const { schedules, messagesBy } = await open();
    await schedules.create('aA0-_.'.padEnd(64, 'z'), SOON, message);
    expect(await messagesBy(SOON)).toEqual([message]);
  });
});

describe('remembered schedules', () => {
  const counting = (fail: () => boolean) => {
    const asked: string[] = [];
    const create = async (name: string): Promise<never> => {
      asked.push(name);
      if (fail()) throw new Error('throttled');
      return undefined as never;
    };
    return { asked, schedules: remembered({ create }, 2) };
  };

  test('ask once for each name', async () => {
    const { asked, schedules } = counting(() => false);
    await Promise.all([schedules.create('a', SOON, {}), schedules.create('a', SOON, {})]);
    await schedules.create('a', SOON, {});
    await schedules.create('b', SOON, {});
    expect(asked).toEqual(['a', 'b']);
  });

  test('ask again after a failure, which all who waited hear of', async () => {
    let failures = 1;
    const { asked, schedules } = counting(() => failures-- > 0);
    const first = await Promise.allSettled([schedules.create('a', SOON, {}), schedules.create('a', SOON, {})]);
    expect(first.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await schedules.create('a', SOON, {});
    expect(asked).toEqual(['a', 'a']);
  });

  test('forget the oldest rather than grow', async () => {
    const { asked, schedules } = counting(() => false);
    for (const name of ['a', 'b', 'c', 'c', 'a']) await schedules.create(name, SOON, {});
    expect(asked).toEqual(['a', 'b', 'c', 'a']);
  });
});

test('a throttled scheduler is an error, so that the delivery fails and comes again', async () => {
  const options = await serveAnswers({});
  const schedules = eventBridgeSchedules(NAMES, new SchedulerClient(options));
  await expect(schedules.create('wake-1', SOON, {})).rejects.toMatchObject({ name: 'AccessDeniedException' });
});

test.each([
  ['2026-11-23T22:00:00Z', '2026-11-23T22:00:00Z', '20261123T2200'],
  ['2026-11-23T22:00:00.000000001Z', '2026-11-23T22:01:00Z', '20261123T2201'],
  ['2026-11-23T22:59:59.999Z', '2026-11-23T23:00:00Z', '20261123T2300'],
])('%s is woken for at %s, named %s', (instant, minute, name) => {
  expect(minuteAtOrAfter(moment(instant)).toString()).toBe(minute);
  expect(minuteName(minuteAtOrAfter(moment(instant)))).toBe(name);
});
