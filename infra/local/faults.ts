import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as after } from 'node:timers/promises';
import * as z from 'zod/mini';
import { wiring } from '../wiring.ts';
import type { Listener } from './http.ts';
import type { Invoke } from './invoke.ts';
import { randomFrom } from './random.ts';

/*
 * What to break next, for tests: `POST /local/faults` takes one fault or a list. A fault strikes the calls of a service, or of
 * one of its operations, so many times or with a probability by a seed.
 */

const SERVICES = ['dynamodb', 'events', 'scheduler', 'ses', 'sqs', 's3', 'secretsmanager', 'targets'] as const;
export type Service = (typeof SERVICES)[number];

const faultSchema = z
  .strictObject({
    service: z.enum(SERVICES),
    /**
     * `PutItem`, `PutEvents`, `CreateSchedule`, `SendEmail` …; of sqs and of targets the queue's function. All, when it is not
     * given. A fault of targets has a queue refuse what a rule or the scheduler brings, as if they had tried for a day.
     */
    operation: z.exactOptional(z.string().check(z.regex(/^[A-Za-z-]{1,64}$/u))),
    /**
     * `throttle`: refused for now. `error`: 500. `hang`: held back for `seconds`. `cut`: the connection is broken off.
     * `duplicate`: delivered twice (sqs).
     */
    kind: z.enum(['throttle', 'error', 'hang', 'cut', 'duplicate']),
    /** Before anything is done, or when all is done and the answer is lost. */
    when: z._default(z.enum(['before', 'after']), 'before'),
    /** So often; once, unless a probability is given. */
    times: z.exactOptional(z.int().check(z.minimum(1), z.maximum(1_000_000))),
    probability: z.exactOptional(z.number().check(z.gt(0), z.lte(1))),
    seed: z._default(z.int().check(z.minimum(0)), 1),
    seconds: z._default(z.number().check(z.gt(0), z.lte(60)), 5),
  })
  .check(
    z.refine(({ kind, service }) => kind !== 'duplicate' || service === 'sqs', {
      path: ['kind'],
      error: 'only sqs delivers twice',
    }),
    z.refine(({ kind, when }) => when === 'before' || kind === 'error' || kind === 'cut', {
      path: ['when'],
      error: 'only an error or a cut can come after',
    }),
    z.refine(({ kind, service }) => service !== 'targets' || kind === 'error', {
      path: ['kind'],
      error: 'a queue can refuse (error)',
    }),
    z.refine(({ kind, service }) => service !== 'sqs' || ['error', 'duplicate', 'hang'].includes(kind), {
      path: ['kind'],
      error: 'a delivery can fail (error), hang or come twice (duplicate)',
    }),
    z.refine(
      ({ service, operation }) =>
        (service !== 'sqs' && service !== 'targets') || operation === undefined || Object.hasOwn(wiring, operation),
      {
        path: ['operation'],
        error: 'must be the name of a function that has a queue',
      },
    ),
  );

const listSchema = z.array(faultSchema).check(z.minLength(1), z.maxLength(100));

export type Fault = z.output<typeof faultSchema>;

/** A fault as it stands: how often it has struck, and how often it still will, where that is known. */
export interface StandingFault extends Fault {
  readonly struck: number;
  readonly left?: number;
}

export interface Faults {
  /** @returns what is wrong with the request, if anything is */
  readonly add: (request: unknown) => {
    readonly errors: readonly { readonly path: string; readonly message: string }[];
  };
  readonly list: () => readonly StandingFault[];
  readonly clear: () => void;
  /** The fault that strikes a call, if one does. */
  readonly strike: (service: Service, operation: string) => Fault | undefined;
  /** Has something done each time that faults are added or cleared. */
  readonly onChange: (listener: () => void) => void;
}

/** What says which fault strikes a call, at once or after asking. */
export interface Striking {
  readonly strike: (service: Service, operation: string) => Fault | undefined | Promise<Fault | undefined>;
}

export const openFaults = (): Faults => {
  let standing: { fault: Fault; struck: number; random: () => number }[] = [];
  const listeners: (() => void)[] = [];
  const changed = (): void => {
    for (const listener of listeners) listener();
  };
  const leftOf = ({ fault, struck }: (typeof standing)[number]): number => {
    const most = fault.times ?? (fault.probability === undefined ? 1 : Infinity);
    return most - struck;
  };
  return {
    add: (request) => {
      const read = (Array.isArray(request) ? listSchema : faultSchema).safeParse(request);
      if (!read.success) return { errors: read.error.issues.map((issue) => placeOf(issue)) };
      for (const fault of [read.data].flat()) standing.push({ fault, struck: 0, random: randomFrom(fault.seed) });
      changed();
      return { errors: [] };
    },
    list: () =>
      standing.map((one) => ({
        ...one.fault,
        struck: one.struck,
        ...(leftOf(one) < Infinity && { left: leftOf(one) }),
      })),
    clear: () => {
      standing = [];
      changed();
    },
    onChange: (listener) => {
      listeners.push(listener);
    },
    strike: (service, operation) => {
      const found = standing.find(
        (one) =>
          one.fault.service === service &&
          (one.fault.operation ?? operation) === operation &&
          leftOf(one) > 0 &&
          one.random() < (one.fault.probability ?? 1),
      );
      if (found === undefined) return undefined;
      found.struck += 1;
      return found.fault;
    },
  };
};

