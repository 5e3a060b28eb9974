import type { Counts } from './count.ts';
import prices from './prices.json' with { type: 'json' };

/** A line of the ledger: what is paid for, how often for an order, and what that costs for 100,000 orders. */
export interface Line {
  readonly what: keyof typeof prices.million;
  readonly anOrder: number;
  readonly usd: number;
}

/** What was asked for the orders of a count, priced. Operations that are not paid for one by one (PutEvents, Query …) are not in it. */
export const priced = (counts: Counts, orders: number): Line[] => {
  const sum = (prefix: string): number =>
    Object.entries(counts).reduce((total, [what, times]) => (what.startsWith(prefix) ? total + times : total), 0);
  const invocations = sum('Lambda invocation');
  const amounts = {
    'API Gateway request': sum('API Gateway request'),
    'DynamoDB read unit': sum('DynamoDB read unit'),
    'DynamoDB write unit': sum('DynamoDB write unit'),
    'EventBridge event': sum('EventBridge event'),
    'Lambda invocation': invocations,
    'Lambda GB-second': (invocations * prices.assumed.lambdaMsAnInvocation * prices.assumed.lambdaGb) / 1000,
    'SQS request': sum('SQS '),
    'Scheduler invocation': sum('Scheduler invocation'),
    'SES mail': sum('SES SendEmail'),
  } as const;
  return Object.entries(amounts).map(([name, amount]) => {
    const what = name as keyof typeof amounts;
    return { what, anOrder: amount / orders, usd: usdFor(what, amount / orders) };
  });
};

/** What so many of something for each order cost for 100,000 orders. */
export const usdFor = (what: keyof typeof prices.million, anOrder: number): number =>
  (anOrder * 100_000 * prices.million[what]) / 1e6;
