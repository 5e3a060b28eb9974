import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SchedulerClient } from '@aws-sdk/client-scheduler';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SESv2Client } from '@aws-sdk/client-sesv2';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, test, vi } from 'vitest';
import { bundle } from '../../infra/cloud/bundle.ts';
import { HOSTS, withPlainKeys } from '../../infra/cloud/lean-sdk.ts';
import {
  NODE_ENDPOINT_DISCOVERY_CONFIG_OPTIONS,
  resolveEndpointDiscoveryConfig,
} from '../../infra/cloud/stand-ins/endpoint-discovery.ts';
import { endpointsOf } from '../../infra/cloud/stand-ins/endpoints.ts';
import { EventStreamSerde, eventStreamSerdeProvider } from '../../infra/cloud/stand-ins/event-streams.ts';
import { type Create, startSystem } from '../../infra/local/system.ts';
import { type FunctionName, wiring } from '../../infra/wiring.ts';
import { HEMVARD, orderWire } from '../support/facts.ts';
import { linkIn, visit } from '../support/town.ts';

type Resolver = ReturnType<typeof endpointsOf>;

const clients = {
  dynamodb: DynamoDBClient,
  eventbridge: EventBridgeClient,
  scheduler: SchedulerClient,
  sesv2: SESv2Client,
  'secrets-manager': SecretsManagerClient,
};

describe('the endpoint that a bundle calls', () => {
  const standIn = (service: string) => endpointsOf(HOSTS[service] ?? '');
  const theirs = (service: keyof typeof clients) =>
    (new clients[service]({ region: 'eu-north-1' }) as unknown as { config: { endpointProvider: Resolver } }).config
      .endpointProvider;
  const services = Object.keys(clients) as (keyof typeof clients)[];

  it('is known for every service of a client in use', () => {
    expect(Object.keys(HOSTS).toSorted()).toEqual(services.toSorted());
  });

  it.each(services)("is the SDK's own for %s, in any commercial region or where the environment says", (service) => {
    for (const Region of ['eu-north-1', 'eu-west-1', 'eu-central-2', 'us-east-1', 'ap-southeast-5', 'il-central-1']) {
      const question = { Region, UseFIPS: false, UseDualStack: false };
      expect(standIn(service)(question).url.href).toBe(theirs(service)(question).url.href);
    }
    const Endpoint = 'http://127.0.0.1:4566';
    expect(standIn(service)({ Region: 'eu-north-1', Endpoint }).url.href).toBe(
      theirs(service)({ Region: 'eu-north-1', Endpoint, UseFIPS: false, UseDualStack: false }).url.href,
    );
  });

  it.each([
    { Region: 'cn-north-1' },
    { Region: 'us-gov-west-1' },
    { Region: 'us-iso-east-1' },
    { Region: 'eusc-de-east-1' },
    { Region: 'eu-north-1', UseFIPS: true },
    { Region: 'eu-north-1', UseDualStack: true },
    {},
  ])('is refused rather than guessed for %o', (question) => {
    expect(() => standIn('dynamodb')(question)).toThrow(/not in the bundle/u);
  });
});

describe('what is left out', () => {
  test('endpoint discovery is off, whatever the environment says', () => {
    expect(NODE_ENDPOINT_DISCOVERY_CONFIG_OPTIONS.environmentVariableSelector()).toBeUndefined();
    expect(NODE_ENDPOINT_DISCOVERY_CONFIG_OPTIONS.configFileSelector()).toBeUndefined();
    const config = { region: 'eu-north-1' };
    expect(resolveEndpointDiscoveryConfig(config)).toBe(config);
  });

  test('event streams say that they are', () => {
    expect(() => EventStreamSerde()).toThrow(/not in the bundle/u);
    expect(() => eventStreamSerdeProvider()).toThrow(/not in the bundle/u);
  });
});

describe('keys that the bundler can see through', () => {
  it('are the constants that they named, and nothing else is touched', () => {
    const source = [
      'const _e = "error";',
      'const _hE = "httpError";',
      'const other = "x";',
      'var A$ = [-3, n0, _E, { [_e]: _c, [_hE]: 400 }, [_e], { [other]: 1, [_unknown]: 2 }];',
    ].join('\n');
    expect(withPlainKeys(source).split('\n').at(-1)).toBe(
      'var A$ = [-3, n0, _E, { "error": _c, "httpError": 400 }, [_e], { [other]: 1, [_unknown]: 2 }];',
    );
  });
});

describe('the functions as they are deployed', () => {
  const out = mkdtempSync(join(tmpdir(), 'frist-lean-'));
  const names = Object.keys(wiring) as FunctionName[];
  beforeAll(async () => {
    await bundle(names, { root: process.cwd(), out });
  }, 240_000);
  afterAll(() => rmSync(out, { recursive: true }));

  it('carry an order to its provider and the answer back, through every service that they call', async () => {
    const entries = await Promise.all(
      names.map(async (name): Promise<[FunctionName, Create]> => {
        const url = pathToFileURL(join(out, name, 'index.mjs')).href;
        const { handler } = (await import(/* @vite-ignore */ url)) as { handler: ReturnType<Create> };
        // The system puts the environment back when it stops.
        return [name, ({ env }) => (Object.assign(process.env, env), handler)];
      }),
    );
    const system = await startSystem({
      functions: Object.fromEntries(entries) as Record<FunctionName, Create>,
      backOff: [50],
      log: () => undefined,
    });
    const printed = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    try {
      const visitor = visit(system.web, system.token);
      await visitor.introduce();
      const day = system.clock.now().toZonedDateTimeISO('Europe/Stockholm').toPlainDate().toString();
      const order = orderWire(system.clock.now().toString(), { period: { from: day } });
      // Twice, so that each store and service also says what it says of a thing that is there.
      for (const fact of [order, order]) {
        await visitor.ok('POST', '/api/facts', fact);
        await system.queues.idle();
      }
      const [letter] = await visitor.mails(HEMVARD.mail);
      const link = linkIn(letter ?? { text: '' });
      const page = await visitor.ask('GET', link);
      expect(page.text).toContain('Bekräfta mottagandet');
      const answered = await visitor.ask('POST', link, {
        headers: { 'content-type': 'application/x-www-form-urlencoded', origin: 'null' },
        body: new URLSearchParams({ start: day }).toString(),
      });
      expect(answered.status).toBe(303);
      await system.queues.idle();

      const story = await visitor.story();
      expect(story.toSorted()).toEqual([
        'mail.delivered provider',
        'mail.sent provider',
        'order.confirmed',
        'order.sent',
      ]);
      expect(await visitor.mails(HEMVARD.mail)).toHaveLength(1);
      expect(await visitor.ok('GET', '/api/deadlines?status=met')).toMatchObject({ deadlines: [{ rule: 'confirm' }] });
      expect(Object.values(system.queues.state()).flatMap(({ deadLetters }) => deadLetters)).toEqual([]);
    } finally {
      printed.mockRestore();
      await system.stop();
    }
  }, 180_000);
});
