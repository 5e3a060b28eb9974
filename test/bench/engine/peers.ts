import { Queue, Worker } from 'bullmq';
import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import PgBoss from 'pg-boss';
import type { Fired, OpenEngine } from './engine.ts';

const JOB = 'wake';

/** The servers under way: none outlives the bench. */
const servers = new Set<ChildProcess>();
process.once('exit', () => {
  for (const server of servers) server.kill('SIGKILL');
});

/** pg-boss on a PostgreSQL of its own, from Debian's package. @throws a plain sentence where it is not installed */
export const openPgBoss: OpenEngine = async (fired: Fired) => {
  const bin = postgresFolder();
  if (bin === undefined) throw new Error('PostgreSQL is not installed (apt-get install postgresql)');
  const data = mkdtempSync(join(tmpdir(), 'frist-postgres-'));
  const as = unprivileged(data);
  const port = await freePort();
  const made = spawnSync(join(bin, 'initdb'), ['-D', join(data, 'db'), '-A', 'trust', '-U', 'bench', '--no-sync'], as);
  if (made.status !== 0) throw new Error(`initdb failed: ${String(made.stderr)}`);
  const server = spawn(
    join(bin, 'postgres'),
    ['-D', join(data, 'db'), '-p', String(port), '-k', data, '-c', 'listen_addresses=127.0.0.1'],
    { ...as, stdio: 'ignore' },
  );
  servers.add(server);
  const connection = { host: '127.0.0.1', port, user: 'bench', database: 'postgres' };
  await until(async () => {
    const client = new pg.Client(connection);
    try {
      await client.connect();
    } finally {
      await client.end().catch(() => undefined);
    }
  });
  const boss = new PgBoss({ ...connection, max: 10 });
  boss.on('error', () => undefined);
  await boss.start();
  await boss.createQueue(JOB);
  await boss.work<{ id: string }>(JOB, { batchSize: 100, pollingIntervalSeconds: 0.5 }, async (jobs) => {
    for (const { data: sent } of jobs) fired(sent.id);
  });
  const ids = new Map<string, string>();
  const meter = new pg.Client(connection);
  await meter.connect();
  return {
    name: 'pg-boss on PostgreSQL',
    note: 'its worker looks every half second, the least it allows',
    arm: async (id, due) => {
      const job = await boss.sendAfter(JOB, { id }, {}, new Date(due));
      if (job !== null) ids.set(id, job);
    },
    moot: async (id) => boss.cancel(JOB, ids.get(id) ?? ''),
    requests: async () => {
      // PostgreSQL writes its statistics a little later.
      await wait(1500);
      const { rows } = await meter.query<{ n: string }>(
        'SELECT sum(xact_commit + xact_rollback) AS n FROM pg_stat_database',
      );
      return Number(rows[0]?.n);
    },
    memory: async () => memoryOf(server),
    stop: async () => {
      await meter.end();
      await boss.stop({ graceful: false, close: true, wait: true });
      await ended(server, 'SIGINT');
      rmSync(data, { recursive: true });
    },
  };
};

/** BullMQ on a Redis of its own, from Debian's package. @throws a plain sentence where it is not installed */
export const openBullMq: OpenEngine = async (fired: Fired) => {
  if (spawnSync('redis-server', ['--version']).status !== 0)
    throw new Error('Redis is not installed (apt-get install redis-server)');
  const data = mkdtempSync(join(tmpdir(), 'frist-redis-'));
  const port = await freePort();
  // What is armed must outlive a crash of the server, as at the others.
  const server = spawn(
    'redis-server',
    ['--port', String(port), '--bind', '127.0.0.1', '--dir', data, '--appendonly', 'yes', '--save', ''],
    { ...unprivileged(data), stdio: 'ignore' },
  );
  servers.add(server);
  const ask = (...words: string[]): string =>
    execFileSync('redis-cli', ['-p', String(port), ...words], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  await until(async () => {
    if (ask('ping').trim() !== 'PONG') throw new Error('not yet');
  });
  const connection = { host: '127.0.0.1', port, maxRetriesPerRequest: null };
  const queue = new Queue(JOB, { connection });
  const worker = new Worker(JOB, async (job) => fired(String(job.id)), { connection, concurrency: 50 });
  await worker.waitUntilReady();
  return {
    name: 'BullMQ on Redis',
    note: 'an append-only file, written through each second',
    arm: async (id, due) =>
      void (await queue.add(JOB, {}, { jobId: id, delay: due - Date.now(), removeOnComplete: true })),
    moot: async (id) => void (await queue.remove(id)),
    requests: async () => Number(/total_commands_processed:(\d+)/u.exec(ask('info', 'stats'))?.[1]),
    memory: async () => memoryOf(server),
    stop: async () => {
      await worker.close(true);
      await queue.close();
      await ended(server, 'SIGTERM');
      rmSync(data, { recursive: true });
    },
  };
};

const postgresFolder = (): string | undefined =>
  ['/usr/lib/postgresql']
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => readdirSync(folder).map((version) => join(folder, version, 'bin')))
    .toSorted()
    .findLast((folder) => existsSync(join(folder, 'postgres')));

/** PostgreSQL refuses to run as root, so root runs the servers as `nobody`, to whom the folder is given. */
const unprivileged = (folder: string): { uid?: number; gid?: number; cwd: string } => {
  if (process.getuid?.() !== 0) return { cwd: folder };
  const [uid = 0, gid = 0] = ['-u', '-g'].map((flag) => Number(execFileSync('id', [flag, 'nobody'])));
  chownSync(folder, uid, gid);
  return { uid, gid, cwd: folder };
};

const freePort = async (): Promise<number> => {
  const server = createServer();
  const { promise: listening, resolve } = Promise.withResolvers<void>();
  server.listen(0, '127.0.0.1', resolve);
  await listening;
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
};

const until = async (attempt: () => Promise<void>): Promise<void> => {
  for (let times = 0; ; times += 1) {
    try {
      await attempt();
      return;
    } catch (error) {
      if (times > 100) throw error;
      await wait(100);
    }
  }
};

/** The memory of a server and of all that it started, in MB, what they share counted once. */
const memoryOf = ({ pid }: ChildProcess): number => {
  const own = [String(pid), ...childrenOf(String(pid))];
  const kb = own.map((one) => {
    try {
      return Number(/^Pss:\s+(\d+)/mu.exec(readFileSync(`/proc/${one}/smaps_rollup`, 'utf8'))?.[1]);
    } catch {
      return 0;
    }
  });
  return kb.reduce((sum, one) => sum + one, 0) / 1000;
};

const childrenOf = (pid: string): string[] => {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ');
  return children.flatMap((child) => (child === '' ? [] : [child, ...childrenOf(child)]));
};

const ended = async (server: ChildProcess, signal: NodeJS.Signals): Promise<void> => {
  servers.delete(server);
  if (server.exitCode !== null) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  server.once('exit', () => resolve());
  server.kill(signal);
  await promise;
};
