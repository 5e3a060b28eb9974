import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { isAllowed, objectionToUrl } from '../../functions/shared/calls/addresses.ts';
import { httpCalls } from '../../functions/shared/calls/http.ts';

describe('addresses that may be called', () => {
  test.each([
    ['127.0.0.1', '127.255.0.1', '0.0.0.0', '10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1'],
    ['169.254.169.254', '169.254.170.2', '100.64.0.1', '192.0.0.8', '192.0.2.1', '198.18.0.1', '198.51.100.7'],
    ['203.0.113.1', '224.0.0.1', '240.0.0.1', '255.255.255.255'],
    ['::', '::1', 'fe80::1', 'fc00::1', 'fd00:ec2::254', 'fec0::1', 'ff02::1', '2001:db8::1', '100::1'],
    ['::ffff:127.0.0.1', '::ffff:169.254.169.254', '::ffff:a00:1', '::ffff:0:127.0.0.1', '::127.0.0.1'],
    ['64:ff9b::7f00:1', '64:ff9b:1::a00:1', '2002:7f00:1::', '2001:0:4136:e378:8000:63bf:3fff:fdd2'],
    ['', 'localhost', '1.2.3.4.5', 'fe80::1%eth0', '127.1', '2130706433', '0x7f000001'],
  ])('none of these: %s %s %s', (...addresses) => {
    expect(addresses.filter((address) => isAllowed(address, 'public'))).toEqual([]);
  });

  test.each(['8.8.8.8', '193.10.1.1', '::ffff:8.8.8.8', '2a00:1450:400f:80d::200e'])('%s', (address) => {
    expect(isAllowed(address, 'public')).toBe(true);
  });

  test('this machine’s own on the local system alone, and no other of those', () => {
    expect(['127.0.0.1', '::1', '::ffff:127.0.0.1'].every((address) => isAllowed(address, 'loopback'))).toBe(true);
    expect(['10.0.0.1', '169.254.169.254', 'fe80::1'].some((address) => isAllowed(address, 'loopback'))).toBe(false);
  });

  test.each([
    'http://partner.example/',
    'ftp://partner.example/',
    'file:///etc/passwd',
    'https://user:secret@partner.example/',
    'https://partner.example/#part',
    'https://127.0.0.1/',
    'https://2130706433/',
    'https://0x7f.1/',
    'https://[::1]/',
    'https://[::ffff:10.0.0.1]/',
    'https://169.254.169.254/latest/meta-data',
    'https://localhost/',
    'https://db.internal/',
    'http://127.0.0.1:3000/',
    'partner.example',
  ])('%s is refused by its text', (url) => {
    expect(objectionToUrl(url, 'public')).toMatch(/^must/u);
  });

  test.each(['https://partner.example/frist?for=us', 'https://partner.example:8443/', 'https://8.8.8.8/'])(
    '%s is not',
    (url) => {
      expect(objectionToUrl(url, 'public')).toBeUndefined();
    },
  );

  test('the local system takes its own addresses besides, without TLS', () => {
    expect(objectionToUrl('http://127.0.0.1:3002/frist', 'loopback')).toBeUndefined();
    expect(objectionToUrl('http://partner.example/', 'loopback')).toMatch(/https/u);
    expect(objectionToUrl('http://10.0.0.1/', 'loopback')).toMatch(/https/u);
  });
});

const serve = async (listener: RequestListener): Promise<string> => {
  const server = createServer(listener);
  const { promise: listening, resolve } = Promise.withResolvers<void>();
  server.listen(0, '127.0.0.1', resolve);
  await listening;
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
};

