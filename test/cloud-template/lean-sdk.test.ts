import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SchedulerClient } from '@aws-sdk/client-scheduler';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SESv2Client } from '@aws-sdk/client-sesv2';
import { parseEpochTimestamp as theirEpochTimestamp } from '@smithy/core/serde';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it, test, vi } from 'vitest';
import { bundle } from '../../infra/cloud/bundle.ts';
import { HOSTS, leanSdk, withoutErrorTypes, withPlainKeys } from '../../infra/cloud/lean-sdk.ts';
import {
  NODE_ENDPOINT_DISCOVERY_CONFIG_OPTIONS,
  resolveEndpointDiscoveryConfig,
} from '../../infra/cloud/stand-ins/endpoint-discovery.ts';
import { dateToUtcString, parseEpochTimestamp } from '../../infra/cloud/stand-ins/dates.ts';
import { endpointsOf } from '../../infra/cloud/stand-ins/endpoints.ts';
import { EventStreamSerde, eventStreamSerdeProvider } from '../../infra/cloud/stand-ins/event-streams.ts';
import { resolveRuntimeExtensions } from '../../infra/cloud/stand-ins/extensions.ts';
import { getHttpOperationBindings, HttpBindingNormalizedSchema } from '../../infra/cloud/stand-ins/hosts.ts';
import {
  AdaptiveRetryStrategy,
  AwsSdkSigV4ASigner,
  HeaderFormatter,
  paginateScan,
  resolveDefaultsModeConfig,
  resolveParamsForS3,
  Sha256Js,
} from '../../infra/cloud/stand-ins/unused.ts';
import { type Create, startSystem } from '../../infra/local/system.ts';
import { type FunctionName, wiring } from '../../infra/wiring.ts';
import { HEMVARD, orderWire } from '../support/facts.ts';
import { asForm, openBrowser } from '../support/sign-in.ts';
import { linkIn, statementIn, visit } from '../support/visit.ts';

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

const sdks: Readonly<Record<string, () => Promise<object>>> = {
  DynamoDB: async () => import('@aws-sdk/client-dynamodb'),
  EventBridge: async () => import('@aws-sdk/client-eventbridge'),
  Scheduler: async () => import('@aws-sdk/client-scheduler'),
  SES: async () => import('@aws-sdk/client-sesv2'),
  'Secrets Manager': async () => import('@aws-sdk/client-secrets-manager'),
  SQS: async () => import('@aws-sdk/client-sqs'),
  CloudWatch: async () => import('@aws-sdk/client-cloudwatch'),
};

describe('what is left out', () => {
  test('endpoint discovery is off, whatever the environment says', () => {
    expect(NODE_ENDPOINT_DISCOVERY_CONFIG_OPTIONS.environmentVariableSelector()).toBeUndefined();
    expect(NODE_ENDPOINT_DISCOVERY_CONFIG_OPTIONS.configFileSelector()).toBeUndefined();
    const config = { region: 'eu-north-1' };
    expect(resolveEndpointDiscoveryConfig(config)).toBe(config);
  });

  test('what is never reached says so', () => {
    expect(() => Sha256Js()).toThrow(/not in the bundle/u);
    expect(() => AdaptiveRetryStrategy()).toThrow(/not in the bundle/u);
    expect(() => new HeaderFormatter().format()).toThrow(/not in the bundle/u);
    expect(() => dateToUtcString()).toThrow(/not in the bundle/u);
    expect(() => new AwsSdkSigV4ASigner().sign()).toThrow(/not in the bundle/u);
    expect(() => resolveParamsForS3()).toThrow(/not in the bundle/u);
    expect(() => paginateScan()).toThrow(/not in the bundle/u);
    expect(() => resolveRuntimeExtensions({}, [{}])).toThrow(/not in the bundle/u);
  });

  test('a client without extensions is as it was, and in the mode of defaults that it would be in', async () => {
    const config = { region: 'eu-north-1' };
    expect(resolveRuntimeExtensions(config, [])).toBe(config);
    const theirs = new DynamoDBClient({ region: 'eu-north-1' }).config as unknown as {
      readonly defaultsMode: () => Promise<string>;
      readonly extensions: readonly unknown[];
    };
    expect(theirs.extensions).toEqual([]);
    expect(await resolveDefaultsModeConfig()()).toBe(await theirs.defaultsMode());
  });

  test.each(Object.keys(sdks))('no operation of %s has a host of its own', async (name) => {
    const exported = Object.values((await sdks[name]?.()) ?? {});
    // The schema of an operation: its kind, namespace, name, traits, what goes in and what comes out.
    const operations = exported.filter((one): one is readonly unknown[] => Array.isArray(one) && one[0] === 9);
    expect(operations.length).toBeGreaterThan(5);
    for (const [, , , traits] of operations) expect(getHttpOperationBindings({ traits })).toEqual([]);
  });

  test('one that had would be refused', () => {
    expect(() => getHttpOperationBindings({ traits: { endpoint: ['data.'] } })).toThrow(/not in the bundle/u);
    expect(() => HttpBindingNormalizedSchema.of()).toThrow(/not in the bundle/u);
  });

  test.each([0, 1.5, 1_763_800_000.123])('a time of %d seconds is the one that the SDK reads', (seconds) => {
    expect(parseEpochTimestamp(seconds)).toEqual(theirEpochTimestamp(seconds));
  });

  test('event streams say that they are', () => {
    expect(() => EventStreamSerde()).toThrow(/not in the bundle/u);
    expect(() => eventStreamSerdeProvider()).toThrow(/not in the bundle/u);
  });
});

