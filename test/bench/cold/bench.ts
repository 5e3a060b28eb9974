import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { bundle } from '../../../infra/cloud/bundle.ts';
import { leanSdk } from '../../../infra/cloud/lean-sdk.ts';
import exempelkommun from '../../../infra/municipalities/exempelkommun.json' with { type: 'json' };
import { environmentOf, wiring, type FunctionName, type Surroundings } from '../../../infra/wiring.ts';
import { summarize, type Bench, type Figure } from '../figures.ts';

const ROOT = join(import.meta.dirname, '../../..');

/** What a function cannot do without: the SDK's bare clients, and an empty process. */
const floors: readonly { readonly name: string; readonly clients: readonly string[] }[] = [
  { name: 'floor: an empty process', clients: [] },
  { name: 'floor: the bare client of DynamoDB', clients: ['DynamoDBClient'] },
  { name: 'floor: those of DynamoDB and EventBridge', clients: ['DynamoDBClient', 'EventBridgeClient'] },
];

const packageOf: Readonly<Record<string, string>> = {
  DynamoDBClient: '@aws-sdk/client-dynamodb',
  EventBridgeClient: '@aws-sdk/client-eventbridge',
};

/** Names that look like those of a deployed system; nothing is called. */
const around: Surroundings = {
  tableName: 'frist',
  indexName: 'watch',
  busName: 'frist',
  secretIds: { session: 'session', webhooks: 'webhooks', client: 'client' },
  partnerReach: 'public',
  login: { issuer: 'https://login.example', clientId: 'frist', kind: 'public' },
  scheduleGroup: 'frist',
  scheduleRoleArn: 'arn:aws:iam::000000000000:role/frist',
  queueArn: (name) => `arn:aws:sqs:eu-north-1:000000000000:${name}`,
  scheduleDlqArn: 'arn:aws:sqs:eu-north-1:000000000000:dlq',
  deadLetters: '{"prefix": "arn:aws:sqs:eu-north-1:123456789012:", "queues": {}}',
  mailFrom: exempelkommun.mailFrom,
  configurationSet: 'frist',
  publicUrl: 'https://frist.example',
  municipality: JSON.stringify(exempelkommun),
  messagesBucket: 'frist-messages',
};

/** What a cold start pays on the function's side: its bundle read, parsed, run and wired, its clients made. */
export const coldBench: Bench = {
  id: 'cold',
  asks: 'Cold start: CPU time of a fresh process that imports and wires a function as it is deployed',
  run: async ({ quick }) => {
    const rounds = quick ? 2 : 15;
    const out = mkdtempSync(join(tmpdir(), 'frist-cold-'));
    try {
      const names = Object.keys(wiring) as FunctionName[];
      const weights = await bundle(names, { root: ROOT, out });
      const candidates = [
        ...(await Promise.all(
          floors.map(async (floor) => ({ ...floor, ...(await bareBundle(floor.clients, out)), env: {} })),
        )),
        ...weights.map(({ name, bytes }) => ({
          name,
          bytes,
          file: join(out, name, 'index.mjs'),
          env: environmentOf(name as FunctionName, around),
        })),
      ];
      const times = new Map<string, number[]>();
      for (let round = 0; round < rounds; round += 1)
        for (const { name, file, env } of candidates) times.set(name, [...(times.get(name) ?? []), cpuMsOf(file, env)]);
      const empty = summarize(times.get(floors[0]?.name ?? '') ?? []).median;
      return candidates.map(({ name, bytes }): Figure => {
        const { median, spread } = summarize(times.get(name) ?? []);
        const beyond = name === floors[0]?.name ? '' : `, ${(median - empty).toFixed(0)} ms beyond an empty process`;
        return {
          bench: 'cold',
          name,
          value: median,
          unit: 'ms CPU',
          spread,
          note: `${(bytes / 1000).toFixed(0)} KB${beyond}`,
        };
      });
    } finally {
      rmSync(out, { recursive: true });
    }
  },
};

/** A bundle of nothing but clients, made as the functions' are. */
const bareBundle = async (clients: readonly string[], out: string): Promise<{ file: string; bytes: number }> => {
  const imports = clients.map((client) => `import { ${client} } from '${packageOf[client] ?? ''}';`);
  const made = clients.map((client) => `new ${client}({ region: 'eu-north-1' })`);
  const built = await build({
    stdin: { contents: `${imports.join('\n')}\nexport const handler = [${made.join(', ')}];`, resolveDir: ROOT },
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    mainFields: ['module', 'main'],
    plugins: [leanSdk],
    write: false,
  });
  const contents = built.outputFiles[0]?.contents ?? new Uint8Array();
  const folder = join(out, `bare-${String(clients.length)}`);
  mkdirSync(folder);
  const file = join(folder, 'index.mjs');
  writeFileSync(file, contents);
  return { file, bytes: contents.length };
};

/** CPU milliseconds, user and system, of a process from its start until the function is wired. @throws when it fails */
const cpuMsOf = (file: string, env: Readonly<Record<string, string>>): number => {
  const script = `const { create } = await import(${JSON.stringify(file)}); create?.({ env: process.env }); const { user, system } = process.cpuUsage(); console.log((user + system) / 1000);`;
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    encoding: 'utf8',
    env: { ...process.env, ...env, AWS_REGION: 'eu-north-1', AWS_ACCESS_KEY_ID: 'id', AWS_SECRET_ACCESS_KEY: 'key' },
  });
  if (status !== 0) throw new Error(`${file} did not start:\n${stderr}`);
  return Number(stdout);
};
