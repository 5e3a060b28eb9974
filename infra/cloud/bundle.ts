/**
 * Bundles every function of the wiring with esbuild, weighs the bundles and refuses those over budget. A bundle's weight is
 * paid at every cold start, so it is a number to keep, not to discover.
 */

import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { transform } from '@swc/core';
import { build, transform as transpile, type Metafile, type Plugin } from 'esbuild';
import budget from './budget.json' with { type: 'json' };
import { leanSdk } from './lean-sdk.ts';

/**
 * Bytes of one function's bundle, and how many `domain` and `events` are or bring with them, as esbuild writes them. The
 * polyfill that stands in for the platform's own Temporal, until Lambda's Node has it, is not counted as theirs.
 */
export interface Weight {
  readonly name: string;
  readonly bytes: number;
  readonly coreBytes: number;
}

/**
 * Bundles `functions/<name>/index.ts` to `<out>/<name>/index.mjs`, the AWS SDK included. Source maps are laid beside, in
 * `<out>/maps`, and are not deployed.
 *
 * @param root the project's folder
 * @param out the folder to write, emptied first
 * @throws when a function has no entry file, does not build, or asks at run time for a module that is not in its bundle
 */
export const bundle = async (
  names: readonly string[],
  { root, out }: { readonly root: string; readonly out: string },
): Promise<Weight[]> => {
  const built = await Promise.all(
    [...Map.groupBy(names, (name) => LEFT_OUT[name] ?? LEFT_OUT_ELSE)].map(async ([keys, its]) =>
      buildAll(its, { root, out, plugins: keys.length === 0 ? [] : [routinesWithout(keys)] }),
    ),
  );

  const files = new Map(built.flatMap(({ outputFiles }) => outputFiles.map(({ path, text }) => [path, text] as const)));
  const weights = built.flatMap(({ metafile }) => weigh(metafile));
  rmSync(out, { recursive: true, force: true });
  mkdirSync(join(out, 'maps'), { recursive: true });
  const written = await Promise.all(
    weights.map(async ({ name, coreBytes }): Promise<Weight> => {
      const text = files.get(join(out, `${name}.mjs`)) ?? '';
      for (const key of LEFT_OUT[name] ?? LEFT_OUT_ELSE)
        if (asks(text, key)) throw new Error(`${name} asks a routine for its ${key}, which are left out of its bundle`);
      if (text.includes('Dynamic require of'))
        throw new Error(`${name}: a CommonJS package in the bundle calls require(), which an ES module does not have`);
      const { code, map } = await minified(text, files.get(join(out, `${name}.mjs.map`)) ?? '');
      mkdirSync(join(out, name));
      writeFileSync(join(out, name, 'index.mjs'), code);
      writeFileSync(join(out, 'maps', `${name}.mjs.map`), map);
      return { name, bytes: Buffer.byteLength(code), coreBytes };
    }),
  );
  return written.toSorted((a, b) => a.name.localeCompare(b.name));
};

/**
 * The code once more through a minifier that looks further than the bundler's own: it takes off another twentieth.
 *
 * @param map where esbuild found it, for the map from what is deployed to the sources
 */
const minified = async (code: string, map: string): Promise<{ readonly code: string; readonly map: string }> => {
  const { map: toSources = '', ...made } = await transform(code, {
    swcrc: false,
    configFile: false,
    isModule: true,
    minify: true,
    // What is written is left as new as it is.
    jsc: { target: 'esnext', minify: { module: true, compress: { passes: 3 }, mangle: true } },
    sourceMaps: true,
    inputSourceMap: map,
  });
  return { code: made.code, map: toSources };
};

/**
 * What of the routines a function carries without: the words of the originals are for whoever checks a routine, at the
 * command line or on the page that tells it, and a third of what `domain` weighs; where a routine comes from is for that page
 * and for whoever has it reviewed; what mails say is for whoever sends them, whom they tell of what for those and the pages of
 * a case, and whom to remind and alert for whoever works that out.
 */
const LEFT_OUT: Readonly<Record<string, readonly string[]>> = {
  'show-routines': [],
  'send-mail': ['words', 'headings'],
  'read-cases': ['words', 'source', 'headings', 'says'],
  'provider-page': ['words', 'source', 'headings', 'says', 'ladder'],
  'case-page': ['words', 'source', 'headings', 'says', 'ladder'],
  'act-page': ['words', 'source', 'headings', 'says', 'tells', 'ladder'],
  'record-fact': ['words', 'source', 'says', 'tells'],
  reconcile: ['words', 'source', 'headings', 'says', 'tells'],
};
const LEFT_OUT_ELSE = ['words', 'source', 'headings', 'says', 'tells', 'ladder'];

/**
 * Whether code asks anything for what stands under a key. Much has words, and facts have a source: of a routine's it is asked
 * when it was reviewed. The other keys are the routines' own.
 */
const asks = (code: string, key: string): boolean =>
  key !== 'words' && new RegExp(`[.{,]${key === 'source' ? 'reviewedOn' : key}\\b`, 'u').test(code);

