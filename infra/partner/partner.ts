import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';

/*
 * A small partner system, as a provider would have one: it knows Frist by docs/partners.md alone. What it is told comes in by
 * `POST /frist`, signed; it answers at once and acts afterwards. Every new order of its providers it confirms.
 */

export interface PartnerOptions {
  /** Where Frist is, without a slash at the end. */
  readonly frist: string;
  /** The partner's id at Frist, and the providers that it speaks for. */
  readonly id: string;
  readonly providers: readonly string[];
  /** 0 picks a free one, as Frist is told the address at each start. */
  readonly port: number;
  /** The municipality's token, to register by. In earnest the municipality registers the partner and hands over the secret. */
  readonly token: string;
}

/** What comes in: ids and times alone. */
interface Told {
  readonly id: string;
  readonly type: string;
  readonly subject: string;
  readonly data: { readonly order?: string };
}

export const readOptions = (env: Readonly<Record<string, string | undefined>>): PartnerOptions => ({
  frist: env['FRIST_URL'] ?? 'http://127.0.0.1:3000',
  id: env['PARTNER_ID'] ?? 'exempelsystem',
  providers: (env['PARTNER_PROVIDERS'] ?? 'omsorg-ab,hemvard-vast').split(','),
  port: Number(env['PARTNER_PORT'] ?? '0'),
  token: env['FRIST_TOKEN'] ?? 'local',
});

/**
 * Starts the partner system and registers it at Frist.
 *
 * @throws when Frist does not answer or refuses
 */
export const startPartner = async (
  options: PartnerOptions,
  say: (line: string) => void,
): Promise<{ readonly url: string; readonly stop: () => Promise<void> }> => {
  let signer: Webhook | undefined;
  /** A webhook may come twice; its id tells. */
  const seen = new Set<string>();
  const server = createServer((incoming, outgoing) => {
    void take(incoming).then((status) => outgoing.writeHead(status).end());
  });

  const take = async (incoming: IncomingMessage): Promise<number> => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString('utf8');
    let told: Told;
    try {
      told = signer?.verify(body, incoming.headers as Record<string, string>) as Told;
    } catch {
      return 401;
    }
    if (told === undefined) return 503;
    if (!seen.has(told.id)) {
      seen.add(told.id);
      void act(told).catch(() => say(`${told.subject}: Frist svarade inte`));
    }
    return 204;
  };

  const act = async ({ type, subject, data }: Told): Promise<void> => {
    say(`${subject}: ${type}`);
    if (type === 'se.frist.order.sent.v1' && data.order !== undefined) await confirm(subject, data.order);
  };

  /** Says to Frist that the order has come. */
  const confirm = async (subject: string, order: string): Promise<void> => {
    const body = JSON.stringify({
      specversion: '1.0',
      id: `bekraftad-${order}`,
      source: `/${options.id}`,
      type: 'se.frist.order.confirmed.v1',
      subject,
      time: new Date().toISOString(),
      data: { order, channel: 'webhook' },
    });
    const id = `msg_${crypto.randomUUID()}`;
    const now = new Date();
    const answer = await fetch(`${options.frist}/webhooks/${options.id}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/cloudevents+json',
        'webhook-id': id,
        'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
        'webhook-signature': signer?.sign(id, now, body) ?? '',
      },
      body,
    });
    say(`${subject}: bekräftade ${order}, Frist svarade ${String(answer.status)}`);
  };

  const { promise: listening, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', reject).listen(options.port, '127.0.0.1', resolve);
  await listening;
  const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/frist`;
  const stop = async (): Promise<void> => {
    const { promise: closed, resolve: close } = Promise.withResolvers<void>();
    server.close(() => close());
    server.closeAllConnections();
    await closed;
  };
  try {
    signer = new Webhook(await register(options, url));
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, stop };
};

/** Registers the partner as the municipality would; answers its secret. */
const register = async ({ frist, id, providers, token }: PartnerOptions, url: string): Promise<string> => {
  const answer = await fetch(`${frist}/api/partners/${id}?rotate=1`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'Exempelsystem', providers, url }),
  });
  if (!answer.ok)
    throw new Error(`Frist at ${frist} refused the partner: ${String(answer.status)} ${await answer.text()}`);
  return ((await answer.json()) as { secret: string }).secret;
};
