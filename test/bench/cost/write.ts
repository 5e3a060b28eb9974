/**
 * Writes down what one order asks of AWS today, to which `test/system/cost.test.ts` holds whatever comes after:
 *
 *     node test/bench/cost/write.ts
 *
 * Its difference is to be read and answered for before it is committed.
 */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { countLives } from './count.ts';

// The most of three lives: two facts of a case that come at once may each make the other look again.
const lives = [await countLives(1), await countLives(1), await countLives(1)];
const facts = lives[0]?.facts;
const counts: Record<string, number> = {};
for (const life of lives)
  for (const [what, times] of Object.entries(life.counts)) counts[what] = Math.max(counts[what] ?? 0, times);
writeFileSync(join(import.meta.dirname, 'ledger.json'), `${JSON.stringify({ facts, counts }, null, 2)}\n`);
