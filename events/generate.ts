/**
 * Writes what is derived from the definitions of the facts, for those who do not read TypeScript:
 * `generated/facts.schema.json`, `generated/asyncapi.json` and `generated/examples/*.json`.
 *
 *     node events/generate.ts            writes the files
 *     node events/generate.ts --check    exits 1 and names every file that is not as it would be written
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import * as z from 'zod/mini';

import type { Definition } from './define.ts';
import { toldOf } from './told.ts';
import { definitions } from './catalogue.ts';
import { envelope, extensionName } from './define.ts';

type Json = Readonly<Record<string, unknown>>;

/** The text of every generated file by its path under `generated`. */
const generatedFiles = (): ReadonlyMap<string, string> =>
  new Map(
    Object.entries({
      'facts.schema.json': factsSchema(),
      'asyncapi.json': asyncApi(),
      ...Object.fromEntries(all.flatMap(exampleFiles)),
    }).map(([path, value]) => [path, `${JSON.stringify(value, null, 2)}\n`]),
  );

const all: readonly Definition[] = definitions;

// Examples

/** The examples of a definition as whole facts. */
const exampleFacts = (definition: Definition): readonly Json[] =>
  toldOf(definition).examples.map(({ id, source, subject, time, data }) => ({
    specversion: '1.0',
    id,
    source,
    type: definition.type,
    subject,
    time,
    datacontenttype: 'application/json',
    data,
  }));

const exampleFiles = (definition: Definition): (readonly [string, Json])[] =>
  exampleFacts(definition).map((fact, index) => [
    `examples/${definition.type}${index === 0 ? '' : `-${index + 1}`}.json`,
    fact,
  ]);

// JSON Schema

type Target = 'draft-2020-12' | 'draft-07';

const jsonSchema = (schema: z.ZodMiniObject, target: Target): Json => {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { target, io: 'input' });
  return rest;
};

const envelopeSchema = (target: Target): Json => ({
  description: 'What every fact holds: CloudEvents 1.0 attributes, and extensions with plain values.',
  ...jsonSchema(envelope, target),
  propertyNames: { pattern: extensionName.source },
});

const factSchema = ({ type, data }: Definition, target: Target, root: string): Json => ({
  title: type,
  description: toldOf({ type }).summary,
  type: 'object',
  allOf: [{ $ref: `${root}/envelope` }],
  properties: { type: { const: type }, data: jsonSchema(data, target) },
});

const schemas = (target: Target, root: string): Json => ({
  envelope: envelopeSchema(target),
  ...Object.fromEntries(all.map((definition) => [definition.type, factSchema(definition, target, root)])),
});

const factsSchema = (): Json => ({
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'A fact of Frist',
  oneOf: all.map(({ type }) => ({ $ref: `#/$defs/${type}` })),
  $defs: schemas('draft-2020-12', '#/$defs'),
});

// AsyncAPI

const asyncApi = (): Json => ({
  asyncapi: '3.0.0',
  info: {
    title: 'Frist',
    version: '1.0.0',
    description:
      'The facts that Frist takes in and publishes on its event bus. Each is a CloudEvents 1.0 object; the detail type of the bus is the type of the fact.',
    license: { name: 'EUPL-1.2' },
  },
  defaultContentType: 'application/cloudevents+json',
  channels: {
    inbound: {
      address: 'frist.inbound',
      title: 'Facts as they come in',
      description: 'Facts on their way to the journal, with the source frist.inbound on the bus. They may be refused.',
      messages: references(inbound, '#/components/messages'),
    },
    recorded: {
      address: 'frist.recorded',
      title: 'Facts as they were recorded',
      description:
        'Facts that stand in the journal, with the source frist.recorded on the bus and the extensions that recording adds. Delivered at least once, in no order: sequence tells the order within a case.',
      messages: references(all, '#/components/messages'),
    },
  },
  operations: {
    takeFact: {
      action: 'receive',
      channel: { $ref: '#/channels/inbound' },
      summary: 'Takes a fact in.',
      messages: Object.values(references(inbound, '#/channels/inbound/messages')),
    },
    publishFact: {
      action: 'send',
      channel: { $ref: '#/channels/recorded' },
      summary: 'Publishes a fact when it has been recorded.',
      messages: Object.values(references(all, '#/channels/recorded/messages')),
    },
  },
  components: {
    messages: Object.fromEntries(all.map((definition) => [definition.type, message(definition)])),
    schemas: schemas('draft-07', '#/components/schemas'),
  },
});

const inbound = all.filter(({ by }) => by === 'anyone');

const references = (list: readonly Definition[], root: string): Readonly<Record<string, Json>> =>
  Object.fromEntries(list.map(({ type }) => [type, { $ref: `${root}/${type}` }]));

const message = (definition: Definition): Json => ({
  name: definition.type,
  title: definition.name,
  summary: toldOf(definition).summary,
  payload: { $ref: `#/components/schemas/${definition.type}` },
  examples: exampleFacts(definition).map((payload) => ({ payload })),
});

// Files

const folder = join(import.meta.dirname, 'generated');

const stored = (): ReadonlyMap<string, string> =>
  new Map(
    (existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: 'utf8' }) : [])
      .filter((path) => path.endsWith('.json'))
      .map((path) => [path.replaceAll('\\', '/'), readFileSync(join(folder, path), 'utf8')]),
  );

const write = (): void => {
  rmSync(folder, { recursive: true, force: true });
  for (const [path, content] of generatedFiles()) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
};

/** The paths under `generated` that are missing, are left over or hold something else than would be written. */
export const staleFiles = (): readonly string[] => {
  const wanted = generatedFiles();
  const found = stored();
  return [...new Set([...wanted.keys(), ...found.keys()])].filter((path) => wanted.get(path) !== found.get(path));
};

if (import.meta.main) {
  if (process.argv.includes('--check')) {
    for (const path of staleFiles()) {
      process.stderr.write(`events/generated/${path} is stale: run npm run generate\n`);
      process.exitCode = 1;
    }
  } else {
    write();
  }
}