const buildAll = async (
  names: readonly string[],
  { root, out, plugins }: { readonly root: string; readonly out: string; readonly plugins: Plugin[] },
) =>
  build({
    absWorkingDir: root,
    entryPoints: names.map((name) => ({ in: `functions/${name}/index.ts`, out: name })),
    outdir: out,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    // Swedish letters as they are, and not as escapes of four.
    charset: 'utf8',
    mainFields: ['module', 'main'],
    // Lambda's Node has none, so what the polyfill would do with it can go.
    define: { 'globalThis.Temporal': 'undefined' },
    plugins: [leanSdk, smallStyles, ...plugins],
    sourcemap: 'external',
    metafile: true,
    write: false,
  });

/** The pages' style sheets, which stand in templates and so are no code to a minifier. */
const smallStyles: Plugin = {
  name: 'small-styles',
  setup: (building) => {
    building.onLoad({ filter: /[/]functions[/].*style[.]ts$/ }, async ({ path }) => {
      let contents = readFileSync(path, 'utf8');
      for (const [sheet = '', text = ''] of contents.matchAll(/`\n([^`]*)`/gu)) {
        const { code } = await transpile(text, { loader: 'css', minify: true, charset: 'utf8' });
        contents = contents.replace(sheet, () => JSON.stringify(code));
      }
      return { contents, loader: 'ts' };
    });
  },
};

/** The routines without what stands under these keys. */
const routinesWithout = (keys: readonly string[]): Plugin => ({
  name: 'routines-without',
  setup: (building) => {
    building.onLoad({ filter: /[/]domain[/]routine[/].*[.]json$/ }, ({ path }) => {
      const kept = JSON.parse(readFileSync(path, 'utf8'), (key, value: unknown) =>
        keys.includes(key) ? undefined : value,
      ) as unknown;
      return { contents: JSON.stringify(kept), loader: 'json' };
    });
  },
});

/** Weighs each bundle that esbuild tells of, in the order of the names. */
export const weigh = (metafile: Metafile): Weight[] => {
  const core = reachableFrom(metafile, (path) => /^(?:domain|events)\//u.test(path));
  return Object.entries(metafile.outputs)
    .flatMap(([path, output]) => {
      const name = /(?<name>[\w-]+)\.mjs$/u.exec(path)?.groups?.['name'];
      if (name === undefined) return [];
      const inputs = Object.entries(output.inputs).filter(([input]) => core.has(input));
      const coreBytes = inputs.reduce((sum, [, { bytesInOutput }]) => sum + bytesInOutput, 0);
      return [{ name, bytes: output.bytes, coreBytes }];
    })
    .toSorted((a, b) => a.name.localeCompare(b.name));
};

/** What a bundle may weigh at most, in KB. */
export interface Budget {
  /** A function. */
  readonly functionKb: number;
  /** What `domain` and `events` are or bring with them. */
  readonly coreKb: number;
  /** The functions that are held to less than the others. */
  readonly functions: Readonly<Record<string, number>>;
}

const allowed = (name: string, { functions, functionKb }: Budget): number => functions[name] ?? functionKb;

/** The bundles over the budget of `budget.json`, one sentence each. */
export const overBudget = (weights: readonly Weight[], limits: Budget = budget): string[] =>
  weights.flatMap(({ name, bytes, coreBytes }) => [
    ...(bytes > allowed(name, limits) * 1000
      ? [`${name} weighs ${kb(bytes)} KB, more than the ${String(allowed(name, limits))} KB it may`]
      : []),
    ...(coreBytes > limits.coreKb * 1000
      ? [`domain and events bring ${kb(coreBytes)} KB into ${name}, more than the ${limits.coreKb} KB they may`]
      : []),
  ]);

/** The weights as a table to print. */
export const table = (weights: readonly Weight[]): string =>
  [
    ['function', 'KB', 'of at most', 'domain + events', 'of at most'],
    ...weights.map(({ name, bytes, coreBytes }) => [
      name,
      kb(bytes),
      String(allowed(name, budget)),
      kb(coreBytes),
      String(budget.coreKb),
    ]),
  ]
    .map(([name = '', ...columns]) => name.padEnd(20) + columns.map((column) => column.padStart(17)).join(''))
    .join('\n');

/** A KB is 1000 bytes, as esbuild and package sizes count. */
const kb = (bytes: number) => (bytes / 1000).toFixed(1);

const POLYFILL = /node_modules\/temporal-(?:polyfill|utils)\//u;

/** The inputs that match, and everything that they import, directly or not. */
const reachableFrom = ({ inputs }: Metafile, matches: (path: string) => boolean): ReadonlySet<string> => {
  const reached = new Set<string>();
  const queue = Object.keys(inputs).filter(matches);
  for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
    if (reached.has(path) || POLYFILL.test(path)) continue;
    reached.add(path);
    queue.push(...(inputs[path]?.imports ?? []).map((imported) => imported.path));
  }
  return reached;
};
