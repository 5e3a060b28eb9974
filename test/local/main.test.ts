import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test, vi } from 'vitest';

const MAIN = fileURLToPath(new URL('../../infra/local/main.ts', import.meta.url));

/** Starts the program with these variables and collects what it writes. */
const run = (variables: Record<string, string>) => {
  const child = spawn(process.execPath, [MAIN], {
    env: {
      PATH: process.env['PATH'],
      PORT: '0',
      MAIL_PORT: '0',
      FRIST_DATA: ':memory:',
      FRIST_DEMO: '0',
      ...variables,
    },
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const written = { out: '', err: '' };
  const ready = Promise.withResolvers<string>();
  child.stdout.on('data', (chunk: Buffer) => {
    written.out += chunk.toString();
    if (written.out.includes('\n')) ready.resolve(written.out);
  });
  child.stderr.on('data', (chunk: Buffer) => (written.err += chunk.toString()));
  const ended = once(child, 'close').then(([code]) => code as number | null);
  const web = ready.promise.then((line) => (JSON.parse(line.slice('ready '.length)) as { web: string }).web);
  return { child, written, ready: ready.promise, web, ended };
};

test('prints the ready line alone on standard output, answers, and ends on SIGTERM', async () => {
  const { child, written, ready, ended } = run({ FRIST_NOW: '2026-12-21T08:00:00Z' });
  const [, json = ''] = /^ready (\{.*\})\n$/.exec(await ready) ?? [];
  const { web, mail } = JSON.parse(json) as { web: string; mail: string };

  expect(await (await fetch(`${web}/local/clock`)).json()).toEqual({ now: '2026-12-21T08:00:00Z' });
  expect((await fetch(mail)).status).toBe(200);
  expect((await fetch(`${web}/api/providers`)).status).toBe(401);
  expect((await fetch(`${web}/api/providers`, { headers: { authorization: 'Bearer local' } })).status).toBe(200);

  child.kill('SIGTERM');
  expect(await ended).toBe(0);
  expect(written).toEqual({ out: `ready ${json}\n`, err: '' });
});

test('npm start, asked to end, has ended the system when it ends itself', async () => {
  const npm = spawn('npm', ['start', '--silent'], {
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
    env: { ...process.env, PORT: '0', MAIL_PORT: '0', SMTP_PORT: '0', FRIST_DATA: ':memory:', FRIST_DEMO: '0' },
    stdio: ['ignore', 'pipe', 'ignore'],
    // A group of its own, so that what it leaves behind is ended with it.
    detached: true,
  });
  const { pid } = npm;
  if (pid === undefined) throw new Error('npm does not start');
  onTestFinished(() => {
    try {
      process.kill(-pid, 'SIGKILL');
    } catch {
      // Nobody is left.
    }
  });
  const ended = once(npm, 'exit');
  let out = '';
  npm.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  await vi.waitFor(() => expect(out).toContain('ready '), { timeout: 30_000, interval: 50 });
  const { web } = JSON.parse(/^ready (.*)$/mu.exec(out)?.[1] ?? '{}') as { web: string };
  expect((await fetch(`${web}/local/clock`)).status).toBe(200);

  npm.kill('SIGTERM');
  expect(await ended).toEqual([0, null]);
  await expect(fetch(`${web}/local/clock`)).rejects.toThrow('fetch failed');
});

test('keeps what it accepted, and the timers it armed, over a SIGKILL', async () => {
  const data = mkdtempSync(join(tmpdir(), 'frist-'));
  onTestFinished(() => rmSync(data, { recursive: true }));
  const variables = { FRIST_NOW: '2026-12-21T08:00:00Z', FRIST_DATA: data };
  const headers = { authorization: 'Bearer local', 'content-type': 'application/json' };
  const call = async (web: string, method: string, path: string, body?: object): Promise<unknown> => {
    const response = await fetch(web + path, { method, headers, ...(body && { body: JSON.stringify(body) }) });
    expect(response.ok).toBe(true);
    return response.json();
  };

  const first = run(variables);
  const before = await first.web;
  const provider = { name: 'Väst', mail: 'vast@example.org', kind: 'private', connected: false, services: ['service'] };
  await call(before, 'PUT', '/api/providers/vast', provider);
  await call(before, 'PUT', '/api/officers/anna', { name: 'Anna', mail: 'anna@example.org' });
  const order = (number: number): object => ({
    specversion: '1.0',
    id: String(number),
    source: '/test',
    type: 'se.frist.order.sent.v1',
    subject: `2026-${number}`,
    time: '2026-12-21T09:00:00+01:00',
    data: {
      order: `O-${number}`,
      service: 'service',
      provider: 'vast',
      officer: 'anna',
      period: { from: '2026-12-21' },
    },
  });
  await call(before, 'POST', '/api/facts', order(1));
  await call(before, 'POST', '/local/clock', { advance: 'PT1S' });
  await call(before, 'POST', '/api/facts', order(2));
  first.child.kill('SIGKILL');
  await first.ended;

  const after = await run(variables).web;
  await call(after, 'POST', '/local/clock', { advance: 'P3D' });
  for (const number of [1, 2]) {
    const { deadlines } = (await call(after, 'GET', `/api/cases/2026-${number}`)) as { deadlines: object[] };
    expect(deadlines).toContainEqual(expect.objectContaining({ rule: 'confirm', status: 'breached' }));
    const { journal } = (await call(after, 'GET', `/api/cases/2026-${number}/journal`)) as {
      journal: { type: string }[];
    };
    expect(journal.filter(({ type }) => type === 'se.frist.deadline.breached.v1')).toHaveLength(1);
  }
});

test('says which settings are wrong and exits 1', async () => {
  const { written, ended } = run({ PORT: 'http', FRIST_NOW: 'soon' });
  expect(await ended).toBe(1);
  expect(written.out).toBe('');
  expect(written.err).toMatch(/^PORT must be .*\nFRIST_NOW must be .*\n$/);
});

/** A folder of its own, which is gone when the test is over. */
const newFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'frist-'));
  onTestFinished(() => {
    chmodSync(folder, 0o755);
    rmSync(folder, { recursive: true });
  });
  return folder;
};

