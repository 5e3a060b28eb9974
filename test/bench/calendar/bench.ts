import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Temporal } from 'temporal-polyfill';
import { holidaysOf } from '../../../domain/calendar/holidays.ts';
import { formatDay } from '../../../domain/calendar/stockholm.ts';
import { summarize, type Bench } from '../figures.ts';
import { timeInTurns } from '../rounds.ts';
import type { Contender } from './contender.ts';
import { frist, handTunedTable, temporalLoop } from './own.ts';

const WEEKDAYS = 15;
const INSTANTS = 1000;

/** Ways to the end of the 15th weekday, against each other. */
export const calendarBench: Bench = {
  id: 'calendar',
  asks: `The end of the ${String(WEEKDAYS)}th weekday: instant in, instant out`,
  run: async (options) => {
    const { peers } = await importPeers();
    const contenders: Contender[] = [
      frist,
      handTunedTable(),
      ...peers(free),
      temporalLoop((date) => free.dates.has(date)),
    ];
    const instants = someInstants();
    const times = timeInTurns(
      contenders.map(({ name, prepare }) => ({ name, operations: INSTANTS, run: prepare(instants, WEEKDAYS) })),
      options,
    );
    const own = times.get(frist.name) ?? [];
    return contenders.map((contender) => {
      const rounds = times.get(contender.name) ?? [];
      const { median, spread } = summarize(rounds);
      // Each round is compared with Frist's own turn in it, so that both had the same machine.
      const ratio = summarize(rounds.map((ns, round) => ns / (own[round] ?? Number.NaN))).median;
      const right = golden.filter(({ from, weekdays, due }) => contender.answer(from, weekdays) === due).length;
      return {
        bench: 'calendar',
        name: contender.name,
        value: median,
        unit: 'ns',
        spread,
        ratio,
        golden: { right, of: golden.length },
        note: `${ratioWords(contender, ratio)}; ${String(right)} of ${String(golden.length)} golden cases right`,
      };
    });
  },
};

const ratioWords = ({ name }: Contender, ratio: number): string => {
  if (name === frist.name) return 'the measure';
  return ratio >= 1 ? `${ratio.toFixed(1)} times Frist's time` : `Frist takes ${(1 / ratio).toFixed(1)} times its time`;
};

/** The peers are installed on demand, so they are imported on demand too, by a path that is no import to a compiler. */
const importPeers = async (): Promise<{
  readonly peers: (holidays: typeof free) => Contender[];
}> => import(join(import.meta.dirname, 'peers.ts'));

const FREE_DAYS = Array.from({ length: 116 }, (_, index) => holidaysOf(1989 + index))
  .flat()
  .map(({ day }) => day);

/** Every holiday from 1989 to 2104: the golden cases lie well within. */
const free = { dates: new Set(FREE_DAYS.map(formatDay)), epochDays: new Set(FREE_DAYS) };

interface GoldenLine {
  readonly in: { readonly from: string; readonly within: { readonly amount: number; readonly unit: string } };
  readonly due: string;
}

/** The golden cases in weekdays, in milliseconds since the epoch. */
const golden = readFileSync(join(import.meta.dirname, '../../golden/due.jsonl'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as GoldenLine)
  .filter((line) => line.in.within.unit === 'weekdays')
  .map((line) => ({
    from: Temporal.Instant.from(line.in.from).epochMilliseconds,
    weekdays: line.in.within.amount,
    due: Temporal.Instant.from(line.due).epochMilliseconds,
  }));

/** Instants of the six years around now, in no order, the same ones in every run. */
const someInstants = (): number[] => {
  const from = Temporal.Instant.from('2024-01-01T00:00Z').epochMilliseconds;
  const to = Temporal.Instant.from('2030-01-01T00:00Z').epochMilliseconds;
  // Steps of the golden ratio cover a span evenly, without ever going through it in order.
  return Array.from({ length: INSTANTS }, (_, index) =>
    Math.floor(from + ((index * 0.618_033_988_749_895) % 1) * (to - from)),
  );
};
