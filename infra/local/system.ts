import type { Temporal } from 'temporal-polyfill';
import type { Runtime } from '../../functions/shared/runtime.ts';
import { PERSON_ROLES, type PersonRole } from '../../functions/shared/session/session.ts';
import exempelkommun from '../municipalities/exempelkommun.json' with { type: 'json' };
import {
  environmentOf,
  type FunctionName,
  queueNames,
  queuesOfRules,
  type RotatedSecret,
  type Surroundings,
  wiring,
} from '../wiring.ts';
import { awsListener } from './aws.ts';
import { clockMover, type ClockMover } from './clock-mover.ts';
import { type LocalClock, openClock } from './clock.ts';
import { armDaily } from './daily.ts';
import { openElapsed, type Elapsed } from './elapsed.ts';
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
import {
  BUS,
  CONFIGURATION_SET,
  INDEX,
  placesOf,
  MESSAGES_BUCKET,
  queueArn,
  SCHEDULE_GROUP,
  scheduleRoleArn,
  SECRET_IDS,
  TABLE,
} from './names.ts';
import type { Consumer } from './queue.ts';
import { CLIENT_ID, localIssuer } from './issuer.ts';
import { openQueues, type Queues } from './queues.ts';
import { schedulerApi } from './scheduler-api.ts';
import { armMornings } from './mornings.ts';
import { openSchedules } from './schedules.ts';
import { sendEmail } from './send-email.ts';
import { openSecrets, rotateSecret } from './secrets.ts';
import { sqsApi } from './sqs.ts';
import { s3Listener } from './s3.ts';
import { openSmtpDoor } from './smtp.ts';
import { openStore } from './store.ts';
import { type Caller, webListener, type WebRoute } from './web-server.ts';

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
  /** By routine id and name: the limits that the routines leave to the municipality. */
  readonly parameters?: Readonly<
    Record<string, Readonly<Record<string, { readonly amount: number; readonly unit: string }>>>
  >;
  /** Whether case officers and readers see the cases of their own unit alone. */
  readonly ownUnitOnly?: boolean;
  /** After how many years a case that rests is erased. */
  readonly retention?: { readonly years: number };
  /** The domain of the addresses that mails can be replied to. */
  readonly replyDomain?: string;
}

export interface SystemOptions {
  readonly functions: Readonly<Record<FunctionName, Create>>;
  /** The data folder, or `:memory:`. */
  readonly data?: string;
  /** 0 picks a free port. */
  readonly port?: number;
  readonly mailPort?: number;
  /** Without it 3002, or a free one when that is taken: those who never asked for it need not know of it. */
  readonly smtpPort?: number;
  /** The clock stands still here until it is moved; without it, it is real time. */
  readonly now?: Temporal.Instant;
  /** The bearer token of the local API. */
  readonly token?: string;
  /** What other bearer tokens let those do who hold them. */
  readonly tokens?: Readonly<Record<string, readonly PersonRole[]>>;
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
  /** Where mails can be replied to, if they can: `smtp://127.0.0.1:port`. */
  readonly smtp?: string;
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
  smtpPort,
  now,
  token = 'local',
  tokens = {},
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
    const elapsed = openElapsed(store);
    const mails = openMails(store);
    const faults = openFaults();
    const queues = openQueues({
      store,
      clock: clock.now,
      elapsed,
      log,
      ...(backOff && { backOff }),
      refuses: (queue) => faults.strike('targets', queue) !== undefined,
    });
    const schedules = openSchedules({ store, clock, queues, log });

    const dynamo = await startDynamo(data, faults);
    closers.push(dynamo.stop);
    const secrets = openSecrets(store, Object.values(SECRET_IDS), clock.now);
    const services = {
      putEvents: putEvents(queues, clock.now),
      scheduler: schedulerApi(schedules, queues, clock.now),
      sendEmail: sendEmail({ store, mails, queues, clock: clock.now }),
      ...secrets,
      ...sqsApi(queues, clock.now),
    };
    const aws = await listen(0, faulty(faults, awsListener(services, log)));
    closers.push(aws.stop);
    const s3 = await listen(0, faulty(faults, s3Listener({ store, bucket: MESSAGES_BUCKET, log }), 's3'));
    closers.push(s3.stop, pointAwsClientsAt({ dynamo: dynamo.address, aws: aws.address, s3: s3.address }));

    // The web's address goes into the handlers' environment, so it is opened before they are made; requests wait.
    const { promise: listener, resolve: answerBy } = Promise.withResolvers<Listener>();
    const web = await listen(port, async (incoming, outgoing) => (await listener)(incoming, outgoing));
    closers.push(web.stop);
    const mail = await listen(mailPort, webListener({ routes: mailboxRoutes(mails, clock.now), log }));
    closers.push(mail.stop);

