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

const { counts, facts } = await countLives(1);
writeFileSync(join(import.meta.dirname, 'ledger.json'), `${JSON.stringify({ facts, counts }, null, 2)}\n`);
