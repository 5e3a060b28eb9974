/**
 * The AWS SDK, and some of what stands beside it, without what a function of Frist never reaches. Nothing of them is changed:
 * whole modules are left out, each with a stand-in that does the one thing asked of it here or says that it cannot, and data is
 * written so that the bundler sees what of it is used. `test/cloud-template/lean-sdk.test.ts`, `temporal.test.ts` and
 * `entities.test.ts` hold the stand-ins to what they stand in for.
 */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'esbuild';

/** The first part of the address of each service whose endpoint is worked out by the stand-in. */
export const HOSTS: Readonly<Record<string, string>> = {
  dynamodb: 'dynamodb',
  eventbridge: 'events',
  scheduler: 'scheduler',
  sesv2: 'email',
  'secrets-manager': 'secretsmanager',
};

/**
 * Services whose clients can also sign for several regions, by rules of their endpoints: here they sign as DynamoDB's does, for
 * the one that is called. What their exports and their signatures are named by.
 */
const SIGNED: Readonly<Record<string, { readonly named: string; readonly signed: string }>> = {
  eventbridge: { named: 'EventBridge', signed: 'events' },
  sesv2: { named: 'SESv2', signed: 'ses' },
};

interface StandIn {
  readonly module: RegExp;
  /** Only where these files import it. */
  readonly importer: RegExp;
  readonly by: string;
}

const STAND_INS: readonly StandIn[] = [
  { module: /^@aws-sdk\/credential-provider-node$/, importer: /[/]client-/, by: 'credentials' },
  { module: /^@aws-sdk\/middleware-endpoint-discovery$/, importer: /[/]client-dynamodb[/]/, by: 'endpoint-discovery' },
  { module: /^@smithy\/core\/event-streams$/, importer: /[/]HttpProtocol[.]js$/, by: 'event-streams' },
  { module: /^@aws-sdk\/signature-v4-multi-region$/, importer: /[/]client-(?:eventbridge|sesv2)[/]/, by: 'signature' },
  { module: /^[.][/]date-utils$/, importer: /[/]submodules[/]serde[/]index[.]js$/, by: 'dates' },
  { module: /^[.][/]Sha256Js$/, importer: /[/]Sha256Node[.]js$/, by: 'unused' },
  { module: /[/]AdaptiveRetryStrategy$/, importer: /[/]middleware-retry[/]configurations[.]js$/, by: 'unused' },
  { module: /^[.][/]HeaderFormatter$/, importer: /[/]SignatureV4[.]js$/, by: 'unused' },
  { module: /[/]loadSharedConfigFiles$/, importer: /[/]fromSharedConfigFiles[.]js$/, by: 'unused' },
  { module: /[/]getInstanceMetadataRegion$/, importer: /[/]regionConfig[/]config[.]js$/, by: 'unused' },
  { module: /[/]resolveDefaultsModeConfig$/, importer: /[/]submodules[/]config[/]index[.]js$/, by: 'unused' },
  { module: /[/]service-customizations$/, importer: /[/]getEndpointFromInstructions[.]js$/, by: 'unused' },
  { module: /^[.][/]AwsSdkSigV4ASigner$/, importer: /[/]aws_sdk[/]index[.]js$/, by: 'unused' },
  { module: /^[.][/]ScanPaginator$/, importer: /[/]lib-dynamodb[/]/, by: 'unused' },
  { module: /^[.][/]HttpBindingNormalizedSchema$/, importer: /[/]HttpProtocol[.]js$/, by: 'hosts' },
  { module: /^[.][/]runtimeExtensions$/, importer: /[/]client-[\w-]+[/]/, by: 'extensions' },
  { module: /^@aws-sdk[/]core[/]account-id-endpoint$/, importer: /[/]client-dynamodb[/]/, by: 'account-ids' },
  { module: /[/]schemaLogFilter$/, importer: /[/]submodules[/]client[/]/, by: 'unheard' },
  { module: /^[.][/]recursionDetectionMiddleware$/, importer: /[/]middleware-recursion-detection[/]/, by: 'unused' },
  { module: /[/]loggerMiddleware$/, importer: /[/]submodules[/]client[/]index[.]js$/, by: 'unheard' },
  { module: /^[.][/]check-features$/, importer: /[/]user-agent-middleware[.]js$/, by: 'unheard' },
  { module: /[/]emitWarningIfUnsupportedVersion$/, importer: /[/]submodules[/]client[/]index[.]js$/, by: 'unheard' },
  { module: /^fast-sha256$/, importer: /[/]standardwebhooks[/]/, by: 'sha256' },
  { module: /^[.][/]html-entities[.]js$/, importer: /[/]postal-mime[/]/, by: 'entities' },
  { module: /^temporal-polyfill$/, importer: /[.]ts$/, by: 'temporal' },
];