/** A data folder that nothing can be kept in. */
const UNUSABLE: Readonly<Record<string, (folder: string) => string>> = {
  'lies where there can be none': () => '/proc/x',
  'is a file': (folder) => {
    writeFileSync(join(folder, 'file'), '');
    return join(folder, 'file');
  },
  'lies below a file': (folder) => {
    writeFileSync(join(folder, 'file'), '');
    return join(folder, 'file', 'data');
  },
  'holds no store, but something by its name': (folder) => {
    writeFileSync(join(folder, 'local.sqlite'), 'something else');
    return folder;
  },
  'holds a table that cannot be read': (folder) => {
    mkdirSync(join(folder, 'dynamo'));
    writeFileSync(join(folder, 'dynamo', 'CURRENT'), 'something else');
    return folder;
  },
};

test.each(Object.entries(UNUSABLE))('says that the data folder %s and exits 1', async (_, make) => {
  const data = make(newFolder());
  const { written, ended } = run({ FRIST_DATA: data });
  expect(await ended).toBe(1);
  expect(written.out).toBe('');
  expect(written.err.split('\n')).toEqual([
    expect.stringMatching(/^The data folder .* cannot be used: .*\. Choose another with FRIST_DATA\.$/u),
    '',
  ]);
  expect(written.err).toContain(data);
});

// Root may write anywhere.
test.skipIf(process.getuid?.() === 0)('says that the data folder may not be written in and exits 1', async () => {
  const data = newFolder();
  chmodSync(data, 0o555);
  const { written, ended } = run({ FRIST_DATA: data });
  expect(await ended).toBe(1);
  expect(written.err).toContain(`The data folder ${data} cannot be used: Error: EACCES`);
});

test('says that another system is at work in the data folder and exits 1, and the other goes on', async () => {
  const data = newFolder();
  const first = run({ FRIST_DATA: data });
  const web = await first.web;
  const { written, ended } = run({ FRIST_DATA: data });
  expect(await ended).toBe(1);
  expect(written.err).toBe(
    `The data folder ${data} cannot be used: another system is at work in it. Choose another with FRIST_DATA.\n`,
  );
  expect((await fetch(`${web}/local/clock`)).status).toBe(200);
});

test('says that a port is in use and exits 1', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => void other.close());
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;
  for (const name of ['PORT', 'MAIL_PORT', 'SMTP_PORT']) {
    const { written, ended } = run({ [name]: String(port) });
    expect(await ended).toBe(1);
    expect(written.err).toMatch(`Port ${port} is in use`);
  }
});
