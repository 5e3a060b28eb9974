/**
 * Writes `docs/cost.md`: what a municipality's cell costs a month, from the ledger of an order's life, the template that is
 * deployed, and dated prices.
 *
 *     node test/bench/cost/page.ts
 */

import { writeFileSync } from 'node:fs';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Code } from 'aws-cdk-lib/aws-lambda';
import cdk from '../../../cdk.json' with { type: 'json' };
import { LOG_CODES } from '../../../functions/shared/log.ts';
import { embedded } from '../../../functions/shared/metrics.ts';
import { readMunicipality } from '../../../infra/cloud/municipality.ts';
import { Cell } from '../../../infra/cloud/stack.ts';
import ledger from './ledger.json' with { type: 'json' };
import { priced, usdFor } from './ledger.ts';
import monthly from './monthly.json' with { type: 'json' };
import prices from './prices.json' with { type: 'json' };

export const PAGE = new URL('../../../docs/cost.md', import.meta.url);

/** A size of municipality: how many orders a month, and how many watch lists are open all day. */
interface Size {
  readonly orders: number;
  readonly lists: number;
}

/** A small municipality, the middle one (`docs/scale.md`), and one of the largest. */
const SIZES: readonly Size[] = [
  { orders: 1000, lists: 5 },
  { orders: 7000, lists: 25 },
  { orders: 30_000, lists: 100 },
];

/** What no count says and somebody has to suppose. */
const SUPPOSED = {
  /** An open watch list asks each fifteen seconds, six hours of 21 days. */
  asksOfList: 4 * 60 * 6 * 21,
  /** What one asking reads: four queries of a few rows (`npm run bench -- watch`). */
  readUnitsOfAsking: 4,
  /** A line or two of ours, and Lambda's own at the start and the end. */
  logBytesOfCall: 1200,
  /** 53 items, as the local system's table had them after one order's life, and their copies in the indexes. */
  tableBytesOfOrder: 30_000,
  /** The facts of those that came in, in EventBridge's envelope. */
  archiveBytesOfOrder: 6000,
  /** Years until a case is erased. */
  years: 5,
  logMonths: 13,
  /** Warm copies of functions that read keys, each twice in five minutes, eight hours of 21 days. */
  keyReaders: 4,
  /** Bytes of an answer through CloudFront. */
  answerBytes: 4000,
  /** Lambda polls an idle queue with so many pollers, each asking for twenty seconds. */
  pollers: 5,
} as const;

interface Line {
  readonly what: string;
  readonly usd: number;
  readonly note: string;
}

const HOURS = 730;
const GB = 1e9;

/** How many resources of each type a municipality's cell has, with an issuer of its own and replies by mail. */
const counted = (): ((type: string) => number) => {
  const app = new App({ context: cdk.context, builtinCloudFormationValidation: false });
  const cell = new Cell(app, readMunicipality('exempelkommun'), () => Code.fromInline('exports.handler = () => {}'));
  const { Resources } = Template.fromStack(cell).toJSON() as { Resources: Record<string, { Type: string }> };
  const counts = new Map<string, number>();
  for (const { Type } of Object.values(Resources)) counts.set(Type, (counts.get(Type) ?? 0) + 1);
  return (type) => counts.get(type) ?? 0;
};

/** How many metrics the functions count. */
const metricsCounted = (): number => {
  const ids = { type: 'se.frist.deadline.breached.v1', late: 1 };
  const lines = Object.keys(LOG_CODES).map((code) => embedded(code, ids, 'any', 0));
  return new Set(lines.flatMap((line) => Object.keys(line)).filter((key) => /^[A-Z]/u.test(key))).size;
};

