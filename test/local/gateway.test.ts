import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { connect } from 'node:net';
import { once } from 'node:events';
import { describe, expect, onTestFinished, test } from 'vitest';
import { functionRoutes } from '../../infra/local/gateway.ts';
import { listen } from '../../infra/local/http.ts';
import type { Invoke } from '../../infra/local/invoke.ts';
import { webListener } from '../../infra/local/web-server.ts';
import { silent, START } from './harness.ts';

const ROUTES = {
  'POST /api/facts': 'token',
  'GET /api/cases/{case}': 'token',
  'GET /api/cases/latest': 'token',
  'GET /p/{token}': 'public',
  'POST /p/{token}': 'public',
} as const;

/** A web server whose one function is the one given. */
const serve = async (invoke: Invoke, log = silent as (code: string, details?: object) => void): Promise<string> => {
  const routes = functionRoutes(ROUTES, invoke, () => START);
  const server = await listen(
    0,
    webListener({ routes, tokens: { secret: { name: 'local', roles: ['officer', 'reader'] } }, log }),
  );
  onTestFinished(server.stop);
  return server.address;
};

const answer200: Invoke = async () => ({ statusCode: 200 });

/** Answers with the event that it was given. */
const echo: Invoke = async (event) => ({ statusCode: 200, body: JSON.stringify(event) });

const eventFrom = async (response: Response): Promise<APIGatewayProxyEventV2> =>
  (await response.json()) as APIGatewayProxyEventV2;

const withToken = { authorization: 'Bearer secret' };

describe('a function is given', () => {
  test('an HTTP API event', async () => {
    const web = await serve(echo);
    const response = await fetch(`${web}/api/cases/2026%2F0417?at=2026-12-21T08%3A00Z&a=1&a=2`, {
      headers: { ...withToken, cookie: 'one=1; two=2', 'X-Thing': 'A' },
    });
    expect(await eventFrom(response)).toMatchObject({
      version: '2.0',
      routeKey: 'GET /api/cases/{case}',
      rawPath: '/api/cases/2026%2F0417',
      rawQueryString: 'at=2026-12-21T08%3A00Z&a=1&a=2',
      queryStringParameters: { at: '2026-12-21T08:00Z', a: '1,2' },
      pathParameters: { case: '2026/0417' },
      cookies: ['one=1', 'two=2'],
      headers: { 'x-thing': 'A', host: new URL(web).host },
      requestContext: {
        routeKey: 'GET /api/cases/{case}',
        http: { method: 'GET', path: '/api/cases/2026%2F0417', sourceIp: '127.0.0.1', userAgent: expect.any(String) },
        authorizer: { jwt: { claims: { sub: 'local', roles: '[officer reader]' } } },
        timeEpoch: START.epochMilliseconds,
      },
      isBase64Encoded: false,
    });
  });

  test('no parameters where there are none, and no caller where anybody may call', async () => {
    const web = await serve(echo);
    const event = await eventFrom(await fetch(`${web}/api/cases/latest`, { headers: withToken }));
    expect(event.routeKey).toBe('GET /api/cases/latest');
    expect(event).not.toHaveProperty('pathParameters');
    expect(event).not.toHaveProperty('queryStringParameters');
    expect(event).not.toHaveProperty('cookies');
    expect(event).not.toHaveProperty('body');
    const open = await eventFrom(await fetch(`${web}/p/abc`));
    expect(open.requestContext).not.toHaveProperty('authorizer');
  });

  test.each([
    ['application/json; charset=utf-8', '{"å":1}', false],
    ['text/plain', 'å', false],
    ['application/x-www-form-urlencoded', 'a=1&b=%C3%A5', true],
    ['application/cloudevents+json', '{"å":1}', true],
  ])('a body of %s as an HTTP API hands it over', async (type, body, isBase64Encoded) => {
    const web = await serve(echo);
    const event = await eventFrom(
      await fetch(`${web}/p/abc`, { method: 'POST', body, headers: { 'content-type': type } }),
    );
    expect(event).toMatchObject({
      isBase64Encoded,
      body: isBase64Encoded ? Buffer.from(body).toString('base64') : body,
    });
  });
});

