import { openTable } from '../../functions/shared/table.ts';
import { startDynamo } from '../../infra/local/dynamo.ts';
import { pointAwsClientsAt } from '../../infra/local/environment.ts';
import { TABLE } from '../../infra/local/names.ts';
import { fillWatchList, openWatchList, QUESTIONS } from '../support/open-deadlines.ts';
import { say, summarize, type Bench, type Figure } from './figures.ts';

/** The page that case officers look at all day. Its table is a stand-in for DynamoDB in a thread of its own. */
export const watchBench: Bench = {
  id: 'watch',
  asks: 'The first page of the watch list, server time, beside 100 and 10,000 open deadlines of one unit',
  run: async ({ quick }) => {
    const dynamo = await startDynamo(':memory:');
    const restore = pointAwsClientsAt({ dynamo: dynamo.address, aws: dynamo.address });
    const table = openTable(TABLE);
    try {
      const { watchList, cost } = await openWatchList(table);
      const figures: Figure[] = [];
      let filled = 0;
      for (const open of quick ? [100, 500] : [100, 10_000]) {
        await fillWatchList(watchList, 1000 + filled, 1000 + open / 100);
        filled = open / 100;
        for (const [name, query] of Object.entries(QUESTIONS)) {
          const rounds = [];
          for (let round = 0; round < (quick ? 3 : 30); round += 1) rounds.push(await cost(query));
          // The first round warms up.
          const { median, spread } = summarize(rounds.slice(1).map(({ ms }) => ms));
          const requests = rounds[0]?.requests ?? 0;
          figures.push({
            bench: 'watch',
            name: `${say(open)} open: ${name}`,
            value: median,
            unit: 'ms',
            spread,
            note: `${String(requests)} requests to the table`,
          });
        }
      }
      return figures;
    } finally {
      table.client.destroy();
      restore();
      await dynamo.stop();
    }
  },
};
