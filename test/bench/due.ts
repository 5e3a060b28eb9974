import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { Temporal } from 'temporal-polyfill';
import { summarize, type Bench } from './figures.ts';

/** `frist due` on very many lines, as a whole process. */
export const dueBench: Bench = {
  id: 'due',
  asks: '`frist due` on 100,000 lines of weekdays, hours and months',
  run: async ({ quick }) => {
    const lines = quick ? 2000 : 100_000;
    const rounds = quick ? 2 : 5;
    const [one, all] = [inputOf(1), inputOf(lines)];
    const startUps: number[] = [];
    const beyond: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const startUp = await secondsFor(one);
      startUps.push(startUp);
      beyond.push((await secondsFor(all)) - startUp);
    }
    const start = summarize(startUps);
    const rest = summarize(beyond);
    return [
      { bench: 'due', name: 'start-up', value: start.median, unit: 's', spread: start.spread, note: 'one line' },
      {
        bench: 'due',
        name: `${lines.toLocaleString('en')} lines beyond start-up`,
        value: rest.median,
        unit: 's',
        spread: rest.spread,
        note: `${((rest.median * 1e6) / lines).toFixed(1)} µs a line`,
      },
    ];
  },
};

const LIMITS = [
  { within: { amount: 15, unit: 'weekdays' } },
  { within: { amount: 24, unit: 'hours' }, cutoff: { after: '14:00', resume: '07:00' } },
  { within: { amount: 3, unit: 'months' } },
];

/** Limits from every tenth of an hour on, in turn. */
const inputOf = (lines: number): string => {
  const first = Temporal.Instant.from('2026-01-01T00:00:00Z');
  return Array.from({ length: lines }, (_, index) => {
    const from = first.add({ minutes: 6 * index }).toString();
    return `${JSON.stringify({ from, ...LIMITS[index % LIMITS.length] })}\n`;
  }).join('');
};

/** Seconds from start to end of the process. @throws when it fails */
const secondsFor = async (input: string): Promise<number> => {
  const began = performance.now();
  const child = spawn(process.execPath, [join(import.meta.dirname, '../../infra/cli/main.ts'), 'due'], {
    stdio: ['pipe', 'ignore', 'inherit'],
  });
  child.stdin.end(input);
  const [status] = (await once(child, 'close')) as [number | null];
  if (status !== 0) throw new Error(`frist due ended with ${String(status)}`);
  return (performance.now() - began) / 1000;
};
