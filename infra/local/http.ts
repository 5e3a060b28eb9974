import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Listener = (incoming: IncomingMessage, outgoing: ServerResponse) => Promise<void>;

export interface ListeningServer {
  /** `http://127.0.0.1:port`, without a slash at the end. */
  readonly address: string;
  /** Takes no new requests, lets those under way end (for at most 5 s) and closes every connection. */
  stop: () => Promise<void>;
}

/** A server on this machine alone. Port 0 picks a free one. @throws the system's error, such as EADDRINUSE */
export const listen = async (port: number, listener: Listener): Promise<ListeningServer> => {
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, (incoming, outgoing) => {
    listener(incoming, outgoing).catch(() => outgoing.destroy());
  });
  const { promise: listening, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', reject);
  server.listen(port, '127.0.0.1', resolve);
  await listening;
  return { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, stop: async () => stop(server) };
};

/** Longer than clients keep an idle connection, so that none is closed just as a client takes it up again. */
const KEEP_ALIVE_MS = 75_000;

const STOP_WITHIN_MS = 5000;

const stop = async (server: Server): Promise<void> => {
  if (!server.listening) return;
  const { promise: closed, resolve } = Promise.withResolvers<void>();
  server.close(() => resolve());
  const timer = setTimeout(() => server.closeAllConnections(), STOP_WITHIN_MS);
  await closed;
  clearTimeout(timer);
};

/**
 * Reads a body of at most `maxBytes`. Answers undefined for a larger one, and takes the rest of it off the wire unread so
 * that the connection can go on.
 */
export const readBody = async (incoming: IncomingMessage, maxBytes: number): Promise<Buffer | undefined> => {
  if (Number(incoming.headers['content-length'] ?? 0) > maxBytes) {
    incoming.resume();
    return undefined;
  }
  const chunks: Buffer[] = [];
  let bytes = 0;
  const { promise, resolve, reject } = Promise.withResolvers<Buffer | undefined>();
  incoming.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes <= maxBytes) chunks.push(chunk);
    else resolve(undefined);
  });
  incoming.on('end', () => resolve(Buffer.concat(chunks)));
  incoming.on('error', reject);
  incoming.on('close', () => reject(new Error('The request was broken off')));
  return promise;
};