describe('the answer', () => {
  test('is what the function said', async () => {
    const web = await serve(async () => ({
      statusCode: 303,
      headers: { Location: '/p/abc', 'X-Count': 3 },
      cookies: ['a=1', 'b=2'],
      body: Buffer.from('gå').toString('base64'),
      isBase64Encoded: true,
    }));
    const response = await fetch(`${web}/p/abc`, { method: 'POST', redirect: 'manual' });
    expect(response.status).toBe(303);
    expect(response.headers.get('location')).toBe('/p/abc');
    expect(response.headers.get('x-count')).toBe('3');
    expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
    expect(await response.text()).toBe('gå');
  });

  test('to HEAD is that to GET without its body', async () => {
    const web = await serve(async (event) => ({
      statusCode: 200,
      headers: { 'content-type': 'text/html' },
      body: (event as APIGatewayProxyEventV2).requestContext.http.method,
    }));
    const response = await fetch(`${web}/p/abc`, { method: 'HEAD' });
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/html');
    expect(response.headers.get('content-length')).toBe('3');
    expect(await response.text()).toBe('');
  });

  test.each<[string, Invoke]>([
    ['throws', async () => Promise.reject(new Error('boom'))],
    ['answers no result', async () => 'hello'],
    ['answers a header that HTTP does not allow', async () => ({ statusCode: 200, headers: { 'x-a': 'a\nb' } })],
  ])('is a problem when the function %s, and the server goes on', async (_, misbehave) => {
    const logged: unknown[] = [];
    const web = await serve(misbehave, (code, details) => logged.push({ code, ...details }));
    for (const path of ['/p/secret-link', '/p/secret-link']) {
      const response = await fetch(web + path);
      expect(response.status).toBe(500);
      expect(response.headers.get('content-type')).toBe('application/problem+json');
      expect(await response.json()).toMatchObject({ status: 500, title: 'Internal Server Error' });
    }
    expect(logged).toHaveLength(2);
    expect(JSON.stringify(logged)).not.toContain('secret-link');
  });
});

describe('refused with problem details', () => {
  test.each(['/', '/api', '/api/facts/', '/api/cases/', '/p/a/b', '//p/a'])('404 %s', async (path) => {
    const web = await serve(answer200);
    const response = await fetch(web + path, { headers: withToken });
    expect(response.status).toBe(404);
    expect(await problemOf(response)).toEqual({ type: 'about:blank', title: 'Not Found', status: 404 });
  });

  test('405, naming the methods that there are', async () => {
    const web = await serve(answer200);
    const response = await fetch(`${web}/p/abc`, { method: 'DELETE' });
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('GET, HEAD, POST');
    expect(await problemOf(response)).toMatchObject({ status: 405 });
  });

  test.each([undefined, 'secret', 'Bearer', 'Bearer other', 'Basic secret', 'Bearer secret2', 'Bearer secret x'])(
    '401 for %s',
    async (authorization) => {
      const web = await serve(answer200);
      const response = await fetch(`${web}/api/cases/1`, { headers: authorization ? { authorization } : {} });
      expect(response.status).toBe(401);
      expect(response.headers.get('www-authenticate')).toBe('Bearer realm="frist"');
      expect(await problemOf(response)).toMatchObject({ status: 401 });
    },
  );

  test('400 for a path that is not percent-encoded right', async () => {
    const web = await serve(answer200);
    expect((await fetch(`${web}/p/%E5`)).status).toBe(400);
  });

  test('413 for a body of more than about 1 MB, and the connection goes on', async () => {
    const web = await serve(answer200);
    const size = 3 * 1024 * 1024;
    const { port } = new URL(web);
    const socket = connect(Number(port), '127.0.0.1');
    onTestFinished(() => void socket.destroy());
    let received = '';
    socket.on('data', (chunk) => (received += chunk.toString()));
    socket.write(`POST /p/a HTTP/1.1\r\nHost: x\r\nContent-Length: ${size}\r\n\r\n`);
    socket.write('x'.repeat(size));
    socket.end('POST /p/a HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\nx');
    await once(socket, 'close');
    expect(received.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 413', 'HTTP/1.1 200']);
  });

  test('413 also where the size was not told, and not for 1 MB', async () => {
    const web = await serve(answer200);
    const post = async (megabytes: number): Promise<number> => {
      const body = new Blob(['x'.repeat(megabytes * 1024 * 1024)]).stream();
      return (await fetch(`${web}/p/a`, { method: 'POST', body, duplex: 'half' })).status;
    };
    expect(await post(2)).toBe(413);
    expect(await post(1)).toBe(200);
  });
});

const problemOf = async (response: Response): Promise<unknown> => {
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  return response.json();
};