describe('a call', () => {
  const calls = httpCalls({ reach: 'loopback', timeoutMs: 300 });

  test('posts the body with its headers, and answers the status', async () => {
    const came: unknown[] = [];
    const url = await serve((incoming, outgoing) => {
      let body = '';
      incoming.on('data', (chunk) => (body += String(chunk)));
      incoming.on('end', () => {
        came.push([incoming.method, incoming.url, incoming.headers['x-a'], body]);
        outgoing.writeHead(204).end();
      });
    });
    expect(await calls.post(`${url}/a/b?c=d`, { 'x-a': 'e' }, 'Å')).toEqual({ status: 204 });
    expect(came).toEqual([['POST', '/a/b?c=d', 'e', 'Å']]);
  });

  test('follows no redirect', async () => {
    let called = 0;
    const url = await serve((_, outgoing) => {
      called += 1;
      outgoing.writeHead(307, { location: '/other' }).end();
    });
    expect(await calls.post(url, {}, '')).toEqual({ status: 307 });
    expect(called).toBe(1);
  });

  test('says how long the other side asks to be left alone', async () => {
    const url = await serve((_, outgoing) => void outgoing.writeHead(503, { 'retry-after': '120' }).end());
    expect(await calls.post(url, {}, '')).toEqual({ status: 503, retryAfterSeconds: 120 });
    const odd = await serve((_, outgoing) => void outgoing.writeHead(503, { 'retry-after': 'Wed, 21 Oct' }).end());
    expect(await calls.post(odd, {}, '')).toEqual({ status: 503 });
  });

  test('does not wait for one that does not answer, nor read one that never ends', async () => {
    const silent = await serve(() => undefined);
    expect(await calls.post(silent, {}, '')).toEqual({ failed: 'timeout' });
    const endless = await serve((_, outgoing) => {
      outgoing.writeHead(200);
      const more = (): void => void (outgoing.destroyed || outgoing.write('x'.repeat(65_536), more));
      more();
    });
    expect(await calls.post(endless, {}, '')).toEqual({ status: 200 });
  });

  test('that reaches nobody says so', async () => {
    expect(await calls.post('http://127.0.0.1:1/', {}, '')).toEqual({ failed: 'unreachable' });
  });

  test('a name that leads inside is not called, whichever of its addresses does', async () => {
    for (const addresses of [['127.0.0.1'], ['8.8.8.8', '10.0.0.1'], ['::ffff:169.254.169.254'], ['fd00::1']]) {
      const rebinding = httpCalls({ reach: 'public', timeoutMs: 300, resolve: async () => addresses });
      expect(await rebinding.post('https://partner.example/', {}, '')).toEqual({ failed: 'address' });
    }
  });

  test('a name is asked once, and the call goes to the address that it had then', async () => {
    const url = await serve(
      (incoming, outgoing) => void outgoing.writeHead(incoming.headers.host === 'x' ? 500 : 200).end(),
    );
    let asked = 0;
    const resolve = async (): Promise<string[]> => {
      asked += 1;
      return asked === 1 ? ['127.0.0.1'] : ['10.0.0.1'];
    };
    // The name does not exist: nobody but `resolve` can have been asked.
    const pinned = httpCalls({ reach: 'loopback', timeoutMs: 300, resolve });
    const outcome = await pinned.post(url.replace('http://127.0.0.1', 'https://partner.invalid'), {}, '');
    expect([asked, outcome]).toEqual([1, { failed: 'unreachable' }]);
  });

  test('a name that nobody knows, or that takes too long, is said', async () => {
    const unknown = httpCalls({ reach: 'public', resolve: async () => Promise.reject(new Error('ENOTFOUND')) });
    expect(await unknown.post('https://partner.invalid/', {}, '')).toEqual({ failed: 'unresolved' });
    const slow = httpCalls({ reach: 'public', timeoutMs: 20, resolve: async () => new Promise(() => undefined) });
    expect(await slow.post('https://partner.invalid/', {}, '')).toEqual({ failed: 'timeout' });
  });

  test('nothing is called whose text is refused', async () => {
    expect(await httpCalls({ reach: 'public' }).post('http://127.0.0.1:1/', {}, '')).toEqual({ failed: 'address' });
  });
});