const standInFor = (name: string): string => join(import.meta.dirname, 'stand-ins', `${name}.ts`);

export const leanSdk: Plugin = {
  name: 'lean-sdk',
  setup: (building) => {
    for (const { module, importer, by } of STAND_INS) {
      building.onResolve({ filter: module }, (asked) =>
        importer.test(asked.importer) ? { path: standInFor(by), sideEffects: false } : undefined,
      );
    }
    building.onLoad({ filter: /[/]client-[\w-]+[/]dist-es[/]endpoint[/]endpointResolver[.]js$/ }, ({ path }) => {
      const host = HOSTS[/[/]client-(?<service>[\w-]+)[/]/u.exec(path)?.groups?.['service'] ?? ''];
      if (host === undefined) return undefined;
      const from = JSON.stringify(standInFor('endpoints'));
      return {
        contents: `import { endpointsOf } from ${from}; export const defaultEndpointResolver = endpointsOf('${host}');`,
        resolveDir: import.meta.dirname,
      };
    });
    building.onLoad({ filter: /[/]client-[\w-]+[/]dist-es[/]auth[/]httpAuthSchemeProvider[.]js$/ }, ({ path }) => {
      const service = SIGNED[/[/]client-(?<service>[\w-]+)[/]/u.exec(path)?.groups?.['service'] ?? ''];
      if (service === undefined) return undefined;
      const plain = readFileSync(path.replace(/[/]client-[\w-]+[/]/u, '/client-dynamodb/'), 'utf8');
      const contents = plain.replaceAll('defaultDynamoDB', `default${service.named}`);
      return { contents: contents.replace('name: "dynamodb"', `name: "${service.signed}"`) };
    });
    // The rules are gone, and with them what asked for another partition than the commercial one, which stands first.
    building.onLoad({ filter: /[/]util-endpoints[/]lib[/]aws[/]partitions[.]js$/ }, async ({ path }) => {
      const { partitionsInfo } = (await import(path)) as { readonly partitionsInfo: { partitions: readonly object[] } };
      // A region is found by the partition's pattern; the list of them is for their names.
      const partitions = partitionsInfo.partitions.slice(0, 1).map((partition) => ({ ...partition, regions: {} }));
      const commercial = { ...partitionsInfo, partitions };
      return { contents: `export const partitionsInfo = ${JSON.stringify(commercial)};` };
    });
    // A client asks its package's description for the version alone.
    building.onLoad({ filter: /[/]@aws-sdk[/]client-[\w-]+[/]package[.]json$/ }, ({ path }) => {
      const { version } = JSON.parse(readFileSync(path, 'utf8')) as { readonly version: string };
      return { contents: JSON.stringify({ version }), loader: 'json' };
    });
    building.onLoad({ filter: /[/]client-[\w-]+[/]dist-es[/]schemas[/]schemas_0[.]js$/ }, ({ path }) => ({
      contents: withoutErrorTypes(withPlainKeys(readFileSync(path, 'utf8')), typesToKeep(path)),
    }));
  },
};

/**
 * `{ [_h]: … }` as `{ "http": … }`, where `_h` is a constant of the file. A computed key might run code, so the bundler would
 * keep the description of every operation of a service for the one that is called.
 */
export const withPlainKeys = (source: string): string => {
  const constants = new Map(
    [...source.matchAll(/^const (?<name>_\w+) = (?<text>"[^"\\\n]*");$/gmu)].map(({ groups }) => [
      groups?.['name'],
      groups?.['text'],
    ]),
  );
  return source.replaceAll(/\[(?<name>_\w+)\]:/gu, (key, name: string) => {
    const text = constants.get(name);
    return text === undefined ? key : `${text}:`;
  });
};

/**
 * A service's schemas without the types of its errors: an error that is answered is then made from the service's own base
 * class, with the same name, message and metadata, which is all that is asked of it. Those stay that the SDK retries by
 * their type.
 */
export const withoutErrorTypes = (source: string, keep: ReadonlySet<string> = new Set()): string =>
  source.replaceAll(/^n\d+_registry[.]registerError\(\w+[$], (?<type>\w+)\);$/gmu, (line, type: string) =>
    keep.has(type) ? line : '',
  );

/** The errors that carry `$retryable`, which the SDK asks for beside an error's name and status. */
const typesToKeep = (schemas: string): ReadonlySet<string> => {
  const errors = readFileSync(join(schemas, '../../models/errors.js'), 'utf8');
  return new Set(
    errors.split(/^export class /mu).flatMap((text) => {
      const [name = ''] = /^\w+/u.exec(text) ?? [];
      return text.includes('$retryable') ? [name] : [];
    }),
  );
};
