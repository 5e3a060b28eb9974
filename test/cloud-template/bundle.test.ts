import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { SourceMap, type SourceMapPayload } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Metafile } from 'esbuild';
import { afterAll, afterEach, describe, expect, it, test, vi } from 'vitest';
import { bundle, overBudget, table, weigh } from '../../infra/cloud/bundle.ts';
import { choiceErrors, readMunicipality, readRoutines } from '../../infra/cloud/municipality.ts';
import { defaultProvider } from '../../infra/cloud/stand-ins/credentials.ts';

const imports = (...paths: string[]) => ({
  bytes: 0,
  imports: paths.map((path) => ({ path, kind: 'import-statement' as const })),
});
const given: Metafile = {
  inputs: {
    'functions/send-mail/index.ts': imports('domain/case/decide.ts', 'node_modules/aws/index.js'),
    'domain/case/decide.ts': imports('events/catalogue.ts', 'node_modules/temporal/index.js'),
    'events/catalogue.ts': imports('node_modules/zod/index.js'),
    'node_modules/zod/index.js': imports(),
    'node_modules/temporal/index.js': imports('node_modules/temporal/inner.js'),
    'node_modules/temporal/inner.js': imports(),
    'node_modules/aws/index.js': imports('node_modules/zod/index.js'),
  },
  outputs: {
    'dist/send-mail.mjs.map': { bytes: 999_999, inputs: {}, imports: [], exports: [] },
    'dist/send-mail.mjs': {
      bytes: 400_000,
      imports: [],
      exports: [],
      inputs: {
        'functions/send-mail/index.ts': { bytesInOutput: 9000 },
        'domain/case/decide.ts': { bytesInOutput: 30_000 },
        'events/catalogue.ts': { bytesInOutput: 20_000 },
        'node_modules/zod/index.js': { bytesInOutput: 25_000 },
        'node_modules/temporal/index.js': { bytesInOutput: 7000 },
        'node_modules/temporal/inner.js': { bytesInOutput: 50_000 },
        'node_modules/aws/index.js': { bytesInOutput: 259_000 },
      },
    },
  },
};

describe("a bundle's weight", () => {
  it('is that of the code, and tells what domain and events are and bring with them', () => {
    expect(weigh(given)).toEqual([{ name: 'send-mail', bytes: 400_000, coreBytes: 132_000 }]);
  });

  it('is printed beside the budget', () => {
    expect(table(weigh(given))).toMatch(/send-mail +400\.0 +\d+ +132\.0 +\d+$/u);
  });

  it('passes within the budget', () => {
    expect(overBudget(weigh(given), { functionKb: 400, coreKb: 132, functions: {} })).toEqual([]);
  });

  it.each([
    [{ functionKb: 399, coreKb: 150, functions: {} }, 'send-mail weighs 400.0 KB, more than the 399 KB it may'],
    [
      { functionKb: 500, coreKb: 150, functions: { 'send-mail': 300 } },
      'send-mail weighs 400.0 KB, more than the 300 KB it may',
    ],
    [
      { functionKb: 500, coreKb: 131, functions: {} },
      'domain and events bring 132.0 KB into send-mail, more than the 131 KB they may',
    ],
  ])('is refused over the budget %o', (limits, complaint) => {
    expect(overBudget(weigh(given), limits)).toEqual([complaint]);
  });
});

