import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { say, type Bench, type Figure } from '../figures.ts';
import type { Found } from './run.ts';

/** The whole local system under orders. Its servers are stand-ins for AWS: it compares one version with the next. */
export const systemBench: Bench = {
  id: 'system',
  asks: 'The local system, all in memory: orders by POST /api/facts, eight senders at once, beside 1, 100 and 10,000 open cases',
  run: async ({ quick }) =>
    (quick ? [1] : [1, 100, 10_000]).flatMap((open) => {
      const { orders, ordersPerSecond, settledPerSecond, cpuMs, alone, loaded } = run(
        quick ? [open, 5, 20] : [open, 50, 1500],
      );
      const figure = (name: string, value: number, unit: string, note?: string): Figure => ({
        bench: 'system',
        name: `${say(open)} open: ${name}`,
        value,
        unit,
        ...(note !== undefined && { note }),
      });
      return [
        figure('orders to the journal', ordersPerSecond, 'orders/s', `${String(orders)} orders`),
        figure('orders until all has settled', settledPerSecond, 'orders/s', 'mail, schedule and watch list too'),
        figure('CPU for an order', cpuMs, 'ms', 'of all threads, the stand-ins for AWS among them'),
        figure('mail after its order, p50', alone.p50, 'ms', 'one order at a time'),
        figure('mail after its order, p99', alone.p99, 'ms'),
        figure('mail after its order, p50, loaded', loaded.p50, 'ms', 'all orders at once'),
        figure('mail after its order, p99, loaded', loaded.p99, 'ms'),
      ];
    }),
};

/** In a process of its own, whose log is shown only when it fails. */
const run = (sizes: readonly [open: number, alone: number, loaded: number]): Found => {
  const script = join(import.meta.dirname, 'run.ts');
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...sizes.map(String)], {
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    timeout: 300_000,
  });
  if (status !== 0) throw new Error(`the local system failed:\n${stderr.trim().split('\n').slice(-20).join('\n')}`);
  return JSON.parse(stdout) as Found;
};