/** What is paid for when nobody uses it. */
const idle = (): Line[] => {
  const count = counted();
  const [keys, secrets, alarms, queues] = [
    'AWS::KMS::Key',
    'AWS::SecretsManager::Secret',
    'AWS::CloudWatch::Alarm',
    'AWS::Lambda::EventSourceMapping',
  ].map(count) as [number, number, number, number];
  const metrics = metricsCounted();
  const asks = queues * SUPPOSED.pollers * 3 * 60 * HOURS;
  const rounds = HOURS * 3 + 30 * 4;
  return [
    { what: 'Alarms', usd: alarms * monthly.month.alarm, note: `${String(alarms)}, ten of an account are free` },
    {
      what: 'Queues that are asked while they are empty',
      usd: (asks * prices.million['SQS request']) / 1e6,
      note: `${String(queues)} queues, ${String(SUPPOSED.pollers)} pollers each, three asks a minute: ${millions(asks)} million; a million of an account is free`,
    },
    {
      what: 'KMS keys',
      usd: keys * monthly.month['KMS key'],
      note: `${String(keys)}; each year's rotation adds one, twice`,
    },
    { what: 'Dashboard', usd: monthly.month.dashboard, note: 'three of an account are free' },
    {
      what: 'Metrics',
      usd: metrics * monthly.month.metric,
      note: `${String(metrics)}, by the hours in which they say something: this is all of them`,
    },
    { what: 'Secrets', usd: secrets * monthly.month.secret, note: String(secrets) },
    {
      what: 'Rounds: the canary, the sweep, the nights',
      usd:
        (rounds *
          (prices.million['Lambda invocation'] +
            3 * prices.million['SQS request'] +
            prices.million['Scheduler invocation'])) /
        1e6,
      note: `${String(rounds)} calls`,
    },
  ];
};

const sum = (lines: readonly Line[]): number => lines.reduce((total, { usd }) => total + usd, 0);

const invocations = (orders: number): number =>
  orders *
  Object.entries<number>(ledger.counts).reduce(
    (total, [what, times]) => (what.startsWith('Lambda invocation') ? total + times : total),
    0,
  );

/** What is paid for because of the orders and of those who look at them. */
const inUse = ({ orders, lists }: Size): Line[] => {
  const share = orders / 100_000;
  const lines = priced(ledger.counts, 1);
  const mail = lines.filter(({ what }) => what === 'SES mail').reduce((total, { usd }) => total + usd, 0) * share;
  const rest = lines.filter(({ what }) => what !== 'SES mail').reduce((total, { usd }) => total + usd, 0) * share;
  const asks = lists * SUPPOSED.asksOfList;
  const watched =
    usdFor('API Gateway request', 1) +
    usdFor('Lambda invocation', 1) +
    usdFor('Lambda GB-second', (prices.assumed.lambdaMsAnInvocation * prices.assumed.lambdaGb) / 1000) +
    usdFor('DynamoDB read unit', SUPPOSED.readUnitsOfAsking);
  const calls = invocations(orders) + asks;
  const logs = (calls * SUPPOSED.logBytesOfCall) / GB;
  const kept = (orders * 12 * SUPPOSED.years * SUPPOSED.tableBytesOfOrder) / GB;
  const archive = (orders * SUPPOSED.archiveBytesOfOrder) / GB;
  const keyCalls = SUPPOSED.keyReaders * 2 * 12 * 8 * 21;
  return [
    { what: 'Mail', usd: mail, note: 'SES, the plan without extras' },
    { what: 'The life of the orders', usd: rest, note: 'doors, bus, queues, functions, table, schedules' },
    {
      what: 'Open watch lists',
      usd: (asks * watched) / 100_000,
      note: `${String(lists)}, ${millions(asks)} million asks`,
    },
    {
      what: 'Logs',
      usd: logs * (monthly.gigabyte['logs written'] + SUPPOSED.logMonths * monthly.gigabyte['logs kept, a month']),
      note: `${gigabytes(logs)} a month, kept ${String(SUPPOSED.logMonths)} months`,
    },
    {
      what: 'Table and its continuous backup, after five years',
      usd: kept * (monthly.gigabyte['table kept, a month'] + monthly.gigabyte["table's continuous backup, a month"]),
      note: gigabytes(kept),
    },
    {
      what: 'Archive of what came in',
      usd: archive * (monthly.gigabyte['archive written'] + monthly.gigabyte['archive kept, a month']),
      note: `${gigabytes(archive)} a month, for 35 days`,
    },
    {
      what: 'Reading keys',
      usd: (keyCalls * (monthly.million['Secrets Manager call'] + monthly.million['KMS call'])) / 1e6,
      note: `${String(keyCalls)} calls`,
    },
  ];
};

