/**
 * A weekday of one cell, second by second: which quota and which key of the table is asked how much at its busiest, for one
 * municipality, for all 290 in one cell, and for a thousand times that. Prints the table of docs/scale.md:
 *
 *     node test/bench/scale/simulate.ts
 */

import ledger from '../cost/ledger.json' with { type: 'json' };
import { randomFrom, poisson } from './random.ts';

const YEAR_OF_ALL = 25_000_000;
const WEEKDAYS = 250;
const DAY = 86_400;

/** What an order brings in its life, from the ledger: the same counts that a test holds the program to. */
const FACTS = Object.values(ledger.facts).reduce((sum, times) => sum + times, 0);
const { counts } = ledger;
const EVENTS = counts['EventBridge event'];
const MAILS = counts['SES SendEmail'];
const WAKES = counts['Scheduler invocation'];
const INVOCATIONS = Object.entries(counts).reduce(
  (sum, [what, times]) => (what.startsWith('Lambda') ? sum + times : sum),
  0,
);
/** Each row of the watch list is written under `open`, and taken away from there when its limit is met or passes. */
const ROWS = counts['DynamoDB write unit, index open'];

const SECONDS_AN_INVOCATION = 0.08;

/** How much of a day's orders an hour brings: office hours, most before noon. */
const HOURS = [
  0, 0, 0, 0, 0, 0, 0.01, 0.06, 0.14, 0.16, 0.14, 0.1, 0.06, 0.11, 0.1, 0.07, 0.04, 0.01, 0, 0, 0, 0, 0, 0,
];

/** The operational system may send what has gathered over night at once: so much of a day, within so many seconds from eight. */
const BURST = { share: 0.2, seconds: 300, at: 8 * 3600 };

/** Most limits end at midnight: of the wakes of a day's orders so many then, spread over two minutes. */
const MIDNIGHT = { wakes: 1, seconds: 120 };

interface Busiest {
  readonly [what: string]: number;
}

const dayOf = (ordersADay: number, seed: number): Busiest => {
  const random = randomFrom(seed);
  const busiest: Record<string, number> = {};
  const see = (what: string, amount: number): void => {
    busiest[what] = Math.max(busiest[what] ?? 0, amount);
  };
  // Ten seconds at a time: that is how long the queues even out what comes.
  const STEP = 10;
  for (let second = 0; second < DAY; second += STEP) {
    const hour = Math.floor(second / 3600);
    const steady = ((1 - BURST.share) * ordersADay * (HOURS[hour] ?? 0)) / 3600;
    const inBurst = second >= BURST.at && second < BURST.at + BURST.seconds;
    const rate = steady + (inBurst ? (BURST.share * ordersADay) / BURST.seconds : 0);
    const orders = poisson(rate * STEP, random) / STEP;
    const atMidnight = second < MIDNIGHT.seconds ? (MIDNIGHT.wakes * ordersADay) / MIDNIGHT.seconds : 0;
    const wakes = poisson(atMidnight * STEP, random) / STEP + orders * (WAKES - MIDNIGHT.wakes);
    see('PutEvents entries', orders * EVENTS);
    see('CreateSchedule', orders * WAKES);
    see('schedules firing', wakes);
    see('mails', orders * MAILS);
    see('functions at once', (orders * INVOCATIONS + wakes) * SECONDS_AN_INVOCATION);
    see('writes to the index key `open`', orders * ROWS * 2);
    // A case is one key of the journal, and its facts come over weeks: the most in a second is a batch of ten.
    see('writes to one case', Math.min(FACTS, 10));
  }
  return { ...busiest, 'schedules waiting': ordersADay * 30 * 2 };
};

/** Quotas of a small region as a new account has them; those of SES and Lambda are raised on request. */
const QUOTAS: Readonly<Record<string, number>> = {
  'PutEvents entries': 600,
  CreateSchedule: 250,
  'schedules firing': 500,
  'schedules waiting': 10_000_000,
  mails: 14,
  'functions at once': 1000,
  'writes to the index key `open`': 1000,
  'writes to one case': 1000,
};

const SCALES = [
  ['one municipality', YEAR_OF_ALL / 290],
  ['all 290 in one cell', YEAR_OF_ALL],
  ['a thousand times that', YEAR_OF_ALL * 1000],
] as const;

const say = (value: number): string => value.toLocaleString('en', { maximumSignificantDigits: 2 });

const main = (): void => {
  const days = SCALES.map(([, year]) => dayOf(year / WEEKDAYS, 7));
  const rows = Object.entries(QUOTAS).map(([what, quota]) => [
    what,
    ...days.map((day) => `${say(day[what] ?? 0)} (${say((100 * (day[what] ?? 0)) / quota)} %)`),
    say(quota),
  ]);
  const head = ['a second, at the busiest', ...SCALES.map(([name]) => name), 'quota'];
  console.log(
    [head, head.map((_, index) => (index === 0 ? '---' : '---:')), ...rows]
      .map((cells) => `| ${cells.join(' | ')} |`)
      .join('\n'),
  );
};

main();