describe('types of errors', () => {
  it('are not registered, but for those that the SDK retries by their type', () => {
    const source = [
      '_s_registry.registerError(AServiceException$, AServiceException);',
      'n0_registry.registerError(GoneException$, GoneException);',
      'n0_registry.registerError(AgainException$, AgainException);',
    ].join('\n');
    expect(
      withoutErrorTypes(source, new Set(['AgainException']))
        .split('\n')
        .filter(Boolean),
    ).toEqual([
      '_s_registry.registerError(AServiceException$, AServiceException);',
      'n0_registry.registerError(AgainException$, AgainException);',
    ]);
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

/** What a client asked over the wire, without what is another each time. */
interface Asked {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: object;
  /** The service and the algorithm of its signature, and which headers it is of. */
  readonly signature: string;
  readonly body: string;
}

interface Answer {
  readonly status: number;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What became of a call: its answer, or the error that it threw. */
interface Ended {
  readonly answer?: unknown;
  readonly error?: {
    readonly name: string;
    readonly message: string;
    readonly status: unknown;
    readonly fault: unknown;
  };
}

describe('a client in a bundle', () => {
  const out = mkdtempSync(join(tmpdir(), 'frist-client-'));
  afterAll(() => rmSync(out, { recursive: true }));

  /** Calls that Frist makes, one of each client. */
  const source = `
    import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
    import { DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
    import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
    import { CreateScheduleCommand, SchedulerClient } from '@aws-sdk/client-scheduler';
    import { SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
    import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
    import { SQSClient, StartMessageMoveTaskCommand } from '@aws-sdk/client-sqs';
    import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
    const asked = { Region: 'eu-north-1', UseFIPS: false, UseDualStack: false };
    export const addresses = () => [SQSClient, CloudWatchClient].map((Client) => new Client({ region: 'eu-north-1' }).config.endpointProvider(asked).url.href);
    const Item = { pk: 'å', sk: '1', list: [1, true, null, { deep: 'ö' }], set: new Set(['a']), gone: undefined };
    const table = (client) => DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
    export const calls = {
      dynamodb: async (o) => table(new DynamoDBClient(o)).send(new PutCommand({ TableName: 't', Item, ConditionExpression: 'attribute_not_exists(pk)' })),
      reading: async (o) => table(new DynamoDBClient(o)).send(new GetCommand({ TableName: 't', Key: { pk: 'å', sk: '1' } })),
      eventbridge: async (o) => new EventBridgeClient(o).send(new PutEventsCommand({ Entries: [{ Source: 's', DetailType: 'd', Detail: '{}', Resources: ['m'] }] })),
      scheduler: async (o) => new SchedulerClient(o).send(new CreateScheduleCommand({ Name: 'n', GroupName: 'g', ScheduleExpression: 'at(2026-11-23T10:00:00)', FlexibleTimeWindow: { Mode: 'OFF' }, ClientToken: 'c', Target: { Arn: 'a', RoleArn: 'r', Input: '{}' } })),
      sesv2: async (o) => new SESv2Client(o).send(new SendEmailCommand({ FromEmailAddress: 'a@b.example', Destination: { ToAddresses: ['c@d.example'] }, Content: { Simple: { Subject: { Data: 'å' }, Body: { Text: { Data: 'ö' } } } } })),
      secrets: async (o) => new SecretsManagerClient(o).send(new GetSecretValueCommand({ SecretId: 's' })),
      sqs: async (o) => new SQSClient(o).send(new StartMessageMoveTaskCommand({ SourceArn: 'arn:aws:sqs:eu-north-1:000000000000:q' })),
    };`;

  type Calls = Readonly<Record<string, (options: object) => Promise<{ readonly $metadata: object }>>>;
  const made: { bundled: Calls; theirs: Calls } = { bundled: {}, theirs: {} };
  const addresses: string[][] = [];
  beforeAll(async () => {
    for (const [kind, plugins] of [
      ['bundled', [leanSdk]],
      ['theirs', []],
    ] as const) {
      const path = join(out, `${kind}.mjs`);
      await build({
        stdin: { contents: source, resolveDir: process.cwd() },
        outfile: path,
        bundle: true,
        platform: 'node',
        format: 'esm',
        mainFields: ['module', 'main'],
        plugins: [...plugins],
        // What the whole of the SDK asks for at run time.
        banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
      });
      const built = (await import(/* @vite-ignore */ pathToFileURL(path).href)) as {
        calls: Calls;
        addresses: () => string[];
      };
      made[kind] = built.calls;
      addresses.push(built.addresses());
    }
  }, 60_000);

  test('of a service whose rules for endpoints stay still goes by them', () => {
    expect(addresses[0]).toEqual(addresses[1]);
    expect(addresses[0]).toEqual([
      'https://sqs.eu-north-1.amazonaws.com/',
      'https://monitoring.eu-north-1.amazonaws.com/',
    ]);
  });

  const listening = async (answers: readonly Answer[], asked: Asked[]) => {
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const { authorization = '', 'x-amz-target': target, 'content-type': type } = request.headers;
        const scope = /Credential=id\/\d+\/(?<scope>\S+), SignedHeaders=(?<headers>\S+),/u.exec(authorization);
        asked.push({
          method: request.method,
          url: request.url,
          headers: { target, type, token: request.headers['x-amz-security-token'] },
          signature: [authorization.split(' ')[0], scope?.groups?.['scope'], scope?.groups?.['headers']].join(' '),
          body: Buffer.concat(chunks).toString(),
        });
        const { status, body, headers } = answers[asked.length - 1] ?? answers.at(-1) ?? { status: 500, body: '' };
        response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0', ...headers }).end(body);
      });
    });
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    return server;
  };

  const lived = async (kind: 'bundled' | 'theirs', call: string, answers: readonly Answer[]) => {
    const asked: Asked[] = [];
    const server = await listening(answers, asked);
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'id');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'key');
    vi.stubEnv('AWS_SESSION_TOKEN', 'session');
    vi.stubEnv('AWS_REGION', 'eu-north-1');
    vi.stubEnv('AWS_ENDPOINT_URL', `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`);
    try {
      const ended: Ended = await (made[kind][call]?.({}) ?? Promise.reject(new Error(`there is no ${call}`))).then(
        (answer) => ({ answer: { ...answer, $metadata: undefined } }),
        (error: Error & { $metadata?: { httpStatusCode?: number }; $fault?: string }) => ({
          error: {
            name: error.name,
            message: error.message,
            status: error.$metadata?.httpStatusCode,
            fault: error.$fault,
          },
        }),
      );
      return { asked, ended };
    } finally {
      vi.unstubAllEnvs();
      server.closeAllConnections();
      server.close();
    }
  };

  const problem = (status: number, name: string, more: object = {}, headers?: Record<string, string>): Answer => ({
    status,
    body: JSON.stringify({ __type: `com.amazonaws.service#${name}`, message: `it was ${name}`, ...more }),
    headers: { 'x-amzn-errortype': name, ...headers },
  });
  const done: Answer = { status: 200, body: '{}' };

  it.each([
    ['dynamodb', 'taken', [done], 1],
    [
      'reading',
      'taken',
      [{ status: 200, body: '{"Item":{"pk":{"S":"å"},"n":{"N":"1.5"},"l":{"L":[{"BOOL":true}]}}}' }],
      1,
    ],
    ['dynamodb', 'a condition that is not met', [problem(400, 'ConditionalCheckFailedException')], 1],
    [
      'dynamodb',
      'throttled',
      [problem(400, 'ProvisionedThroughputExceededException'), problem(400, 'ThrottlingException'), done],
      3,
    ],
    ['dynamodb', 'throttled for too long', [problem(400, 'ThrottlingException')], 4],
    ['dynamodb', 'failing for a moment', [problem(500, 'InternalServerError'), done], 2],
    ['dynamodb', 'asked what it does not know', [problem(400, 'ValidationException')], 1],
    ['dynamodb', 'answering no JSON', [{ status: 503, body: '<html>' }, done], 2],
    [
      'eventbridge',
      'taken',
      [{ status: 200, body: '{"FailedEntryCount":1,"Entries":[{"ErrorCode":"InternalFailure"}]}' }],
      1,
    ],
    ['eventbridge', 'throttled', [problem(400, 'ThrottlingException'), done], 2],
    ['eventbridge', 'failing', [problem(500, 'InternalException')], 3],
    ['scheduler', 'taken', [{ status: 200, body: '{"ScheduleArn":"arn"}' }], 1],
    ['scheduler', 'there already', [problem(409, 'ConflictException', { Message: 'exists' })], 1],
    ['scheduler', 'held back', [problem(429, 'ThrottlingException'), done], 2],
    ['sesv2', 'taken', [{ status: 200, body: '{"MessageId":"m"}' }], 1],
    ['sesv2', 'refused', [problem(400, 'MessageRejected')], 1],
    ['sesv2', 'held back', [problem(429, 'TooManyRequestsException'), done], 2],
    ['secrets', 'taken', [{ status: 200, body: '{"SecretString":"s","CreatedDate":1763800000.5}' }], 1],
    ['secrets', 'not there', [problem(400, 'ResourceNotFoundException')], 1],
    ['sqs', 'taken', [{ status: 200, body: '{"TaskHandle":"h"}' }], 1],
  ] satisfies [string, string, Answer[], number][])(
    'asks %s as the whole SDK does, and ends alike, %s',
    async (call, _, answers, times) => {
      const [bundled, theirs] = [await lived('bundled', call, answers), await lived('theirs', call, answers)];
      expect(bundled).toEqual(theirs);
      expect(bundled.asked).toHaveLength(times);
    },
    20_000,
  );
});

