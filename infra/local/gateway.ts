import { randomUUID } from 'node:crypto';
import type {
  APIGatewayProxyEventV2,
  APIGatewayProxyEventV2WithJWTAuthorizer,
  APIGatewayProxyStructuredResultV2,
} from 'aws-lambda';
import * as z from 'zod/mini';
import type { Clock } from '../../functions/shared/runtime.ts';
import type { Access } from '../wiring.ts';
import type { Answer } from './answer.ts';
import type { Invoke } from './invoke.ts';
import { ACCOUNT } from './names.ts';
import type { Caller, WebRequest, WebRoute } from './web-server.ts';

/** The routes of one function: requests become HTTP API events (payload 2.0), its results become answers. */
export const functionRoutes = (routes: Readonly<Record<string, Access>>, invoke: Invoke, clock: Clock): WebRoute[] =>
  Object.entries(routes).map(([key, access]) => ({
    key,
    access,
    answer: async (request) => {
      const event = eventOf(key, request, clock);
      return answerOf(await invoke(request.caller ? withCaller(event, request.caller) : event));
    },
  }));

const eventOf = (routeKey: string, request: WebRequest, clock: Clock): APIGatewayProxyEventV2 => {
  const { method, path, query, parameters, headers, sourceIp } = request;
  const { cookie, ...others } = headers;
  const host = headers.host ?? 'localhost';
  return {
    version: '2.0',
    routeKey,
    rawPath: path,
    rawQueryString: query,
    ...(cookie !== undefined && { cookies: cookie.split(/; */) }),
    headers: Object.fromEntries(
      Object.entries(others).map(([name, value]) => [name, Array.isArray(value) ? value.join(',') : value]),
    ),
    ...(query !== '' && { queryStringParameters: queryParameters(query) }),
    ...(Object.keys(parameters).length > 0 && { pathParameters: parameters }),
    requestContext: {
      accountId: ACCOUNT,
      apiId: 'local',
      domainName: host,
      domainPrefix: 'local',
      http: { method, path, protocol: 'HTTP/1.1', sourceIp, userAgent: headers['user-agent'] ?? '' },
      requestId: randomUUID(),
      routeKey,
      stage: '$default',
      time: clock().toString(),
      timeEpoch: clock().epochMilliseconds,
    },
    ...bodyOf(request),
  };
};

/** A name given more than once has its values joined by commas. */
const queryParameters = (query: string): Record<string, string> => {
  const parameters = new URLSearchParams(query);
  return Object.fromEntries([...parameters.keys()].map((name) => [name, parameters.getAll(name).join(',')]));
};

/** The content types whose bodies an HTTP API hands over as text. All others come as base64, form posts among them. */
const AS_TEXT = /^(?:text\/.*|application\/(?:json|xml|javascript))$/;

const bodyOf = ({ headers, body }: WebRequest): { body?: string; isBase64Encoded: boolean } => {
  if (body.length === 0) return { isBase64Encoded: false };
  const type = headers['content-type']?.split(';')[0]?.trim().toLowerCase() ?? '';
  return AS_TEXT.test(type)
    ? { body: body.toString(), isBase64Encoded: false }
    : { body: body.toString('base64'), isBase64Encoded: true };
};

/** What the JWT authorizer adds in the cloud, where a list among the claims comes as text in brackets. */
const withCaller = (
  event: APIGatewayProxyEventV2,
  { name, roles }: Caller,
): APIGatewayProxyEventV2WithJWTAuthorizer => ({
  ...event,
  requestContext: {
    ...event.requestContext,
    authorizer: {
      principalId: 'local',
      integrationLatency: 0,
      jwt: { claims: { sub: name, roles: `[${roles.join(' ')}]` }, scopes: [] },
    },
  },
});

const headerValue = z.union([z.string(), z.number(), z.boolean()]);

const result: z.ZodMiniType<APIGatewayProxyStructuredResultV2 & { statusCode: number }> = z.object({
  statusCode: z.int().check(z.gte(200), z.lte(599)),
  headers: z.exactOptional(z.record(z.string(), headerValue)),
  cookies: z.exactOptional(z.array(z.string())),
  body: z.exactOptional(z.string()),
  isBase64Encoded: z.exactOptional(z.boolean()),
});

/** @throws when the function answered something else than a structured result, as API Gateway does with a 500 */
const answerOf = (output: unknown): Answer => {
  const { statusCode, headers = {}, cookies = [], body = '', isBase64Encoded = false } = result.parse(output);
  return {
    status: statusCode,
    headers: {
      'content-type': 'text/plain; charset=utf-8',
      ...Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)])),
    },
    cookies,
    body: isBase64Encoded ? Buffer.from(body, 'base64') : body,
  };
};
