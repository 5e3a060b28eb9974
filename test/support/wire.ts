/**
 * The calls that the functions make of AWS, as they go over the wire on the local system, and who made them.
 */

import { AsyncLocalStorage } from 'node:async_hooks';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { ClientRequest } from 'node:http';
import type { SystemOptions } from '../../infra/local/system.ts';
import { wiring, type FunctionName } from '../../infra/wiring.ts';

/** Who is at work in what runs now: what is asked of AWS is asked by them. */
const atWork = new AsyncLocalStorage<FunctionName>();

/**
 * Listens to what the functions ask of AWS, until {@link Wire.stop}.
 *
 * @param functions the functions as they are; {@link Wire.functions} are the same ones, told apart on the wire
 */
export const listenOnWire = (functions: SystemOptions['functions']): Wire => {
  const seen = new Map<FunctionName, Set<string>>();
  const note = (call: string | undefined): void => {
    const name = atWork.getStore();
    if (name === undefined || call === undefined) return;
    seen.set(name, (seen.get(name) ?? new Set()).add(call));
  };
  // A request has no body yet when it is made, and what a query is of stands there.
  const onRequest = (message: unknown): void => {
    const { request } = message as { readonly request: ClientRequest };
    const name = atWork.getStore();
    if (name === undefined) return;
    const end = request.end.bind(request) as (...said: unknown[]) => ClientRequest;
    const write = request.write.bind(request) as (...said: unknown[]) => boolean;
    let body = '';
    request.write = ((chunk: unknown, ...more: unknown[]) => {
      body += textOf(chunk);
      return write(chunk, ...more);
    }) as typeof request.write;
    request.end = ((chunk: unknown, ...more: unknown[]) => {
      atWork.run(name, () => note(callOf(request, body + textOf(chunk))));
      return end(chunk, ...more);
    }) as typeof request.end;
  };
  // S3 is asked by fetch.
  const onFetch = (message: unknown): void => {
    const { request } = message as { readonly request: { readonly method: string; readonly origin: unknown } };
    if (String(request.origin) === process.env['AWS_ENDPOINT_URL_S3'])
      note(`s3:${S3_CALLS[request.method] ?? request.method}`);
  };
  subscribe('http.client.request.created', onRequest);
  subscribe('undici:request:create', onFetch);

  const heard = Object.entries(functions).map(([name, create]) => [
    name,
    (runtime: Parameters<typeof create>[0]) => {
      const handle = atWork.run(name as FunctionName, () => create(runtime));
      return async (event: unknown) => atWork.run(name as FunctionName, async () => handle(event));
    },
  ]);
  return {
    functions: Object.fromEntries(heard) as SystemOptions['functions'],
    seen,
    stop: () => {
      unsubscribe('http.client.request.created', onRequest);
      unsubscribe('undici:request:create', onFetch);
    },
  };
};

export interface Wire {
  readonly functions: SystemOptions['functions'];
  /** What each function asked for: `dynamodb:Query`, `dynamodb:Query on an index`, `events:PutEvents` … */
  readonly seen: ReadonlyMap<FunctionName, ReadonlySet<string>>;
  readonly stop: () => void;
}

/** What the wiring lets a function ask, as it is seen on the wire. */
export const permitted = (name: FunctionName): string[] => {
  const { table = [], index, bus, mail, secrets, rotates, deadLetters, messages, schedules } = wiring[name].may;
  return [
    ...table.map((operation) => `dynamodb:${operation}`),
    ...(index ? ['dynamodb:Query on an index'] : []),
    ...(bus ? ['events:PutEvents'] : []),
    ...(mail ? ['ses:SendEmail'] : []),
    ...(secrets ? ['secretsmanager:GetSecretValue'] : []),
    ...(deadLetters
      ? [
          'cloudwatch:GetMetricData',
          ...['DeleteMessage', 'GetQueueAttributes', 'ReceiveMessage', 'SendMessage', 'StartMessageMoveTask'].map(
            (call) => `sqs:${call}`,
          ),
        ]
      : []),
    ...(rotates
      ? ['DescribeSecret', 'GetSecretValue', 'PutSecretValue', 'UpdateSecretVersionStage'].map(
          (operation) => `secretsmanager:${operation}`,
        )
      : []),
    ...(messages === 'keep' || messages === 'show' ? ['s3:GetObject'] : []),
    ...(messages === 'erase' ? ['s3:DeleteObject'] : []),
    ...(messages === 'keep' ? ['s3:PutObject'] : []),
    ...(schedules ? ['scheduler:CreateSchedule'] : []),
  ].toSorted();
};

/** What functions asked that the wiring does not let them: `send-mail dynamodb:DeleteItem`. */
export const beyondWiring = ({ seen }: Wire): string[] =>
  [...seen].flatMap(([name, calls]) => {
    const may = new Set(permitted(name));
    return [...calls].flatMap((call) => (may.has(call) ? [] : [`${name} ${call}`]));
  });

const textOf = (chunk: unknown): string =>
  typeof chunk === 'string' || chunk instanceof Uint8Array ? Buffer.from(chunk).toString() : '';

const S3_CALLS: Readonly<Record<string, string>> = { GET: 'GetObject', PUT: 'PutObject', DELETE: 'DeleteObject' };

/** The prefixes of IAM's actions, by what the services call themselves. */
const SERVICES: Readonly<Record<string, string>> = {
  DynamoDB_20120810: 'dynamodb',
  AWSEvents: 'events',
  secretsmanager: 'secretsmanager',
  AmazonSQS: 'sqs',
  GraniteServiceVersion20100801: 'cloudwatch',
};

const callOf = (request: ClientRequest, body: string): string | undefined => {
  const target = request.getHeader('x-amz-target');
  if (typeof target === 'string') {
    const [service = '', operation = ''] = target.split('.');
    const call = `${SERVICES[service] ?? service}:${operation}`;
    if (operation !== 'Query') return call;
    const { IndexName } = JSON.parse(body) as { readonly IndexName?: string };
    return IndexName === undefined ? call : `${call} on an index`;
  }
  if (request.path.startsWith('/schedules')) return 'scheduler:CreateSchedule';
  return request.path === '/v2/email/outbound-emails' ? 'ses:SendEmail' : undefined;
};