/** What a firewall adds (`waf` in the municipality's file). */
const firewall = ({ orders, lists }: Size): number => {
  const requests = lists * SUPPOSED.asksOfList + orders * ledger.counts['API Gateway request'];
  const fixed =
    monthly.month['web ACL'] + 4 * monthly.month['rule of a web ACL'] + monthly.month['KMS key'] + monthly.month.alarm;
  const each = (monthly.million['request at CloudFront'] + monthly.million['request at the firewall']) / 1e6;
  const bytes = (requests * SUPPOSED.answerBytes) / GB;
  return fixed + requests * each + bytes * monthly.gigabyte['CloudFront to the browser'];
};

const usd = (value: number): string => (value < 0.005 ? '0.00' : value.toFixed(2));
const millions = (value: number): string => (value / 1e6).toFixed(1);
const gigabytes = (value: number): string => `${value < 0.1 ? value.toFixed(2) : value.toFixed(1)} GB`;
const orders = (value: number): string => value.toLocaleString('en');
const row = (...cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

/** The page as it is to stand. */
export const page = (): string => {
  const rest = idle();
  const uses = SIZES.map(inUse);
  const totals = uses.map((lines) => sum(lines) + sum(rest));
  const names = uses[0]?.map(({ what }) => what) ?? [];
  return `# What it costs

A cell's month at AWS, in USD, without tax and support. Written by \`node test/bench/cost/page.ts\` from what an order's life
asks of AWS ([ledger](../test/bench/cost/ledger.json), which a test holds the program to), from the template that is
deployed, and from list prices of ${monthly.date} (${prices.region}, without free tiers, **written down from memory: check them
before they are quoted**). How that compares with other ways of keeping time stands in [performance.md](performance.md), at what
size what gives way in [scale.md](scale.md).

| a month | ${SIZES.map((size) => `${orders(size.orders)} orders`).join(' | ')} |
| --- | ${SIZES.map(() => '---:').join(' | ')} |
${names.map((name, place) => row(name, ...uses.map((lines) => usd(lines[place]?.usd ?? 0)))).join('\n')}
${row('At rest (below)', ...SIZES.map(() => usd(sum(rest))))}
${row('**Together**', ...totals.map((total) => `**${usd(total)}**`))}
${row('an order', ...totals.map((total, place) => (total / (SIZES[place]?.orders ?? 1)).toFixed(4)))}
${row('A firewall in front, where asked for', ...SIZES.map((size) => `+ ${usd(firewall(size))}`))}

${SIZES.map(
  (size, place) =>
    `With ${orders(size.orders)} orders: ${(uses[place] ?? [])
      .filter(({ note }) => /\d/u.test(note))
      .map(({ what, note }) => `${what.toLowerCase()}: ${note}`)
      .join('; ')}.`,
).join('\n\n')}

## At rest

What ticks while nobody uses it: ${usd(sum(rest))} USD.

| | a month | |
| --- | ---: | --- |
${rest.map(({ what, usd: value, note }) => row(what, usd(value), note)).join('\n')}

A queue is asked by Lambda whether it is empty, all the time, and asking is paid for; a function that is not called is not.
Without an issuer of its own a municipality has a Cognito user pool, which is paid for by each person who signs in and is
not in this table.

## What is supposed

- An open watch list asks each fifteen seconds, six hours of 21 days: ${orders(SUPPOSED.asksOfList)} times a month.
- A function runs ${String(prices.assumed.lambdaMsAnInvocation)} ms with ${String(prices.assumed.lambdaGb)} GB. A call leaves ${orders(SUPPOSED.logBytesOfCall)} bytes in the log.
- An order and all that stands beside it is ${String(SUPPOSED.tableBytesOfOrder / 1000)} KB in the table and its indexes, and is erased after ${String(SUPPOSED.years)} years.
- What Frist tells partner systems, and what systems read by the API beyond that, is not counted.
`;
};

if (import.meta.main) writeFileSync(PAGE, page());
