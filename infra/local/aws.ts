import type { IncomingMessage, ServerResponse } from 'node:http';
import { readBody } from './http.ts';
import { type Log, sayError } from './log.ts';
import type * as z from 'zod/mini';

/** A request as one of the three services sees it. */
export interface AwsRequest {
  readonly method: string;
  /** The path's segments, decoded. */
  readonly path: readonly string[];
  readonly query: URLSearchParams;
  /** The JSON body; `{}` when there is none. */
  readonly body: unknown;
}

/** Answers a request with the JSON to send back. @throws AwsError for what the service refuses */
export type AwsService = (request: AwsRequest) => object;

/** A refusal that the SDK's client turns into its class of that name, where it has one. */
export class AwsError extends Error {
  readonly type: string;
  readonly status: number;
  constructor(type: string, message: string, status = 400) {
    super(message);
    this.type = type;
    this.status = status;
  }
}

export interface AwsServices {
  readonly putEvents: AwsService;
  readonly scheduler: AwsService;
  readonly sendEmail: AwsService;
  readonly getSecretValue: AwsService;
  readonly putSecretValue: AwsService;
  readonly describeSecret: AwsService;
  readonly updateSecretVersionStage: AwsService;
  readonly getQueueAttributes: AwsService;
  readonly startMessageMoveTask: AwsService;
  readonly receiveMessage: AwsService;
  readonly sendMessage: AwsService;
  readonly deleteMessage: AwsService;
  readonly getMetricData: AwsService;
}

/** A request listener that speaks for EventBridge, Secrets Manager, SQS and CloudWatch (JSON), Scheduler and SESv2 (REST JSON) at one address, as far as they are given. */
export const awsListener =
  (services: Partial<AwsServices>, log: Log) =>
  async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    try {
      const body = await readBody(incoming, MAX_BYTES);
      if (body === undefined) throw new AwsError('RequestEntityTooLargeException', 'The request is too large', 413);
      answer(outgoing, 200, serviceOf(services, incoming)(requestOf(incoming, body)));
    } catch (error) {
      if (error instanceof AwsError) {
        outgoing.setHeader('x-amzn-errortype', error.type);
        answer(outgoing, error.status, { __type: error.type, message: error.message });
      } else {
        log('aws.failed', { error: sayError(error) });
        answer(outgoing, 500, { __type: 'InternalFailure', message: 'The local server failed' });
      }
    }
  };

/** The largest that SES takes. */
const MAX_BYTES = 40 * 1024 * 1024;

/** The JSON services' operations. */
const TARGETS: Readonly<Record<string, keyof AwsServices>> = {
  'AWSEvents.PutEvents': 'putEvents',
  'secretsmanager.GetSecretValue': 'getSecretValue',
  'secretsmanager.PutSecretValue': 'putSecretValue',
  'secretsmanager.DescribeSecret': 'describeSecret',
  'secretsmanager.UpdateSecretVersionStage': 'updateSecretVersionStage',
  'AmazonSQS.GetQueueAttributes': 'getQueueAttributes',
  'AmazonSQS.StartMessageMoveTask': 'startMessageMoveTask',
  'AmazonSQS.ReceiveMessage': 'receiveMessage',
  'AmazonSQS.SendMessage': 'sendMessage',
  'AmazonSQS.DeleteMessage': 'deleteMessage',
  'GraniteServiceVersion20100801.GetMetricData': 'getMetricData',
};

const serviceOf = (services: Partial<AwsServices>, incoming: IncomingMessage): AwsService => {
  const { headers, method = '', url = '' } = incoming;
  const target = headers['x-amz-target']?.toString();
  const name = target === undefined ? restService(method, url) : TARGETS[target];
  const service = name && services[name];
  if (service !== undefined) return service;
  throw new AwsError(
    'UnknownOperationException',
    `The local system does not know ${target ?? `${method} ${url}`}`,
    404,
  );
};

const restService = (method: string, url: string): keyof AwsServices | undefined => {
  if (/^\/schedules(?:[/?]|$)/.test(url)) return 'scheduler';
  return method === 'POST' && url === '/v2/email/outbound-emails' ? 'sendEmail' : undefined;
};

const requestOf = ({ method = '', url = '' }: IncomingMessage, body: Buffer): AwsRequest => {
  const { pathname, searchParams } = new URL(url, 'http://local');
  return {
    method,
    path: pathname.split('/').slice(1).map(decodeURIComponent),
    query: searchParams,
    body: body.length === 0 ? {} : parseJson(body),
  };
};

const parseJson = (body: Buffer): unknown => {
  try {
    return JSON.parse(body.toString());
  } catch {
    throw new AwsError('SerializationException', 'The body is not JSON');
  }
};

const answer = (outgoing: ServerResponse, status: number, body: object): void => {
  outgoing.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
};

/** Reads a request's body by a schema. @throws AwsError of the type given, naming the first member that is wrong */
export const read = <Body>(schema: z.ZodMiniType<Body>, body: unknown, errorType: string): Body => {
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  throw new AwsError(
    errorType,
    `1 validation error detected: Value at '${issue?.path.join('.') ?? ''}' failed to satisfy constraint: ${issue?.message ?? ''}`,
  );
};
