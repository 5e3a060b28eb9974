import type { Temporal } from 'temporal-polyfill';
import type { Runtime } from '../../functions/shared/runtime.ts';
import exempelkommun from '../municipalities/exempelkommun.json' with { type: 'json' };
import { environmentOf, type FunctionName, type Surroundings, wiring } from '../wiring.ts';
import { awsListener } from './aws.ts';
import { clockMover, type ClockMover } from './clock-mover.ts';
import { type LocalClock, openClock } from './clock.ts';
import { armDaily } from './daily.ts';
import { startDynamo } from './dynamo.ts';
import { pointAwsClientsAt } from './environment.ts';
import { putEvents } from './event-bus.ts';
import { faulty, faultyDelivery, openFaults, type Faults } from './faults.ts';
import { functionRoutes } from './gateway.ts';
import { listen, type Listener } from './http.ts';
import { type Invoke, withTimeLimit } from './invoke.ts';
import { localRoutes } from './local-api.ts';
import { type Log, logToStderr } from './log.ts';
import { mailboxRoutes } from './mailbox.ts';
import { type Mails, openMails } from './mails.ts';
import { BUS, CONFIGURATION_SET, INDEX, queueArn, SCHEDULE_GROUP, scheduleRoleArn, TABLE } from './names.ts';
import type { Consumer } from './queue.ts';
import { openQueues, type Queues } from './queues.ts';
import { schedulerApi } from './scheduler-api.ts';
import { openSchedules } from './schedules.ts';
import { sendEmail } from './send-email.ts';
import { openStore } from './store.ts';
import { webListener, type WebRoute } from './web-server.ts';

/**
 * Makes a function's handler. What it takes and answers is the trigger's business: the local system calls it as Lambda
 * does, with JSON (the type is a method's, so that a handler of any event is one).
 */
export type Create = (runtime: Runtime) => { handle(event: unknown): Promise<unknown> }['handle'];

/** What the local system reads of a municipality's file. */
export interface MunicipalityFile {
  readonly name: string;
  readonly mailFrom: string;
  readonly officersMail: string;
  /** Service id to routine id. */
  readonly routines: Readonly<Record<string, string>>;
}

export interface SystemOptions {
  readonly functions: Readonly<Record<FunctionName, Create>>;
  /** The data folder, or `:memory:`. */
  readonly data?: string;
  /** 0 picks a free port. */
  readonly port?: number;
  readonly mailPort?: number;
  /** The clock stands still here until it is moved; without it, it is real time. */
  readonly now?: Temporal.Instant;
  /** The bearer token of the local API. */
  readonly token?: string;
  /** The municipality's file; Exempelkommun's own where none is given. */
  readonly municipality?: MunicipalityFile;
  /** Waits before redeliveries, in milliseconds. */
  readonly backOff?: readonly number[];
  readonly log?: Log;
}

export interface LocalSystem {
  /** Addresses, without a slash at the end. */
  readonly web: string;
  readonly mail: string;
  readonly token: string;
  /** No system has run on its data folder before. */
  readonly isNew: boolean;
  readonly clock: LocalClock;
  readonly moveClock: ClockMover;
  readonly queues: Queues;
  readonly mails: Mails;
  /** Takes nothing new, lets what is under way end and keeps the rest for the next start. */
  readonly stop: () => Promise<void>;
}

/**
 * Starts the whole system in this process: local servers, the handlers on the AWS SDK's own clients, web and mailbox.
 * The clients read `process.env`, so one system at a time. Rejects when a port or the data folder is in use.
 */
