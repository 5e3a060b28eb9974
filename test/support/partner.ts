import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { Temporal } from 'temporal-polyfill';
import { onTestFinished } from 'vitest';
import type { Answered } from './visit.ts';

/** What came to a partner's address, as it came. */
export interface Delivery {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly event: {
    readonly id: string;
    readonly type: string;
    readonly subject: string;
    readonly sequence: number;
    readonly data: Readonly<Record<string, unknown>>;
  };
}

/** A partner system's address on this machine: it keeps what comes and answers as it is told to. */
export const openEndpoint = async () => {
  const came: Delivery[] = [];
  let answer: (delivery: Delivery) => { readonly status: number; readonly headers?: Record<string, string> } = () => ({
    status: 204,
  });
  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const body = Buffer.concat(chunks).toString('utf8');
      const headers = incoming.headers as Record<string, string>;
      const delivery = { headers, body, event: JSON.parse(body) as Delivery['event'] };
      came.push(delivery);
      const { status, headers: more = {} } = answer(delivery);
      outgoing.writeHead(status, more).end();
    });
  });
  const { promise: listening, resolve } = Promise.withResolvers<void>();
  server.listen(0, '127.0.0.1', resolve);
  await listening;
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/told?by=frist`,
    came,
    /** What came, a line each: `order.sent O-1`. */
    lines: (): string[] =>
      came.map(({ event }) =>
        [event.type.slice('se.frist.'.length, -'.v1'.length), event.data['order']].join(' ').trim(),
      ),
    answerWith: (status: number, headers: Record<string, string> = {}): void => {
      answer = () => ({ status, headers });
    },
    answerBy: (by: typeof answer): void => {
      answer = by;
    },
  };
};

export type Endpoint = Awaited<ReturnType<typeof openEndpoint>>;

/** The headers of a webhook, signed as the specification says. */
export const sign = (
  body: string,
  secret: string,
  { id, at }: { readonly id: string; readonly at: Temporal.Instant },
): Record<string, string> => ({
  'webhook-id': id,
  'webhook-timestamp': String(Math.floor(at.epochMilliseconds / 1000)),
  'webhook-signature': new Webhook(secret).sign(id, new Date(at.epochMilliseconds), body),
});

interface Asking {
  readonly ask: (method: string, path: string, init?: RequestInit) => Promise<Answered>;
  readonly ok: (method: string, path: string, body?: unknown) => Promise<unknown>;
}

let ids = 0;

/** A partner system at a running system: registered, with its secret, and able to speak. */
export const registerPartner = async (
  town: Asking,
  id: string,
  entry: { readonly providers: readonly string[]; readonly url?: string },
) => {
  const { secret } = (await town.ok('PUT', `/api/partners/${id}`, { name: id, ...entry })) as { secret: string };
  /** Sends a body as a webhook, now on the system's clock, with other headers where they are given. */
  const send = async (
    body: unknown,
    {
      webhookId,
      at,
      by = secret,
      to = id,
      type = 'application/cloudevents+json',
      headers = {},
    }: {
      readonly webhookId?: string;
      readonly at?: Temporal.Instant;
      readonly by?: string;
      readonly to?: string;
      readonly type?: string;
      readonly headers?: Readonly<Record<string, string>>;
    } = {},
  ): Promise<Answered> => {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const { now } = (await town.ok('GET', '/local/clock')) as { now: string };
    ids += 1;
    const signed = sign(text, by, { id: webhookId ?? `msg_${String(ids)}`, at: at ?? Temporal.Instant.from(now) });
    return town.ask('POST', `/webhooks/${to}`, {
      headers: { 'content-type': type, ...signed, ...headers },
      body: text,
    });
  };
  return { id, secret, send };
};
