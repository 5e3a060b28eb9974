import { say, type Bench, type Figure } from '../figures.ts';
import { countLives } from './count.ts';
import { priced, usdFor } from './ledger.ts';
import prices from './prices.json' with { type: 'json' };

/** What an order's whole life costs at AWS, and what it would in the ways that others go. */
export const costBench: Bench = {
  id: 'cost',
  asks:
    'AWS for 100,000 orders: sent, mailed, confirmed, start reminded of (provider and officer), started, planned; 1 in 20 ' +
    `late and alerted. Prices of ${prices.region} as of ${prices.date}, to be checked`,
  run: async ({ quick }) => {
    const { counts, facts, orders } = await countLives(quick ? 1 : undefined);
    const lines = priced(counts, orders);
    const total = lines.filter(({ what }) => what !== 'SES mail').reduce((sum, { usd }) => sum + usd, 0);
    const figure = (name: string, value: number, note: string): Figure => ({
      bench: 'cost',
      name,
      value,
      unit: 'USD',
      ratio: value / total,
      note,
    });
    const recorded = Object.values(facts).reduce((sum, times) => sum + times, 0) / orders;
    return [
      figure('Frist, without mail', total, `${say(recorded)} facts an order in the journal`),
      ...lines.map(({ what, anOrder, usd }) =>
        figure(`  ${what}`, usd, `${say(anOrder)} an order, ${String(prices.million[what])} USD a million`),
      ),
      ...models.map(({ name, what, anOrder, note }) =>
        figure(name, usdFor(what, anOrder), `modelled: ${String(anOrder)} × ${what}; ${note}`),
      ),
      figure('A bare timer and two writes', FLOOR, 'modelled: what any of these would still pay'),
    ];
  },
};

/** Ways that others go, for the timing alone: the doors, the journal, the mail and the list come on top of each. */
const models = [
  {
    name: 'Step Functions, standard',
    what: 'Step Functions transition',
    anOrder: 13,
    note: 'a waiting execution an order: start, three waits, four signals, two reminders, ends',
  },
  {
    name: 'Lambda durable functions',
    what: 'Lambda durable operation',
    anOrder: 26,
    note: 'a checkpoint for each wait, signal and step',
  },
  {
    name: 'Temporal Cloud',
    what: 'Temporal Cloud action',
    anOrder: 36,
    note: 'start, four signals, seven timers set and most of them cancelled, activities',
  },
  {
    name: 'A schedule for each deadline',
    what: 'Scheduler invocation',
    anOrder: 8,
    note: 'each limit and each step of its ladder fires once, whatever was done meanwhile',
  },
  {
    name: 'A cron each minute',
    what: 'DynamoDB write unit',
    anOrder: 8,
    note: 'the due times kept in an index; 43,200 runs a month beside; up to a minute late, and all at once at midnight',
  },
] as const;

const FLOOR = usdFor('Scheduler invocation', 4) + usdFor('DynamoDB write unit', 2) + usdFor('SQS request', 5);
