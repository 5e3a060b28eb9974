/**
 * The AWS SDK without what a function of Frist never reaches. Nothing of the SDK is changed: whole modules are left out,
 * each with a stand-in that does the one thing asked of it here or says that it cannot, and data is written so that the
 * bundler sees what of it is used. `test/cloud-template/lean-sdk.test.ts` holds the stand-ins to what they stand in for.
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
  { module: /^@aws-sdk\/signature-v4-multi-region$/, importer: /[/]client-eventbridge[/]/, by: 'signature' },
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
    // The rules are gone, and with them what asked for another partition than the commercial one, which stands first.
    building.onLoad({ filter: /[/]util-endpoints[/]lib[/]aws[/]partitions[.]js$/ }, async ({ path }) => {
      const { partitionsInfo } = (await import(path)) as { readonly partitionsInfo: { partitions: readonly object[] } };
      const commercial = { ...partitionsInfo, partitions: partitionsInfo.partitions.slice(0, 1) };
      return { contents: `export const partitionsInfo = ${JSON.stringify(commercial)};` };
    });
    // A client asks its package's description for the version alone.
    building.onLoad({ filter: /[/]@aws-sdk[/]client-[\w-]+[/]package[.]json$/ }, ({ path }) => {
      const { version } = JSON.parse(readFileSync(path, 'utf8')) as { readonly version: string };
      return { contents: JSON.stringify({ version }), loader: 'json' };
    });
    building.onLoad({ filter: /[/]client-[\w-]+[/]dist-es[/]schemas[/]schemas_0[.]js$/ }, ({ path }) => ({
      contents: withPlainKeys(readFileSync(path, 'utf8')),
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
