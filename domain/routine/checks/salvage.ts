import type * as z from 'zod/mini';
import type { FactError } from '../../../events/errors.ts';

/** What is left of a routine of wrong form, to be judged as a routine of its own. */
export interface Salvaged {
  readonly input: unknown;
  /** Errors found in what is left, at their places in the whole. */
  readonly placed: (errors: readonly FactError[]) => FactError[];
}

const LISTS = ['rules', 'tasks', 'tells'] as const;

type List = (typeof LISTS)[number];

/**
 * A routine without the fields that are not known, and without the rules, tasks and mails whose form is wrong. Nothing when
 * something else is wrong, on which all the rest may depend.
 */
export const salvage = (input: unknown, issues: readonly z.core.$ZodIssue[]): Salvaged | undefined => {
  const copy = copyOf(input);
  const broken = new Set<string>();
  for (const issue of issues) {
    const [list, index] = issue.path;
    if (issue.code === 'unrecognized_keys') removeKeys(copy, issue.path, issue.keys);
    else if (isList(list) && typeof index === 'number') broken.add(`${list}/${String(index)}`);
    else return undefined;
  }
  if (!isObject(copy)) return undefined;
  const kept = new Map<List, readonly number[]>();
  for (const list of LISTS) {
    const whole = copy[list];
    if (!Array.isArray(whole)) continue;
    const left = Array.from(whole.keys()).filter((index) => !broken.has(`${list}/${String(index)}`));
    kept.set(list, left);
    copy[list] = left.map((index): unknown => whole[index]);
  }
  const isWhole = ![...broken].some((place) => place.startsWith('rules/'));
  const original = (text: string): string =>
    text.replaceAll(/\/(rules|tasks|tells)\/(\d+)/gu, (place, list: List, index: string) => {
      const at = kept.get(list)?.[Number(index)];
      return at === undefined ? place : `/${list}/${String(at)}`;
    });
  return {
    input: copy,
    placed: (errors) =>
      errors
        // A rule that was left out may be the one that uses the parameter.
        .filter(({ path }) => isWhole || !path.startsWith('/parameters/'))
        .map(({ path, message }) => ({ path: original(path), message: original(message) })),
  };
};

/** Nothing of what is nested too deeply to be copied. */
const copyOf = (input: unknown): unknown => {
  try {
    return structuredClone(input);
  } catch {
    return undefined;
  }
};

const isList = (name: PropertyKey | undefined): name is List => LISTS.some((list) => list === name);

const isObject = (value: unknown): value is Record<PropertyKey, unknown> => typeof value === 'object' && value !== null;

const removeKeys = (root: unknown, path: readonly PropertyKey[], keys: readonly string[]): void => {
  const parent = path.reduce<unknown>((value, key) => (isObject(value) ? value[key] : undefined), root);
  if (!isObject(parent)) return;
  for (const key of keys) Reflect.deleteProperty(parent, key);
};
