import { readFileSync, readdirSync } from 'node:fs';
import * as z from 'zod/mini';
import { describe, expect, test } from 'vitest';
import { factsAbout } from '../../domain/case/subjects.ts';
import { checkRoutine } from '../../domain/routine/check.ts';
import { explainRoutine } from '../../domain/routine/explain.ts';
import { limitShape, routineSchema, withinSchema, type Routine } from '../../domain/routine/schema.ts';
import { CONFIRMATION_FIELD_WORDS, ORDER_FIELD_WORDS, PLACE_WORDS } from '../../domain/routine/words.ts';
import { errorsIn } from './routine-given.ts';

/*
 * `docs/routines.md` is what a municipality writes its routine by, so it must know all that the language can say.
 */

const text = readFileSync(new URL('../../docs/routines.md', import.meta.url), 'utf8');

/** What stands between backticks, on one line. */
const code = new Set(
  Array.from(text.matchAll(/`([^`\n]+)`/gu), ([, inside = '']) => inside).flatMap((inside) => [
    inside,
    inside.replace(/\?$/u, ''),
  ]),
);

const undocumented = (names: Iterable<string>): string[] => [...names].filter((name) => !code.has(name));

const blocks = (language: string): string[] =>
  Array.from(text.matchAll(new RegExp(`\`\`\`${language}\n([^]*?)\`\`\``, 'gu')), ([, block = '']) => block);

describe('docs/routines.md', () => {
  test('names every field, and every word that one can hold', () => {
    const fields = new Set<string>();
    const values = new Set<string>();
    const collect = (node: unknown): void => {
      if (typeof node !== 'object' || node === null) return;
      if ('properties' in node && node.properties) for (const name of Object.keys(node.properties)) fields.add(name);
      if ('enum' in node && Array.isArray(node.enum)) for (const value of node.enum) values.add(String(value));
      for (const child of Object.values(node)) collect(child);
    };
    collect(z.toJSONSchema(routineSchema));
    // Facts that nothing opens or closes by are recorded by Frist itself, or are no part of a case.
    const facts = new Set<string>(Object.values(factsAbout).flat());
    const isOther = (value: string): boolean =>
      /^[a-z]+\.[A-Za-z]+$/u.test(value) && !facts.has(value) && !Object.hasOwn(ORDER_FIELD_WORDS, value);
    expect(undocumented(fields)).toEqual([]);
    expect(undocumented([...values].filter((value) => !isOther(value)))).toEqual([]);
    expect(undocumented(Object.keys({ ...ORDER_FIELD_WORDS, ...CONFIRMATION_FIELD_WORDS }))).toEqual([]);
    expect(undocumented(Object.keys(PLACE_WORDS).map((place) => `{${place}}`))).toEqual([]);
  });

  test.each(Object.entries(factsAbout))('lists the facts about: %s', (about, facts) => {
    const row = text
      .split('\n')
      .find((line) => line.startsWith(`| \`${about}\``) && line.includes(`\`${facts[0] ?? ''}\``));
    const listed = Array.from((row?.split('|')[2] ?? '').matchAll(/`([^`]+)`/gu), ([, name]) => name);
    expect(listed).toEqual(facts);
  });

  test('has an example that passes, is explained as it says, and fails as it says', () => {
    const [file = ''] = blocks('json');
    const routine = JSON.parse(file) as Routine;
    expect(checkRoutine(routine)).toEqual({ ok: true, routine });
    const [error = '', explanation = ''] = blocks('text');
    expect(explainRoutine(routine)).toContain(explanation.trimEnd());
    const unparted = routine.rules.map((rule, index) => (index === 1 ? { ...rule, for: undefined } : rule));
    expect(
      errorsIn(JSON.parse(JSON.stringify({ ...routine, rules: unparted }))).map(
        ({ path, message }) => `trygghetslarm.json#${path} ${message}\n`,
      ),
    ).toEqual([error]);
  });

  test('shows every example that there is', () => {
    const files = readdirSync(new URL('../../domain/routine/examples/', import.meta.url));
    expect(undocumented(files)).toEqual([]);
  });

  test('shows limits that are limits', () => {
    const limit = z.partial(z.strictObject({ within: withinSchema, notBefore: withinSchema, ...limitShape }));
    const shown = Array.from(
      text.matchAll(/`("(?:within|cutoff|endsOn|cutoffDay|notBefore|roll|endsAt)": [^`]+)`/gu),
      ([, field = '']) => ({ field, ok: z.safeParse(limit, JSON.parse(`{${field}}`)).success }),
    );
    expect(shown.length).toBeGreaterThan(9);
    expect(shown.filter(({ ok }) => !ok)).toEqual([]);
  });
});
