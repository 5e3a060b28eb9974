import { lookup } from 'node:dns/promises';
import { request as requestPlain } from 'node:http';
import { request as requestSecure } from 'node:https';
import { isIP } from 'node:net';
import { hostOf, isAllowed, objectionToUrl, type Reach } from './addresses.ts';
import type { Calls, Outcome } from './calls.ts';

export interface HttpCallsOptions {
  readonly reach: Reach;
  /** How long a call may take from looking up the name to the answer's headers. */
  readonly timeoutMs?: number;
  /** All addresses of a name. */
  readonly resolve?: (host: string) => Promise<readonly string[]>;
  /** Certificates to trust beside the usual ones, for tests. */
  readonly ca?: string;
}

/**
 * Calls over HTTP to addresses that others have given, without being led to where only Frist may go (server-side request
 * forgery): the name is looked up here, every address that it has must be allowed, and the call goes to the very address
 * that was checked, so that a name which changes its mind gains nothing. Redirects are answers like any other. Of the
 * answer, only the status is read.
 */
export const httpCalls = ({ reach, timeoutMs = 10_000, resolve = resolveAll, ca }: HttpCallsOptions): Calls => ({
  post: async (text, headers, body): Promise<Outcome> => {
    if (objectionToUrl(text, reach) !== undefined) return { failed: 'address' };
    const url = new URL(text);
    const signal = AbortSignal.timeout(timeoutMs);
    const host = hostOf(url);
    const addresses = await within(signal, isIP(host) === 0 ? resolve(host).catch(() => []) : Promise.resolve([host]));
    if (addresses === undefined) return { failed: 'timeout' };
    const [address] = addresses;
    if (address === undefined) return { failed: 'unresolved' };
    if (!addresses.every((one) => isAllowed(one, reach))) return { failed: 'address' };
    return send({ url, address, headers, body, signal, ca });
  },
});

const resolveAll = async (host: string): Promise<readonly string[]> =>
  (await lookup(host, { all: true })).map(({ address }) => address);

interface Sending {
  readonly url: URL;
  readonly address: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly signal: AbortSignal;
  readonly ca: string | undefined;
}

const send = async ({ url, address, headers, body, signal, ca }: Sending): Promise<Outcome> => {
  const { promise, resolve } = Promise.withResolvers<Outcome>();
  const host = hostOf(url);
  const isSecure = url.protocol === 'https:';
  const outgoing = (isSecure ? requestSecure : requestPlain)({
    // The address and not the name: nothing is looked up a second time.
    host: address,
    port: url.port === '' ? (isSecure ? 443 : 80) : Number(url.port),
    ...(isSecure && isIP(host) === 0 && { servername: host }),
    ...(ca !== undefined && { ca }),
    method: 'POST',
    path: `${url.pathname}${url.search}`,
    headers: { ...headers, host: url.host, 'content-length': Buffer.byteLength(body), connection: 'close' },
    maxHeaderSize: 16_384,
    agent: false,
    signal,
  });
  outgoing.once('response', (incoming) => {
    const status = incoming.statusCode ?? 0;
    const after = Number(incoming.headers['retry-after']);
    resolve({ status, ...(Number.isInteger(after) && after > 0 && { retryAfterSeconds: after }) });
    // Whatever else it says is not read.
    incoming.destroy();
  });
  outgoing.on('error', () => resolve({ failed: signal.aborted ? 'timeout' : 'unreachable' }));
  outgoing.end(body);
  return promise;
};

/** What comes of it before the signal; `undefined` when the signal came first. */
const within = async <T>(signal: AbortSignal, work: Promise<T>): Promise<T | undefined> => {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const abort = (): void => resolve(undefined);
  signal.addEventListener('abort', abort, { once: true });
  try {
    return await Promise.race([work, promise]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
};
