import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { randomUUID } from 'node:crypto';
import type { Fact } from '../../events/catalogue.ts';
import type { Request } from '../../functions/shared/http.ts';

/** What a Lambda function is given: batches from a queue, and requests from the HTTP API. */

/** A batch of messages. Each is given as text, or as what its JSON says; its id is `m1`, `m2` … */
export const batch = (...bodies: readonly unknown[]): SQSEvent => ({
  Records: bodies.map((body, index) => ({
    messageId: `m${String(index + 1)}`,
    receiptHandle: 'receipt',
    body: typeof body === 'string' ? body : JSON.stringify(body),
    attributes: {
      ApproximateReceiveCount: '1',
      SentTimestamp: '0',
      SenderId: 'sender',
      ApproximateFirstReceiveTimestamp: '0',
    },
    messageAttributes: {},
    md5OfBody: '',
    eventSource: 'aws:sqs',
    eventSourceARN: 'arn:aws:sqs:eu-north-1:000000000000:queue',
    awsRegion: 'eu-north-1',
  })),
});

/** A fact in the envelope that a rule of the bus puts in a queue. */
export const onBus = (fact: Fact, source = 'frist.inbound'): object => envelope(source, fact.type, fact);

export const envelope = (source: string, detailType: string, detail: object): object => ({
  version: '0',
  id: randomUUID(),
  'detail-type': detailType,
  source,
  account: '000000000000',
  time: '2026-11-23T09:00:00Z',
  region: 'eu-north-1',
  resources: [],
  detail,
});

/** The ids of the messages that are to be delivered again. */
export const failedIn = ({ batchItemFailures }: SQSBatchResponse): string[] =>
  batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);

export interface Asked {
  readonly body?: string;
  readonly json?: unknown;
  readonly base64?: boolean;
  readonly headers?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly path?: Readonly<Record<string, string>>;
  /** The claims of the caller's token. */
  readonly claims?: Readonly<Record<string, string>>;
}

/** A caller who may do all that can be done by a token. */
const ALL_ROLES = { sub: 'caller', roles: '[officer manager administrator reader]' };

/** A request that the HTTP API found the route of. */
export const request = (
  routeKey: string,
  { body, json, base64 = false, headers = {}, query, path, claims = ALL_ROLES }: Asked = {},
): Request => {
  const text = json === undefined ? body : JSON.stringify(json);
  const [method = '', rawPath = ''] = routeKey.split(' ');
  // The type of an event without an authorizer is the one that handlers take.
  const made: Request & { readonly requestContext: object } = {
    version: '2.0',
    routeKey,
    rawPath,
    rawQueryString: '',
    headers: { host: 'frist.example', ...(json !== undefined && { 'content-type': 'application/json' }), ...headers },
    requestContext: {
      accountId: '000000000000',
      apiId: 'api',
      domainName: 'frist.example',
      domainPrefix: 'frist',
      http: { method, path: rawPath, protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: 'test' },
      requestId: 'request',
      routeKey,
      stage: '$default',
      time: '23/Nov/2026:09:00:00 +0000',
      timeEpoch: 0,
      ...(rawPath.startsWith('/api/') && {
        authorizer: { principalId: '', integrationLatency: 0, jwt: { claims, scopes: [] } },
      }),
    },
    isBase64Encoded: base64,
    ...(text !== undefined && { body: base64 ? Buffer.from(text).toString('base64') : text }),
    ...(query && { queryStringParameters: { ...query } }),
    ...(path && { pathParameters: { ...path } }),
  };
  return made;
};

/** What a form says, of a field that stands there more than once all that it says. */
export type Filled = Readonly<Record<string, string | readonly string[]>>;

/** A form as a browser sends it; the headers say from where. */
export const posted = (form: Filled, { headers, ...more }: Omit<Asked, 'body' | 'json'> = {}): Asked => ({
  ...more,
  body: new URLSearchParams(
    Object.entries(form).flatMap(([name, value]) => [value].flat().map((one): [string, string] => [name, one])),
  ).toString(),
  base64: true,
  headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
});

/** An answer's body read as JSON. */
export const jsonIn = ({ body }: { readonly body?: string | undefined }): unknown => JSON.parse(body ?? 'null');
