/** The thread that dynalite runs in: it tells the port that it listens at, and ends when it is told to. */

import dynalite from 'dynalite';
import type { AddressInfo } from 'node:net';
import { parentPort, workerData } from 'node:worker_threads';

const { path } = workerData as { readonly path?: string };
const server = dynalite({ createTableMs: 0, ...(path !== undefined && { path }) });
server.once('error', (error) => {
  throw error;
});
server.listen(0, '127.0.0.1', () => {
  server.keepAliveTimeout = 75_000;
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- threads have no origin
  parentPort?.postMessage((server.address() as AddressInfo).port);
});
parentPort?.once('message', () => {
  server.close(() => parentPort?.close());
});
