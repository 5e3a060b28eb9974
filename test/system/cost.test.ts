import { expect, it } from 'vitest';
import { countLives } from '../bench/cost/count.ts';
import ledger from '../bench/cost/ledger.json' with { type: 'json' };

/**
 * Two facts of a case that come at once, such as a mail that is sent and delivered, may each make the other look again: twice
 * for each of the four mails. One request more for each fact would be fourteen.
 */
const slack = (what: string): number => (what.startsWith('DynamoDB') ? 8 : 3);

it('an order asks no more of AWS in its life than the ledger says, and its facts are as many', async () => {
  const { counts, facts } = await countLives(1);

  expect(facts).toEqual(ledger.facts);
  const allowed: Readonly<Record<string, number>> = ledger.counts;
  const dearer = Object.entries(counts).filter(([what, times]) => times > (allowed[what] ?? 0) + slack(what));
  expect(dearer, 'if it is worth it: node test/bench/cost/write.ts').toEqual([]);
}, 60_000);