describe('the functions as they are deployed', () => {
  const out = mkdtempSync(join(tmpdir(), 'frist-lean-'));
  const names = Object.keys(wiring) as FunctionName[];
  beforeAll(async () => {
    await bundle(names, { root: process.cwd(), out });
  }, 240_000);
  afterAll(() => rmSync(out, { recursive: true }));

  it('carry an order to its provider and the answer back, through every service that they call, and show it', async () => {
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
      const visitor = visit(system, system.clock.now().toString());
      await visitor.introduce();
      const day = system.clock.now().toZonedDateTimeISO('Europe/Stockholm').toPlainDate().toString();
      const order = orderWire(system.clock.now().toString(), { period: { from: day } });
      // Twice, so that each store and service also says what it says of a thing that is there.
      for (const fact of [order, order]) {
        await visitor.ok('POST', '/api/facts', fact);
        await system.queues.idle();
      }
      const [letter] = await visitor.mailsTo(HEMVARD);
      const link = linkIn(letter);
      const page = await visitor.ask('GET', link);
      expect(page.text).toContain('Bekräfta mottagandet');
      const answered = await visitor.ask('POST', link, asForm({ start: day }, { origin: 'null' }));
      expect(answered.status).toBe(303);
      await system.queues.idle();

      // And a case officer signs in, sees it and writes a note.
      const browser = openBrowser();
      await browser.signIn(system.web, 'anna');
      expect(await (await browser.once(`${system.web}/watch?who=all`)).text()).toContain('2026-0417');
      const path = `${system.web}/watch/cases/2026-0417`;
      const shown = await (await browser.once(path)).text();
      expect(shown).toContain('har bekräftat uppdraget');
      const act = `${path}/act?name=note`;
      const statement = statementIn(await (await browser.once(act)).text(), 'note');
      const noted = await browser.once(act, asForm({ answer: 'note', statement, text: 'Ringde och tackade.' }));
      expect(noted.status).toBe(303);
      await system.queues.idle();
      expect(await (await browser.once(path)).text()).toContain('Ringde och tackade.');

      const story = await visitor.life.story();
      expect(story.toSorted()).toEqual([
        'mail.delivered provider',
        'mail.sent provider',
        'note.written',
        'order.confirmed',
        'order.sent',
      ]);
      expect(await visitor.mailsTo(HEMVARD)).toHaveLength(1);
      expect(await visitor.ok('GET', '/api/deadlines?status=met')).toMatchObject({ deadlines: [{ rule: 'confirm' }] });
      expect(Object.values(system.queues.state()).flatMap(({ deadLetters }) => deadLetters)).toEqual([]);
    } finally {
      printed.mockRestore();
      await system.stop();
    }
  }, 180_000);
});
