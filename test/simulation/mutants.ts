import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { mutants, type Mutant } from './mutants-list.ts';

/*
 * `npm run simulate:mutants`: does the simulation see what it is there to see? Each seeded bug is put into a copy of the code,
 * the simulation is run on it, then, where that holds, the tests. Which caught what is written to docs/mutants.md; 1 when
 * something caught nothing.
 */

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const ROOMS = ['domain', 'events', 'functions', 'infra', 'test', 'package.json', 'tsconfig.json', 'vitest.config.ts'];

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

const node = (folder: string, ...args: readonly string[]): { readonly status: number | null; readonly out: string } => {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: folder,
    encoding: 'utf8',
    timeout: 240_000,
    maxBuffer: 64_000_000,
    env: { ...process.env, NO_COLOR: '1', CI: 'true' },
  });
  return { status, out: `${stdout}\n${stderr}` };
};

const judge = (mutant: Mutant, seeds: string): Caught | undefined => {
  const folder = copyWith(mutant);
  try {
    const simulated = node(folder, 'test/simulation/main.ts', '--seeds', seeds, '--quiet');
    if (simulated.status !== 0) {
      const seed = /seed (\d+) fails/u.exec(simulated.out)?.[1];
      const what = [...new Set([...simulated.out.matchAll(/^ {2}(\w+):/gmu)].map(([, name = '']) => name))];
      return {
        by: 'simulation',
        how: seed === undefined ? 'the run does not end' : `seed ${seed}: ${what.slice(0, 3).join(', ')}`,
      };
    }
    const tested = node(
      folder,
      'node_modules/vitest/vitest.mjs',
      'run',
      '--bail=1',
      '--reporter=default',
      ...mutant.tests,
    );
    if (tested.status === 0) return undefined;
    const [, test = 'a test'] = /FAIL\s+\S+ > ([^\n]*)/u.exec(tested.out) ?? [];
    return { by: 'tests', how: test.slice(0, 120) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

const table = (rows: readonly (readonly [Mutant, Caught | undefined])[], seeds: string): string =>
  [
    '# What catches a bug',
    '',
    '`npm run simulate:mutants` puts each of these bugs into a copy of the code and runs the simulation on it',
    `(\`--seeds ${seeds}\`), and the tests where the simulation finds nothing. It writes this page.`,
    '',
    '| the bug | where | caught by | how |',
    '| --- | --- | --- | --- |',
    ...rows.map(
      ([{ name, file }, caught]) =>
        `| ${name} | \`${file}\` | ${caught?.by ?? '**nothing**'} | ${(caught?.how ?? '').replaceAll('|', '\\|')} |`,
    ),
    '',
  ].join('\n');

const main = (): number => {
  const { values } = parseArgs({
    options: {
      seeds: { type: 'string', default: '1..40' },
      only: { type: 'string' },
      quick: { type: 'boolean', default: false },
    },
  });
  const chosen = mutants.filter(
    ({ name }, index) =>
      (values.only === undefined || name.includes(values.only)) && (!values.quick || index % 8 === 0),
  );
  const rows: (readonly [Mutant, Caught | undefined])[] = [];
  for (const mutant of chosen) {
    const caught = judge(mutant, values.seeds);
    process.stdout.write(`${caught === undefined ? 'NOT CAUGHT' : `${caught.by}: ${caught.how}`} | ${mutant.name}\n`);
    rows.push([mutant, caught]);
    if (values.only === undefined && !values.quick)
      writeFileSync(join(ROOT, 'docs/mutants.md'), table(rows, values.seeds));
  }
  const missed = rows.filter(([, caught]) => caught === undefined).length;
  process.stdout.write(`${String(rows.length)} bugs, ${String(rows.length - missed)} caught\n`);
  return missed === 0 ? 0 : 1;
};

process.exitCode = main();
