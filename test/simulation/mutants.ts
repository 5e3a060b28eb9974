import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { mutants, type Mutant } from './mutants-list.ts';

/*
 * `npm run simulate:mutants`: does the simulation see what it is there to see? Each seeded bug is put into a copy of the code,
 * and some seeds of the simulation are run on it; where those hold, the tests that the bug names, and where those pass, more
 * seeds. Which caught what is written to docs/mutants.md; 1 when something caught nothing.
 *
 * `--only WORDS` takes the bugs whose names hold the words, `--quick` every eighth, `--part 2/3` the second third of them;
 * none of these writes the page. `--jobs 2` judges two at a time.
 */

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const ROOMS = ['domain', 'events', 'functions', 'infra', 'test', 'package.json', 'tsconfig.json', 'vitest.config.ts'];

/** Most bugs are seen at once; few seeds make the whole affordable. */
const FIRST = '1..8';
const THEN = '9..40';

interface Caught {
  readonly by: string;
  readonly how: string;
}

const copyWith = ({ file, from, to }: Mutant): string => {
  const folder = mkdtempSync(join(tmpdir(), 'frist-mutant-'));
  for (const room of ROOMS)
    cpSync(join(ROOT, room), join(folder, room), {
      recursive: true,
      filter: (path) => !path.includes('node_modules'),
    });
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  const path = join(folder, file);
  const text = readFileSync(path, 'utf8');
  if (text.split(from).length !== 2)
    throw new Error(`${file} holds ${JSON.stringify(from)} ${String(text.split(from).length - 1)} times`);
  writeFileSync(
    path,
    text.replace(from, () => to),
  );
  return folder;
};

const node = async (
  folder: string,
  ...args: readonly string[]
): Promise<{ readonly ok: boolean; readonly out: string }> =>
  new Promise((resolve) => {
    const options = {
      cwd: folder,
      timeout: 240_000,
      killSignal: 'SIGKILL',
      maxBuffer: 64_000_000,
      env: { ...process.env, NO_COLOR: '1', CI: 'true' },
    } as const;
    execFile(process.execPath, args, options, (error, stdout, stderr) => {
      resolve({ ok: error === null, out: `${stdout}\n${stderr}` });
    });
  });

const simulate = async (folder: string, seeds: string): Promise<Caught | undefined> => {
  const { ok, out } = await node(folder, 'test/simulation/main.ts', '--seeds', seeds, '--workers', '1', '--quiet');
  if (ok) return undefined;
  const seed = /seed (\d+) fails/u.exec(out)?.[1];
  const what = [...new Set([...out.matchAll(/^ {2}(\w+):/gmu)].map(([, name = '']) => name))];
  const how = seed === undefined ? 'the run does not end' : `seed ${seed}: ${what.slice(0, 3).join(', ')}`;
  return { by: 'simulation', how };
};

const test = async (folder: string, files: readonly string[]): Promise<Caught | undefined> => {
  const args = ['run', '--bail=1', '--reporter=default', '--maxWorkers=1', ...files];
  const { ok, out } = await node(folder, 'node_modules/vitest/vitest.mjs', ...args);
  if (ok) return undefined;
  const [, name] = /FAIL\s+\S+ > ([^\n]*)/u.exec(out) ?? [];
  // Tests that cannot be run have caught nothing.
  if (name === undefined) throw new Error(`the tests did not run:\n${out.slice(-2000)}`);
  return { by: 'tests', how: name.slice(0, 120) };
};

const judge = async (mutant: Mutant): Promise<Caught | undefined> => {
  const folder = copyWith(mutant);
  try {
    return (await simulate(folder, FIRST)) ?? (await test(folder, mutant.tests)) ?? (await simulate(folder, THEN));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

const table = (rows: readonly (readonly [Mutant, Caught | undefined])[]): string =>
  [
    '# What catches a bug',
    '',
    `\`npm run simulate:mutants\` puts each of these bugs into a copy of the code and runs the simulation on it (seeds ${FIRST}),`,
    `the tests of what it is in where the simulation finds nothing, and seeds ${THEN} where they do not. It writes this page.`,
    '',
    '| the bug | where | caught by | how |',
    '| --- | --- | --- | --- |',
    ...rows.map(
      ([{ name, file }, caught]) =>
        `| ${name} | \`${file}\` | ${caught?.by ?? '**nothing**'} | ${(caught?.how ?? '').replaceAll('|', '\\|')} |`,
    ),
    '',
  ].join('\n');

const main = async (): Promise<number> => {
  const { values } = parseArgs({
    options: {
      only: { type: 'string' },
      quick: { type: 'boolean', default: false },
      part: { type: 'string', default: '1/1' },
      jobs: { type: 'string', default: '1' },
    },
  });
  const [part = 1, parts = 1] = values.part.split('/').map(Number);
  const chosen = mutants.filter(
    ({ name }, index) =>
      (values.only === undefined || name.includes(values.only)) &&
      (!values.quick || index % 8 === 0) &&
      index % parts === part - 1,
  );
  const left = [...chosen];
  const caught = new Map<Mutant, Caught | undefined>();
  const work = async (): Promise<void> => {
    for (let mutant = left.shift(); mutant !== undefined; mutant = left.shift()) {
      const by = await judge(mutant);
      caught.set(mutant, by);
      process.stdout.write(`${by === undefined ? 'NOT CAUGHT' : `${by.by}: ${by.how}`} | ${mutant.name}\n`);
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, Number(values.jobs)) }, work));
  const rows = chosen.map((mutant) => [mutant, caught.get(mutant)] as const);
  if (chosen.length === mutants.length) writeFileSync(join(ROOT, 'docs/mutants.md'), table(rows));
  const missed = rows.filter(([, by]) => by === undefined).length;
  process.stdout.write(`${String(rows.length)} bugs, ${String(rows.length - missed)} caught\n`);
  return missed === 0 ? 0 : 1;
};

process.exitCode = await main();
