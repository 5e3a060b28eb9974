import { SchedulerClient } from '@aws-sdk/client-scheduler';
import type { SQSEvent } from 'aws-lambda';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Temporal } from 'temporal-polyfill';
import { eventBridgeSchedules } from '../../../functions/shared/schedules/eventbridge-scheduler.ts';
import { awsListener } from '../../../infra/local/aws.ts';
import { openClock } from '../../../infra/local/clock.ts';
import { listen } from '../../../infra/local/http.ts';
import { queueArn, scheduleRoleArn } from '../../../infra/local/names.ts';
import { openQueues } from '../../../infra/local/queues.ts';
import { schedulerApi } from '../../../infra/local/scheduler-api.ts';
import { openSchedules } from '../../../infra/local/schedules.ts';
import { openStore } from '../../../infra/local/store.ts';
import type { Engine, OpenEngine } from './engine.ts';

const silent = (): void => undefined;

const refuse = (): never => {
  throw new Error('only the scheduler is asked');
};

/** Frist's wakes as the functions arm them: by the SDK, at the local stand-in for EventBridge Scheduler, kept on disk. */
export const openFrist: OpenEngine = async (fired) => {
  const data = mkdtempSync(join(tmpdir(), 'frist-engine-'));
  const store = openStore(data);
  const clock = openClock(store, {});
  const queues = openQueues({ store, clock: clock.now, log: silent });
  queues.start({
    'record-fact': {
      arn: queueArn('record-fact'),
      batchSize: 10,
      maxReceives: 5,
      invoke: async (event) => {
        for (const { body } of (event as SQSEvent).Records) fired((JSON.parse(body) as { id: string }).id);
        return {};
      },
    },
  });
  const schedules = openSchedules({ store, clock, queues, log: silent });
  schedules.start();
  let requests = 0;
  const scheduler = schedulerApi(schedules, queues, clock.now);
  const services = { putEvents: refuse, sendEmail: refuse, getSecretValue: refuse, putSecretValue: refuse };
  const server = await listen(
    0,
    awsListener({ ...services, scheduler: (request) => ((requests += 1), scheduler(request)) }, silent),
  );
  const client = new SchedulerClient({
    endpoint: server.address,
    region: 'eu-north-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  const wakes = eventBridgeSchedules(
    {
      group: 'frist',
      roleArn: scheduleRoleArn,
      queueArn: queueArn('record-fact'),
      deadLetterArn: queueArn('schedule-dlq'),
    },
    client,
  );
  const before = process.memoryUsage().rss;
  return {
    name: "Frist's wakes, local scheduler",
    note: 'nothing is asked for a moot one: its wake comes in vain',
    arm: async (id, due) => {
      await wakes.create(id, Temporal.Instant.fromEpochMilliseconds(due), { id });
    },
    requests: async () => requests,
    memory: async () => Math.max(0, process.memoryUsage().rss - before) / 1e6,
    stop: async () => {
      schedules.stop();
      client.destroy();
      await server.stop();
      await queues.stop();
      store.close();
      rmSync(data, { recursive: true });
    },
  };
};

/** Timers in memory, the next one on top: what any of the others could at most reach. Nothing of it outlives the process. */
export const openHeap: OpenEngine = async (fired) => {
  const heap: { readonly id: string; readonly due: number }[] = [];
  const moot = new Set<string>();
  const below = (one: number, other: number): boolean =>
    (heap[one]?.due ?? Number.POSITIVE_INFINITY) < (heap[other]?.due ?? Number.POSITIVE_INFINITY);
  const swap = (one: number, other: number): void => {
    const [a, b] = [heap[one], heap[other]];
    if (a === undefined || b === undefined) return;
    heap[one] = b;
    heap[other] = a;
  };
  const push = (id: string, due: number): void => {
    heap.push({ id, due });
    for (let at = heap.length - 1; at > 0 && below(at, (at - 1) >> 1); at = (at - 1) >> 1) swap(at, (at - 1) >> 1);
  };
  const pop = (): void => {
    swap(0, heap.length - 1);
    heap.pop();
    for (let at = 0; ;) {
      const least = [2 * at + 1, 2 * at + 2].reduce((best, child) => (below(child, best) ? child : best), at);
      if (least === at) return;
      swap(at, least);
      at = least;
    }
  };
  const timer = setInterval(() => {
    for (let top = heap[0]; top !== undefined && top.due <= Date.now(); top = heap[0]) {
      pop();
      if (!moot.delete(top.id)) fired(top.id);
    }
  }, 5);
  const before = process.memoryUsage().heapUsed;
  const engine: Engine = {
    name: 'A bare heap in memory',
    note: 'nothing outlives the process',
    arm: async (id, due) => push(id, due),
    moot: async (id) => void moot.add(id),
    requests: async () => 0,
    memory: async () => Math.max(0, process.memoryUsage().heapUsed - before) / 1e6,
    stop: async () => clearInterval(timer),
  };
  return engine;
};