const placeOf = (issue: z.core.$ZodIssue): { path: string; message: string } => ({
  path: `/${issue.path.join('/')}`,
  message: issue.code === 'unrecognized_keys' ? `${issue.keys.join(', ')} is not known` : issue.message,
});

/** A listener for AWS requests that meets the faults which stand; for those of S3, which their paths alone do not tell, it is said. */
export const faulty =
  (faults: Striking, listener: Listener, only?: 's3'): Listener =>
  async (incoming, outgoing) => {
    const called = only === 's3' ? (['s3', S3[incoming.method ?? ''] ?? ''] as const) : operationOf(incoming);
    const fault = called && (await faults.strike(...called));
    if (called === undefined || fault === undefined) {
      await listener(incoming, outgoing);
      return;
    }
    if (fault.kind === 'hang') await after(fault.seconds * 1000);
    else if (fault.when === 'before') {
      incoming.resume();
      if (fault.kind === 'cut') incoming.socket.destroy();
      else
        fail(
          outgoing,
          fault.kind === 'throttle' ? THROTTLED[called[0]] : 'InternalFailure',
          fault.kind === 'throttle' ? 400 : 500,
        );
      return;
    } else loseAnswer(outgoing, fault.kind === 'cut');
    await listener(incoming, outgoing);
  };

/** A function that its queue delivers to, as the faults have it. */
export const faultyDelivery =
  (faults: Faults, queue: string, invoke: Invoke): Invoke =>
  async (event) => {
    const fault = faults.strike('sqs', queue);
    if (fault?.kind === 'hang') await after(fault.seconds * 1000);
    if (fault?.kind === 'error' && fault.when === 'before') throw new Error('the delivery failed');
    const answer = await invoke(event);
    if (fault?.kind === 'duplicate') return invoke(event);
    if (fault?.kind === 'error') throw new Error('the answer was lost');
    return answer;
  };

/** What is called. Nothing for an operator's calls of SQS: there the faults are those of the deliveries. */
const operationOf = ({ headers, method = '', url = '' }: IncomingMessage): readonly [Service, string] | undefined => {
  const [target, operation] = headers['x-amz-target']?.toString().split('.') ?? [];
  if (target !== undefined && operation !== undefined) {
    const service = target.startsWith('DynamoDB') ? 'dynamodb' : TARGETS[target];
    return service && [service, operation];
  }
  if (url.startsWith('/schedules')) return ['scheduler', SCHEDULER[method] ?? method];
  return ['ses', 'SendEmail'];
};

const TARGETS: Readonly<Record<string, Service>> = { AWSEvents: 'events', secretsmanager: 'secretsmanager' };

const S3: Readonly<Record<string, string>> = {
  GET: 'GetObject',
  HEAD: 'HeadObject',
  PUT: 'PutObject',
  DELETE: 'DeleteObject',
};

const SCHEDULER: Readonly<Record<string, string>> = {
  POST: 'CreateSchedule',
  GET: 'GetSchedule',
  PUT: 'UpdateSchedule',
  DELETE: 'DeleteSchedule',
};

const THROTTLED: Readonly<Record<Service, string>> = {
  dynamodb: 'ProvisionedThroughputExceededException',
  events: 'ThrottlingException',
  scheduler: 'ThrottlingException',
  ses: 'TooManyRequestsException',
  sqs: 'ThrottlingException',
  targets: 'ThrottlingException',
  s3: 'SlowDown',
  secretsmanager: 'ThrottlingException',
};

const fail = (outgoing: ServerResponse, type: string, status: number): void => {
  outgoing.setHeader('x-amzn-errortype', type);
  outgoing.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' });
  outgoing.end(JSON.stringify({ __type: type, message: 'broken on purpose' }));
};

/** Has all be done and the answer not arrive. */
const loseAnswer = (outgoing: ServerResponse, cut: boolean): void => {
  const [writeHead, end] = [outgoing.writeHead.bind(outgoing), outgoing.end.bind(outgoing)];
  const lost = (): ServerResponse => {
    if (cut) return outgoing.destroy();
    for (const name of outgoing.getHeaderNames()) outgoing.removeHeader(name);
    writeHead(500, { 'content-type': 'application/x-amz-json-1.0' });
    return end(JSON.stringify({ __type: 'InternalFailure', message: 'broken on purpose' }));
  };
  Object.assign(outgoing, { writeHead: () => outgoing, write: () => true, end: lost });
};
