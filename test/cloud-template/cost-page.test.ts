import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { PAGE, page } from '../bench/cost/page.ts';

test('the page of what it costs says what the ledger, the template and the prices say today', () => {
  expect(readFileSync(PAGE, 'utf8'), 'run: node test/bench/cost/page.ts').toBe(page());
});