export const startSystem = async ({
  functions,
  data = ':memory:',
  port = 0,
  mailPort = 0,
  now,
  token = 'local',
  municipality = exempelkommun,
  backOff,
  log = logToStderr,
}: SystemOptions): Promise<LocalSystem> => {
  const closers: (() => Promise<void> | void)[] = [];
  const close = async (): Promise<void> => {
    while (closers.length > 0) await closers.pop()?.();
  };
  try {
    const store = openStore(data);
    closers.push(store.close);
    const clock = openClock(store, now ? { standAt: now } : {});
    const mails = openMails(store);
    const queues = openQueues({ store, clock: clock.now, log, ...(backOff && { backOff }) });
    const schedules = openSchedules({ store, clock, queues, log });

    const faults = openFaults();
    const dynamo = await startDynamo(data, faults);
    closers.push(dynamo.stop);
    const services = {
      putEvents: putEvents(queues, clock.now),
      scheduler: schedulerApi(schedules, queues, clock.now),
      sendEmail: sendEmail({ store, mails, queues, clock: clock.now }),
    };
    const aws = await listen(0, faulty(faults, awsListener(services, log)));
    closers.push(aws.stop, pointAwsClientsAt({ dynamo: dynamo.address, aws: aws.address }));

    // The web's address goes into the handlers' environment, so it is opened before they are made; requests wait.
    const { promise: listener, resolve: answerBy } = Promise.withResolvers<Listener>();
    const web = await listen(port, async (incoming, outgoing) => (await listener)(incoming, outgoing));
    closers.push(web.stop);
    const mail = await listen(mailPort, webListener({ routes: mailboxRoutes(mails, clock.now), token, log }));
    closers.push(mail.stop);

    closers.push(queues.stop, schedules.stop);
    const invokes = invokesOf(functions, surroundingsOf(web.address, municipality), clock);
    queues.start(consumersOf(invokes, faults));
    armDaily(schedules, clock.now());
    schedules.start();
    const moveClock = clockMover(clock, schedules, queues);
    answerBy(
      webListener({
        routes: [...webRoutes(invokes, clock), ...localRoutes({ clock, moveClock, mails, queues, faults })],
        token,
        log,
      }),
    );

    store.markUsed();
    const stop = async (): Promise<void> => {
      schedules.stop();
      // Together: a request to move the clock, which the web waits for, may itself wait for the queues.
      await Promise.all([web.stop(), mail.stop(), queues.stop()]);
      await close();
    };
    return { web: web.address, mail: mail.address, token, isNew: store.isNew, clock, moveClock, queues, mails, stop };
  } catch (error) {
    await close();
    throw error;
  }
};

const names = Object.keys(wiring) as FunctionName[];

const invokesOf = (
  functions: SystemOptions['functions'],
  around: Surroundings,
  clock: LocalClock,
): Map<FunctionName, Invoke> =>
  new Map(
    names.map((name) => {
      const handler = functions[name]({ env: environmentOf(name, around), clock: clock.now });
      return [name, withTimeLimit(handler, wiring[name].timeoutSeconds)];
    }),
  );

const consumersOf = (invokes: ReadonlyMap<FunctionName, Invoke>, faults: Faults): Record<string, Consumer> =>
  Object.fromEntries(
    [...invokes].flatMap(([name, invoke]) => {
      const { queue } = wiring[name];
      return queue ? [[name, { ...queue, arn: queueArn(name), invoke: faultyDelivery(faults, name, invoke) }]] : [];
    }),
  );

const webRoutes = (invokes: ReadonlyMap<FunctionName, Invoke>, clock: LocalClock): WebRoute[] =>
  [...invokes].flatMap(([name, invoke]) => functionRoutes(wiring[name].routes ?? {}, invoke, clock.now));

const surroundingsOf = (publicUrl: string, municipality: MunicipalityFile): Surroundings => ({
  tableName: TABLE,
  indexName: INDEX,
  busName: BUS,
  scheduleGroup: SCHEDULE_GROUP,
  scheduleRoleArn,
  queueArn,
  scheduleDlqArn: queueArn('schedule-dlq'),
  mailFrom: municipality.mailFrom,
  configurationSet: CONFIGURATION_SET,
  publicUrl,
  municipality: JSON.stringify(municipality),
});