    const { promise: issuerListener, resolve: signInBy } = Promise.withResolvers<Listener>();
    const issuer = await listen(0, async (incoming, outgoing) => (await issuerListener)(incoming, outgoing));
    closers.push(issuer.stop);
    signInBy(
      localIssuer({ address: issuer.address, web: web.address, clientSecret: secrets.current(SECRET_IDS.client) }),
    );

    closers.push(queues.stop, schedules.stop);
    const invokes = invokesOf(functions, surroundingsOf(web.address, issuer.address, municipality), clock, elapsed);
    queues.start(consumersOf(invokes, faults));
    armDaily(schedules, clock.now());
    armMornings(schedules, clock.now());
    schedules.start();
    const moveClock = clockMover(clock, schedules, queues);
    const rotate = async (name: RotatedSecret): Promise<string> =>
      rotateSecret(SECRET_IDS[name], invokeOf(invokes, 'rotate-secrets'));
    answerBy(
      webListener({
        routes: [...webRoutes(invokes, clock), ...localRoutes({ clock, moveClock, mails, queues, faults, rotate })],
        tokens: callersOf(token, tokens),
        log,
      }),
    );

    const { replyDomain } = municipality;
    const smtp =
      replyDomain === undefined
        ? undefined
        : await openSmtpDoor(smtpPort, replyDomain, { queues, clock: clock.now, log });

    if (smtp) closers.push(smtp.stop);

    store.markUsed();
    const stop = async (): Promise<void> => {
      schedules.stop();
      // Together: a request to move the clock, which the web waits for, may itself wait for the queues.
      await Promise.all([web.stop(), issuer.stop(), mail.stop(), smtp?.stop(), queues.stop()]);
      await close();
    };
    return {
      web: web.address,
      mail: mail.address,
      ...(smtp && { smtp: smtp.address }),
      token,
      isNew: store.isNew,
      clock,
      moveClock,
      queues,
      mails,
      stop,
    };
  } catch (error) {
    await close();
    throw error;
  }
};

/** Whoever holds the local API's own token may do everything. */
const callersOf = (token: string, others: NonNullable<SystemOptions['tokens']>): Record<string, Caller> => ({
  ...Object.fromEntries(
    Object.entries(others).map(([other, roles]) => [other, { name: `local-${roles.join('-')}`, roles }]),
  ),
  [token]: { name: 'local', roles: PERSON_ROLES },
});

const names = Object.keys(wiring) as FunctionName[];

const invokesOf = (
  functions: SystemOptions['functions'],
  around: Surroundings,
  clock: LocalClock,
  elapsed: Elapsed,
): Map<FunctionName, Invoke> =>
  new Map(
    names.map((name) => {
      const handler = functions[name]({ env: environmentOf(name, around), clock: clock.now, elapsed: elapsed.now });
      return [name, withTimeLimit(handler, wiring[name].timeoutSeconds)];
    }),
  );

const invokeOf = (invokes: ReadonlyMap<FunctionName, Invoke>, name: FunctionName): Invoke => {
  const invoke = invokes.get(name);
  if (invoke === undefined) throw new Error(`${name} is not in the wiring`);
  return invoke;
};

const consumersOf = (invokes: ReadonlyMap<FunctionName, Invoke>, faults: Faults): Record<string, Consumer> =>
  Object.fromEntries(
    [...invokes].flatMap(([name, invoke]) => {
      const { queue } = wiring[name];
      return queue ? [[name, { ...queue, arn: queueArn(name), invoke: faultyDelivery(faults, name, invoke) }]] : [];
    }),
  );

const webRoutes = (invokes: ReadonlyMap<FunctionName, Invoke>, clock: LocalClock): WebRoute[] =>
  [...invokes].flatMap(([name, invoke]) => functionRoutes(wiring[name].routes ?? {}, invoke, clock.now));

const surroundingsOf = (publicUrl: string, issuer: string, municipality: MunicipalityFile): Surroundings => ({
  tableName: TABLE,
  indexName: INDEX,
  busName: BUS,
  secretIds: SECRET_IDS,
  // Partner systems are tried out on this machine.
  partnerReach: 'loopback',
  scheduleGroup: SCHEDULE_GROUP,
  scheduleRoleArn,
  queueArn,
  scheduleDlqArn: queueArn('schedule-dlq'),
  deadLetters: JSON.stringify(placesOf(queueNames, queuesOfRules)),
  login: { issuer, clientId: CLIENT_ID, kind: 'confidential' },
  mailFrom: municipality.mailFrom,
  configurationSet: CONFIGURATION_SET,
  publicUrl,
  // Here tokens and logins speak as the local system's own do.
  municipality: JSON.stringify({ ...municipality, claims: undefined }),
  messagesBucket: MESSAGES_BUCKET,
});
