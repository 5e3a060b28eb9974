import { expect, test } from 'vitest';
import { dynamoForTests } from '../support/dynamo.ts';
import { fillWatchList, openWatchList, QUESTIONS } from '../support/open-deadlines.ts';

/*
 * What a page of the watch list asks the table, with 100 open deadlines and with 10,000. How long it takes is measured by
 * `npm run bench -- watch`.
 */

const table = dynamoForTests();

test(
  'P10: a page asks the table as often with 10,000 open deadlines as with 100, and stays small',
  { timeout: 120_000 },
  async () => {
    const { watchList, cost } = await openWatchList(table());
    await fillWatchList(watchList, 1000, 1001);
    const few = new Map<string, number>();
    for (const [name, query] of Object.entries(QUESTIONS)) few.set(name, (await cost(query)).requests);
    // Two lists for each of a unit's two officers, and two registers.
    expect(few.get('mine')).toBe(4);
    expect(few.get("everybody's")).toBe(5);

    await fillWatchList(watchList, 1001, 1100);
    for (const [name, query] of Object.entries(QUESTIONS)) {
      const { requests, answer } = await cost(query);
      expect(answer.statusCode).toBe(200);
      expect(requests, name).toBe(few.get(name));
      expect(String(answer.body).length).toBeLessThan(50_000);
    }

    const { answer } = await cost({ who: 'me' });
    const again = await cost({ who: 'me' }, { 'if-none-match': String(answer.headers?.['etag']) });
    expect(again.answer.statusCode).toBe(304);
    // Nothing has changed: the registers are not read.
    expect(again.requests).toBe(2);
  },
);
