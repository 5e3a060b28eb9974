import { readFileSync } from 'node:fs';

import { Ajv } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import ajvFormats from 'ajv-formats';
import { describe, expect, test } from 'vitest';

import asyncApiSchema from '@asyncapi/specs/schemas/3.0.0.json' with { type: 'json' };

import { definitions, parseFact } from '../../events/catalogue.ts';
import { toldOf } from '../../events/told.ts';
import { staleFiles } from '../../events/generate.ts';
import asyncApi from '../../events/generated/asyncapi.json' with { type: 'json' };
import factsSchema from '../../events/generated/facts.schema.json' with { type: 'json' };

const stored = (file: string): { readonly data: Readonly<Record<string, unknown>> } =>
  JSON.parse(readFileSync(new URL(`../../events/generated/examples/${file}.json`, import.meta.url), 'utf8'));

const facts = definitions.flatMap(({ type }) =>
  toldOf({ type }).examples.map((_, index) => ({ type, fact: stored(index === 0 ? type : `${type}-${index + 1}`) })),
);

test('what is generated is current', () => {
  expect(staleFiles()).toEqual([]);
});

/** A judge of facts that tells its reasons when it refuses. */
const judge = (ajv: Ajv | Ajv2020, root: string) => (type: string, fact: unknown) => ({
  ok: ajv.validate(`${root}/${type}`, fact),
  errors: ajv.errorsText(),
});

/** What stands at a path of the AsyncAPI document. */
const found = (path: string) =>
  path.split('/').reduce<unknown>((at, key) => Object.entries(at ?? {}).find(([name]) => name === key)?.[1], asyncApi);

const accepted = { ok: true, errors: 'No errors' };

describe('the JSON Schema', () => {
  const ajv = ajvFormats.default(new Ajv2020({ allErrors: true }));
  ajv.addSchema(factsSchema, 'facts');
  const judged = judge(ajv, 'facts#/$defs');

  test.each(facts)('accepts the example of $type', ({ type, fact }) => {
    expect(judged(type, fact)).toEqual(accepted);
    expect(ajv.validate('facts', fact)).toBe(true);
  });

  test.each(facts)('refuses an extra field in $type', ({ type, fact }) => {
    expect(judged(type, { ...fact, data: { ...fact.data, extra: 1 } }).ok).toBe(false);
    expect(judged(type, { ...fact, extra: {} }).ok).toBe(false);
    expect(judged(type, { ...fact, Extra: 1 }).ok).toBe(false);
    expect(judged(type, { ...fact, extra: 1 })).toEqual(accepted);
  });

  test.each(facts)('is of one mind with the parser on $type', ({ type, fact }) => {
    const others = ['', ' ', 'a\nb', null, -1, 0, 0.5, 1e6, true, [], {}, '2026-02-30', 'x'.repeat(5000)];
    for (const key of Object.keys(fact.data)) {
      const { [key]: _, ...without } = fact.data;
      expect({ without: key, ok: judged(type, { ...fact, data: without }).ok }).toEqual({
        without: key,
        ok: parseFact({ ...fact, data: without }).ok,
      });
      for (const other of others) {
        const changed = { ...fact, data: { ...without, [key]: other } };
        expect({ key, other, ok: judged(type, changed).ok }).toEqual({ key, other, ok: parseFact(changed).ok });
      }
    }
  });
});

describe('the AsyncAPI document', () => {
  test('is AsyncAPI 3.0', () => {
    const ajv = ajvFormats.default(new Ajv({ strict: false, meta: false, validateSchema: false }));
    ajv.validate(asyncApiSchema, asyncApi);
    expect(ajv.errors).toBeNull();
  });

  test('refers to nothing that is not there', () => {
    const references = [...JSON.stringify(asyncApi).matchAll(/"\$ref":"#\/([^"]+)"/g)].map(([, path]) => path ?? '');
    expect(references.length).toBeGreaterThan(0);
    expect(references.filter((path) => found(path) === undefined)).toEqual([]);
  });

  test('lets in what anyone may state, and publishes everything', () => {
    const { inbound, recorded } = asyncApi.channels;
    const anyones = definitions.filter(({ by }) => by === 'anyone');
    expect(Object.keys(inbound.messages)).toEqual(anyones.map(({ type }) => type));
    expect(Object.keys(recorded.messages)).toEqual(definitions.map(({ type }) => type));
  });

  const ajv = ajvFormats.default(new Ajv().addVocabulary(['components']));
  ajv.addSchema({ components: { schemas: asyncApi.components.schemas } }, 'asyncapi');
  const judged = judge(ajv, 'asyncapi#/components/schemas');

  test.each(facts)('its payload of $type accepts the example', ({ type, fact }) => {
    expect(judged(type, fact)).toEqual(accepted);
    expect(judged(type, { ...fact, data: { extra: 1 } }).ok).toBe(false);
  });
});
