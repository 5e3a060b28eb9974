import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import type { PersonRole } from '../../functions/shared/session/session.ts';
import type { Access } from '../wiring.ts';
import { type Answer, problem } from './answer.ts';
import { type Listener, readBody } from './http.ts';
import { type Log, sayError } from './log.ts';
import { findRoute } from './routes.ts';

/** A request to a route. */
export interface WebRequest {
  /** GET also for a HEAD, whose answer is sent without its body. */
  readonly method: string;
  /** As it was sent, still percent-encoded. */
  readonly path: string;
  readonly query: string;
  /** The parts of the path that the route names, decoded. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  readonly sourceIp: string;
  /** Who calls by a bearer token, on routes that take one. */
  readonly caller?: Caller;
}

/** Whose a bearer token is, and what it lets them do. */
export interface Caller {
  readonly name: string;
  readonly roles: readonly PersonRole[];
}

export interface WebRoute {
  /** Method and path, with parameters in braces: `GET /api/cases/{case}`. */
  readonly key: string;
  readonly access: Access;
  readonly answer: (request: WebRequest) => Promise<Answer>;
}

export interface WebServerOptions {
  readonly routes: readonly WebRoute[];
  /** Whose each bearer token is. Routes with access `token` ask for one; those with `person` take one. */
  readonly tokens?: Readonly<Record<string, Caller>>;
  readonly log: Log;
}

/** Answers requests by routes; what no route answers gets RFC 9457 problem details. */
export const webListener = (options: WebServerOptions): Listener => {
  const answer = answerer(options);
  return async (incoming, outgoing) => {
    const found = await answer(incoming);
    try {
      write(incoming, outgoing, found);
    } catch (error) {
      // A header that HTTP does not allow.
      options.log('web.answer.refused', { error: sayError(error) });
      write(incoming, outgoing, problem(500, 'Internal Server Error'));
    }
  };
};

/** A fact batch may be 1 MB; the handlers judge that, this only keeps the memory. */
const MAX_BODY_BYTES = 1024 * 1024 + 64 * 1024;

const answerer = ({ routes, tokens = {}, log }: WebServerOptions): ((incoming: IncomingMessage) => Promise<Answer>) => {
  const callerWith = callerFinder(tokens);
  return async (incoming) => {
    const method = incoming.method === 'HEAD' ? 'GET' : (incoming.method ?? '');
    const [path = '', query = ''] = splitOnce(incoming.url ?? '', '?');
    const found = findRoute(routes, method, path);
    if (found.kind === 'malformed')
      return problem(400, 'Bad Request', { detail: 'The path is not percent-encoded right.' });
    if (found.kind === 'none') return problem(404, 'Not Found');
    if (found.kind === 'other-methods') {
      return problem(405, 'Method Not Allowed', { headers: { allow: found.methods.join(', ') } });
    }
    const { route, parameters } = found;
    const caller = route.access === 'public' ? undefined : callerWith(incoming.headers.authorization);
    if (route.access === 'token' && caller === undefined) {
      return problem(401, 'Unauthorized', { headers: { 'www-authenticate': 'Bearer realm="frist"' } });
    }
    const body = await readBody(incoming, MAX_BODY_BYTES);
    if (!body) return problem(413, 'Content Too Large', { detail: 'A body may be 1 MB.' });
    try {
      return await route.answer({
        method,
        path,
        query,
        parameters,
        headers: incoming.headers,
        body,
        sourceIp: incoming.socket.remoteAddress ?? '',
        ...(caller && { caller }),
      });
    } catch (error) {
      // The route's key, not the path: a path may hold a token.
      log('web.failed', { route: route.key, error: sayError(error) });
      return problem(500, 'Internal Server Error');
    }
  };
};

const callerFinder = (
  tokens: Readonly<Record<string, Caller>>,
): ((authorization: string | undefined) => Caller | undefined) => {
  const known = Object.entries(tokens).map(([token, caller]) => ({ expected: digest(token), caller }));
  return (authorization = '') => {
    const given = /^bearer +(\S+)$/i.exec(authorization)?.[1];
    if (given === undefined) return undefined;
    const digested = digest(given);
    return known.find(({ expected }) => timingSafeEqual(digested, expected))?.caller;
  };
};

/** Of one length whatever the text, as the comparison in constant time asks for. */
const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

const splitOnce = (text: string, separator: string): string[] => {
  const index = text.indexOf(separator);
  return index < 0 ? [text] : [text.slice(0, index), text.slice(index + 1)];
};

const write = (
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  { status, headers, cookies, body = '' }: Answer,
): void => {
  // What is left of a body that was not read is taken off the wire, or the client might never see the answer.
  incoming.resume();
  outgoing.statusCode = status;
  for (const name of outgoing.getHeaderNames()) outgoing.removeHeader(name);
  for (const [name, value] of Object.entries(headers ?? {})) outgoing.setHeader(name, value);
  if (cookies && cookies.length > 0) outgoing.setHeader('set-cookie', [...cookies]);
  if (status !== 204 && status !== 304) outgoing.setHeader('content-length', Buffer.byteLength(body));
  outgoing.end(incoming.method === 'HEAD' ? undefined : body);
};
