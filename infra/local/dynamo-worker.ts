/**
 * The thread that dynalite runs in: it tells the port that it listens at, and ends when it is told to. While faults stand for
 * DynamoDB, it asks of each request whether one strikes it.
 */

import dynalite from 'dynalite';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parentPort, workerData } from 'node:worker_threads';
import { type Fault, faulty } from './faults.ts';

/** What the thread is told: to stop, whether faults stand, and which one strikes the request that it asked of. */
export type Told =
  | 'stop'
  | { readonly standing: boolean }
  | { readonly asks: number; readonly fault: Fault | undefined };

/** What the thread asks: which fault strikes a request, by a number of its own. */
export interface Asked {
  readonly asks: number;
  readonly operation: string;
}

const { path } = workerData as { readonly path?: string };
const server = dynalite({ createTableMs: 0, ...(path !== undefined && { path }) });

const tell = (message: number | Asked): void => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- threads have no origin
  parentPort?.postMessage(message);
};

let standing = false;
let asked = 0;
const answers = new Map<number, (fault: Fault | undefined) => void>();

const strike = async (operation: string): Promise<Fault | undefined> => {
  if (!standing) return undefined;
  asked += 1;
  const { promise, resolve } = Promise.withResolvers<Fault | undefined>();
  answers.set(asked, resolve);
  tell({ asks: asked, operation });
  return promise;
};

const own = server.listeners('request') as RequestListener[];
server.removeAllListeners('request');
const listener = faulty({ strike: async (_, operation) => strike(operation) }, async (incoming, outgoing) => {
  for (const one of own) one(incoming, outgoing);
});
server.on('request', (incoming: IncomingMessage, outgoing: ServerResponse) => {
  listener(incoming, outgoing).catch(() => outgoing.destroy());
});

server.once('error', (error) => {
  throw error;
});
server.listen(0, '127.0.0.1', () => {
  server.keepAliveTimeout = 75_000;
  tell((server.address() as AddressInfo).port);
});

parentPort?.on('message', (told: Told) => {
  if (told === 'stop') server.close(() => parentPort?.close());
  else if ('standing' in told) ({ standing } = told);
  else {
    answers.get(told.asks)?.(told.fault);
    answers.delete(told.asks);
  }
});