describe('bundling', () => {
  const root = mkdtempSync(join(tmpdir(), 'frist-bundle-'));
  afterAll(() => rmSync(root, { recursive: true }));

  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };

  it('makes one ES module of a function and all that it imports, its map beside what is deployed', async () => {
    write('domain/greeting.ts', `export const greeting: string = 'hej';`);
    write('functions/greet/index.ts', `export { greeting } from '../../domain/greeting.ts';`);
    const out = join(root, 'dist');
    write('dist/old/index.mjs', '');

    const [weight] = await bundle(['greet'], { root, out });

    expect(weight).toMatchObject({ name: 'greet', bytes: expect.any(Number), coreBytes: expect.any(Number) });
    expect(readdirSync(out).toSorted()).toEqual(['greet', 'maps']);
    expect(readdirSync(join(out, 'greet'))).toEqual(['index.mjs']);
    expect(readFileSync(join(out, 'greet/index.mjs'), 'utf8')).toMatch(/"hej".*export/u);
  });

  it('leads from what is deployed to the line of the source, through both minifiers', async () => {
    const lines = ['interface Asked { readonly given?: string }', '', '// A line that is not deployed.'];
    const last =
      "export const answer = ({ given }: Asked): string => { if (given === undefined) throw new Error('lost'); return given; };";
    write('domain/answer.ts', [...lines, last].join('\n'));
    write(
      'functions/map/index.ts',
      `import { answer } from '../../domain/answer.ts'; export const handler = (): string => answer({});`,
    );
    const out = join(root, 'dist');
    await bundle(['map'], { root, out });

    const path = join(out, 'map/index.mjs');
    const map = new SourceMap(JSON.parse(readFileSync(join(out, 'maps/map.mjs.map'), 'utf8')) as SourceMapPayload);
    const { handler } = (await import(/* @vite-ignore */ pathToFileURL(path).href)) as { handler: () => string };
    let stack = '';
    try {
      handler();
    } catch (error) {
      stack = (error as Error).stack ?? '';
    }
    const [, line, column] = /index\.mjs\S*:(\d+):(\d+)/u.exec(stack) ?? [];
    const found = map.findEntry(Number(line) - 1, Number(column) - 1);
    expect(found).toMatchObject({ originalSource: expect.stringMatching(/domain\/answer\.ts$/u), originalLine: 3 });
  });

  it('leaves out the words of the routines and where they come from, but for the function that tells them', async () => {
    const one = { id: 'one', source: { title: 'Rutin' }, rules: [{ words: 'snarast' }] };
    write('domain/routine/routines/one.json', JSON.stringify(one));
    const index = `export { default } from '../../domain/routine/routines/one.json' with { type: 'json' };`;
    for (const name of ['greet', 'show-routines']) write(`functions/${name}/index.ts`, index);
    const out = join(root, 'dist');
    const weights = await bundle(['show-routines', 'greet'], { root, out });

    const told = (name: string): boolean[] =>
      ['snarast', 'Rutin'].map((words) => readFileSync(join(out, name, 'index.mjs'), 'utf8').includes(words));
    expect([told('greet'), told('show-routines')]).toEqual([
      [false, false],
      [true, true],
    ]);
    expect(weights.map(({ name }) => name)).toEqual(['greet', 'show-routines']);
  });

  it.each([
    ['ladder', 'routine.rules.map((rule) => rule.ladder)'],
    ['ladder', 'routine.rules.map(({ ladder: its }) => its)'],
    ['source', 'routine.source.reviewedOn'],
  ])('refuses a function that asks a routine for what is left out, its %s: %s', async (key, asked) => {
    write('domain/routine/routines/one.json', JSON.stringify({ id: 'one', source: {}, rules: [{ ladder: {} }] }));
    write(
      'functions/ask/index.ts',
      `import routine from '../../domain/routine/routines/one.json' with { type: 'json' };
      export const told = () => ${asked};`,
    );
    await expect(bundle(['ask'], { root, out: join(root, 'dist') })).rejects.toThrow(`asks a routine for its ${key}`);
  });

  it('refuses a package that would look for others when it runs', async () => {
    write('old-package.cjs', `module.exports = require('node:fs');`);
    write('functions/fail/index.ts', `export * from '../../old-package.cjs';`);
    await expect(bundle(['fail'], { root, out: join(root, 'dist') })).rejects.toThrow(/fail: .*require/u);
  });
});

describe('the credentials of a bundle', () => {
  afterEach(() => vi.unstubAllEnvs());

  it('are those that Lambda puts in the environment', async () => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'id');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'key');
    vi.stubEnv('AWS_SESSION_TOKEN', 'session');
    await expect(defaultProvider()()).resolves.toEqual({
      accessKeyId: 'id',
      secretAccessKey: 'key',
      sessionToken: 'session',
    });
  });

  it('are looked for nowhere else', async () => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', undefined);
    await expect(defaultProvider()()).rejects.toThrow('no AWS credentials');
  });
});

describe("municipalities' files", () => {
  const ids = readdirSync('infra/municipalities').map((file) => file.replace(/\.json$/u, ''));

  it.each(ids)('%s can be deployed', (id) => {
    expect(readMunicipality(id).id).toBe(id);
  });

  const uses = (parameters: Parameters<typeof choiceErrors>[0]['parameters'], routine = 'ledsagning') =>
    choiceErrors({ routines: { companion: routine }, parameters }, readRoutines());

  test('S5: one that uses a routine with no more than an example of a limit is refused, naming the limit', () => {
    expect(uses({ ledsagning: { startWithin: { amount: 14, unit: 'days' } } })).toEqual([]);
    expect(uses(undefined)).toEqual([
      'parameters.ledsagning.startWithin: is missing. The routine holds only an example of it',
    ]);
  });

  test('so is one that names a routine or a limit that there is not', () => {
    expect(uses(undefined, 'ledsagningen')).toEqual(['routines.companion: there is no routine ledsagningen']);
    const startWithin = { amount: 14, unit: 'days' } as const;
    expect(uses({ ledsagning: { startWithin, endWithin: startWithin }, nowhere: { startWithin } })).toEqual([
      'parameters.ledsagning.endWithin: there is no such parameter',
      'parameters.nowhere.startWithin: there is no such parameter',
    ]);
  });

  test('one that is not there is an error', () => {
    expect(() => readMunicipality('ingenstans')).toThrow(/ENOENT/u);
  });
});
