import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const root = join(import.meta.dirname, '../..');

/** What pip installs: the emulator, and what it needs to check signed tokens. */
const PACKAGES = ['ministack==1.5.33', 'cryptography'];

/** An emulator of AWS on this machine. */
export interface Emulator {
  readonly endpoint: string;
  /** What points the AWS clients and the CDK at it. */
  readonly env: Readonly<Record<string, string>>;
  /** A folder that goes away with it. */
  readonly folder: string;
  readonly stop: () => Promise<void>;
}

/** Starts MiniStack on a free port, in a virtual environment of its own, which is made when there is none. */
export const startEmulator = async (): Promise<Emulator> => {
  const bin = await virtualEnvironment();
  // Functions run as files in here; beneath a package of ES modules they would be read as such.
  const folder = mkdtempSync(join(tmpdir(), 'frist-cloud-'));
  const port = await freePort();
  const endpoint = `http://127.0.0.1:${String(port)}`;
  // By its interpreter: what pip writes as a command names the folder that it was written in.
  const child = spawn(join(bin, 'python3'), ['-m', 'ministack'], {
    cwd: folder,
    detached: true,
    stdio: 'ignore',
    env: {
      // The functions run on the first `node` of the path, the project's own.
      PATH: `${join(root, 'node_modules/.bin')}:${process.env['PATH'] ?? ''}`,
      HOME: folder,
      TMPDIR: folder,
      BIND_HOST: '127.0.0.1',
      GATEWAY_PORT: String(port),
      MINISTACK_REGION: 'eu-north-1',
      IOT_MTLS_ENABLED: '0',
      SFTP_ENABLED: '0',
    },
  });
  const stop = async (): Promise<void> => {
    await killAll(child);
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    await ready(endpoint, child);
  } catch (error) {
    await stop();
    throw error;
  }
  const env = {
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: 'eu-north-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_EC2_METADATA_DISABLED: 'true',
    CDK_DISABLE_CLI_TELEMETRY: 'true',
  };
  return { endpoint, env, folder, stop };
};

const virtualEnvironment = async (): Promise<string> => {
  const folder = join(root, 'node_modules/.cache/frist-emulator');
  const bin = join(folder, 'bin');
  if (existsSync(join(bin, 'ministack'))) return bin;
  await run('python3', ['-m', 'venv', '--clear', folder]);
  await run(join(bin, 'pip'), ['install', '--quiet', '--disable-pip-version-check', ...PACKAGES]);
  return bin;
};

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
};

const ready = async (endpoint: string, child: ChildProcess): Promise<void> => {
  for (let tries = 0; tries < 300; tries += 1) {
    if (child.exitCode !== null) throw new Error(`the emulator ended with ${String(child.exitCode)}`);
    const answer = await fetch(`${endpoint}/_ministack/health`).catch(() => undefined);
    if (answer?.ok === true) return;
    await pause(100);
  }
  throw new Error('the emulator did not start within half a minute');
};

/** Ends it and the functions that it runs, which are its children. */
const killAll = async (child: ChildProcess): Promise<void> => {
  if (child.pid === undefined || child.exitCode !== null) return;
  const ended = once(child, 'exit');
  process.kill(-child.pid, 'SIGKILL');
  await ended;
};

/** Waits in real time, which an emulator of AWS keeps. */
export const pause = async (milliseconds: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });

/** Asks again and again until the answer is one to go on with. @throws what is asked for, when it does not come in time */
export const eventually = async <T>(what: string, ask: () => Promise<T | undefined>, seconds = 60): Promise<T> => {
  for (const end = performance.now() + seconds * 1000; performance.now() < end; await pause(500)) {
    const answer = await ask();
    if (answer !== undefined) return answer;
  }
  throw new Error(`${what}: not within ${String(seconds)} seconds`);
};
