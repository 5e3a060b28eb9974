import { isUtf8 } from 'node:buffer';
import middy from '@middy/core';
import type { FactError } from '../../events/errors.ts';
import { traceOf } from './errors.ts';
import type { Log } from './log.ts';
import { NO_CONTEXT } from './queue.ts';
import type { Request, Response } from './request.ts';
import type { Handler } from './runtime.ts';
import { callerOf, STANDARD_CLAIMS, type ClaimRules } from './session/caller.ts';
import type { Person } from './session/session.ts';
import { mayUse } from './session/who-may.ts';

export type { Request, Response } from './request.ts';

/** The largest body a door takes: a fact is a few hundred bytes, a batch some hundred facts. */
export const MAX_BODY_BYTES = 1_000_000;

/**
 * A handler of web requests, by the route that API Gateway found. The API's routes are held to who may use them, by the
 * token's claims; pages ask who has signed in themselves. A {@link Problem} that is thrown becomes its answer; any other
 * error is logged by name and answered 500.
 *
 * @param claims which of the token's claims say what the caller may do
 */
export const httpHandler = (
  routes: Readonly<Record<string, (request: Request) => Promise<Response>>>,
  log: Log,
  claims: ClaimRules = STANDARD_CLAIMS,
): Handler<Request, Response> => {
  const handler = middy<Request, Response>(async (request: Request) => {
    const answer = routes[request.routeKey];
    if (answer === undefined) throw new Problem(404, 'There is nothing at this address');
    if (/ \/api\//u.test(request.routeKey)) refuseUnlessMay(request, callerOf(request, claims));
    return answer(request);
  }).use({
    onError: (failed) => {
      const { error } = failed;
      if (!(error instanceof Problem)) log('REQUEST_FAILED', { route: failed.event.routeKey, ...traceOf(error) });
      failed.response = (error instanceof Problem ? error : new Problem(500, 'The request failed here')).answer();
    },
  });
  return async (event, context) => handler(event, context ?? NO_CONTEXT);
};

/** @throws {Problem} 401 when nobody is known to call, 403 when the caller has none of the route's roles */
const refuseUnlessMay = ({ routeKey }: Request, caller: Person | undefined): void => {
  if (caller === undefined) throw new Problem(401, 'This needs a bearer token');
  if (!mayUse(routeKey, caller)) throw new Problem(403, 'Your role does not allow this');
};

/** Why a request is refused, as problem details (RFC 9457) with a pointer for each error. */
export class Problem extends Error {
  readonly status: number;
  readonly errors: readonly FactError[];
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    title: string,
    errors: readonly FactError[] = [],
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(title);
    this.status = status;
    this.errors = errors;
    this.headers = headers;
  }

  answer(): Response {
    const errors = this.errors.map(({ path, message }) => ({ pointer: `#${path}`, detail: message }));
    return {
      statusCode: this.status,
      headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store', ...this.headers },
      body: JSON.stringify({
        type: 'about:blank',
        title: this.message,
        status: this.status,
        ...(errors.length > 0 && { errors }),
      }),
    };
  }
}

export const json = (statusCode: number, body: object): Response => ({
  statusCode,
  headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
  body: JSON.stringify(body),
});

/** The body as text. @throws {Problem} 413 when it is too large, 400 when it is not in UTF-8 */
export const textOf = ({ body = '', isBase64Encoded }: Request): string => {
  const bytes = Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8');
  if (bytes.byteLength > MAX_BODY_BYTES)
    throw new Problem(413, `The body is larger than ${String(MAX_BODY_BYTES)} bytes`);
  if (!isUtf8(bytes)) throw new Problem(400, 'The body is not in UTF-8');
  return bytes.toString('utf8');
};

/**
 * The body as JSON of one of the media types given.
 *
 * @throws {Problem} 413 when it is too large, 415 when it is of another type, 400 when it is not JSON
 */
export const jsonOf = (request: Request, types: readonly string[]): unknown => {
  const text = textOf(request);
  requireType(request, types);
  return parseJson(text);
};

/** @throws {Problem} 415 when the body is of another media type, or not in UTF-8 */
export const requireType = (request: Request, types: readonly string[]): void => {
  const [type = '', ...parameters] = (request.headers['content-type'] ?? '').toLowerCase().split(';');
  const charset = parameters.map((part) => part.trim()).find((part) => part.startsWith('charset='));
  if (!types.includes(type.trim())) throw new Problem(415, `The body must be ${types.join(' or ')}`);
  if (charset !== undefined && !/^charset="?utf-8"?$/u.test(charset))
    throw new Problem(415, 'The body must be in UTF-8');
};

/** @throws {Problem} 400 when the text is not JSON */
export const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    throw new Problem(400, 'The body is not JSON');
  }
};

/** A parameter in the path, which the route always has. */
export const pathParameter = ({ pathParameters }: Request, name: string): string => pathParameters?.[name] ?? '';
